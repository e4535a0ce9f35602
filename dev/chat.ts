/** `npm run chat [-- --ws --en --as EMAIL]`: talk to the bot of a running stack, over HTTPS or over WebSocket. */
import { createInterface } from 'node:readline/promises';
import {
  chatOverHttps,
  chatOverWebSocket,
  type Login,
  projectsOf,
  signIn,
  type Talk,
} from './chat-client.ts';
import { type Command, commandIn } from './chat-commands.ts';
import { demoLogin, demoPeople } from './demo-data.ts';
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

const printProjects = async (gateway: string, login: Login): Promise<void> => {
  for (const { id, name } of await projectsOf(gateway, login)) print(`  ${id}. ${name}`);
};

/** Carries a command out; the project to speak of from then on, or nothing when it is time to go. */
const obey = async (command: Command, { talk, gateway, login, projectId }: Room) => {
  if (command.kind === 'quit') return undefined;
  if (command.kind === 'help') print(say('chatHelp'));
  if (command.kind === 'projects') await printProjects(gateway, login);
  if (command.kind === 'new') {
    talk.forget();
    print(say('chatNew'));
  }
  if (command.kind !== 'project') return { projectId };
  print(say('chatProject', { id: command.projectId }));
  return { projectId: command.projectId };
};

type Room = { talk: Talk; gateway: string; login: Login; projectId: number | undefined };

const converse = async (room: Room): Promise<void> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  let { projectId } = room;
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
    if (!process.stdin.isTTY) print(line);
    try {
      const command = commandIn(line);
      const left = command ? await obey(command, { ...room, projectId }) : { projectId };
      if (!left) break;
      projectId = left.projectId;
      if (!command && line !== '') {
        const answer = await room.talk.say(meant(line, offered), projectId);
        offered = answer.reply.quickReplies;
        show(answer);
      }
    } catch (error) {
      print(error instanceof Error ? error.message : String(error));
    }
    ask();
  }
  terminal.close();
};

/** `--as` lets one speak as anybody of the demonstration. */
const speaker = (): string => {
  const at = process.argv.indexOf('--as');
  const email = at > 0 ? (process.argv[at + 1] ?? '') : demoLogin.email;
  const people = demoPeople.map(person => person.email);
  if (people.some(known => known === email)) return email;
  throw new Error(say('chatNoSuchPerson', { email, people: people.join(', ') }));
};

const main = async (): Promise<void> => {
  const ports = portsFrom();
  const gateway = gatewayUrl(ports);
  const email = speaker();
  const login = await signIn(gateway, email, process.argv.includes('--en') ? 'en' : 'es').catch(
    (error: unknown) => {
      throw new Error(say('notRunning', { url: gateway }), { cause: error });
    },
  );
  const talk = process.argv.includes('--ws')
    ? await chatOverWebSocket(ports, login, print)
    : chatOverHttps(gateway, login);
  print(say('chatHello', { name: login.fullName }));
  await converse({ talk, gateway, login, projectId: undefined });
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
