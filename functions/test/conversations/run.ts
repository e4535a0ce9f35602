import { z } from 'zod';
import { play } from './play.ts';
import { readScripts, type Script } from './script.ts';

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Plays one script and prints the talk; the number of turns that went otherwise than written. */
const show = async (script: Script): Promise<number> => {
  write(`\n# ${script.name} (${script.country ?? 'MX'})`);
  const heard = await play(script);
  for (const { user, bot, differences } of heard) {
    write(`> ${user}\n  ${bot.replaceAll('\n', '\n  ')}`);
    for (const difference of differences) write(`  ✗ ${difference}`);
  }
  return heard.filter(turn => turn.differences.length > 0).length;
};

/** What is wrong with a file, for whoever wrote it. */
const reasonOf = (error: unknown): string => {
  if (error instanceof z.ZodError)
    return `not as docs/conversation-tests.md says\n${z.prettifyError(error)}`;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'no such file';
  return error instanceof Error ? error.message : String(error);
};

const files = process.argv.slice(2);
if (files.length === 0) {
  write('Use: npm run -s chat:test -- FILE.yaml …   (docs/conversation-tests.md)');
  process.exitCode = 2;
}

const failed: string[] = [];
let played = 0;
for (const file of files)
  try {
    for (const script of readScripts(file)) {
      played++;
      if ((await show(script)) > 0) failed.push(script.name);
    }
  } catch (error) {
    failed.push(file);
    write(`\n✗ ${file}: ${reasonOf(error)}`);
  }

if (files.length > 0) {
  write(`\n${played} conversations, ${failed.length} not as written`);
  for (const name of failed) write(`  ✗ ${name}`);
}
if (failed.length > 0) process.exitCode = 1;
