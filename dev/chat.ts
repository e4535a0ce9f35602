/** `npm run chat [-- --ws]`: talk to the bot of a running stack, over HTTPS or over WebSocket. */
import { createInterface } from 'node:readline/promises';
import { chatOverHttps, chatOverWebSocket, signIn, type Talk } from './chat-client.ts';
import { gatewayUrl, portsFrom } from './settings.ts';
import { say } from './wording.ts';

const print = (line: string) => console.log(line);

const show = ({ reply }: { reply: { text: string; quickReplies: string[] } }): void => {
  print(`\n${reply.text}`);
  if (reply.quickReplies.length > 0)
    print(reply.quickReplies.map((choice, index) => `  ${index + 1}. ${choice}`).join('\n'));
};

/** A bare number picks one of the offered answers. */
const meant = (line: string, offered: string[]): string => offered[Number(line) - 1] ?? line;

const converse = async (talk: Talk): Promise<void> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  let projectId: number | undefined;
  let offered: string[] = [];
  // Lines that are piped in go on coming after their end.
  let open = true;
  terminal.once('close', () => {
    open = false;
  });
  const ask = () => open && terminal.prompt();
  ask();
  for await (const typed of terminal) {
    const line = typed.trim();
    const [, command, rest = ''] = /^\/(\w+)\s*(.*)$/.exec(line) ?? [];
    if (command === 'salir') break;
    if (command === 'proyecto') {
      projectId = /^\d+$/.test(rest) ? Number(rest) : projectId;
      print(/^\d+$/.test(rest) ? say('chatProject', { id: rest }) : say('chatWhichProject'));
    } else if (line !== '') {
      try {
        const answer = await talk.say(meant(line, offered), projectId);
        offered = answer.reply.quickReplies;
        show(answer);
      } catch (error) {
        print(error instanceof Error ? error.message : String(error));
      }
    }
    ask();
  }
  terminal.close();
};

const main = async (): Promise<void> => {
  const ports = portsFrom();
  const url = gatewayUrl(ports);
  const login = await signIn(url).catch((error: unknown) => {
    throw new Error(say('notRunning', { url }), { cause: error });
  });
  const talk = process.argv.includes('--ws')
    ? await chatOverWebSocket(ports, login, print)
    : chatOverHttps(url, login);
  print(say('chatHello', { name: login.fullName }));
  await converse(talk);
  talk.close();
  print(say('chatBye'));
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
