import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dataDir } from './settings.ts';

const run = promisify(execFile);
const lockFile = join(dataDir, 'start.pid');
const childrenFile = join(dataDir, 'children');

/** The process of a stack that runs in this folder at the moment. */
export const runningStack = async (): Promise<number | undefined> => {
  const [pid, command] = await entries(lockFile).then(all => all[0] ?? []);
  return pid && command && (await commandOf(pid)) === command ? Number(pid) : undefined;
};

/** Ends what a stack killed outright left running. True when there was something. */
export const endLeftovers = async (): Promise<boolean> => {
  let found = false;
  for (const [pid = '', command] of await entries(childrenFile)) {
    if (!command || (await commandOf(pid)) !== command) continue;
    found = true;
    // PostgreSQL takes SIGINT for "fast shutdown"; the others simply end.
    process.kill(-Number(pid), 'SIGINT');
  }
  await rm(childrenFile, { force: true });
  return found;
};

export const lock = async (): Promise<void> => {
  await mkdir(dataDir, { recursive: true });
  await writeFile(lockFile, `${process.pid} ${await commandOf(String(process.pid))}\n`);
};

export const unlock = async (): Promise<void> => {
  await rm(lockFile, { force: true });
  await rm(childrenFile, { force: true });
};

/** Written down at once: a crash may come any time after. */
export const remember = (pid: number): void => {
  void commandOf(String(pid)).then(command => appendFileSync(childrenFile, `${pid} ${command}\n`));
};

const entries = async (file: string): Promise<string[][]> => {
  const content = await readFile(file, 'utf8').catch(() => '');
  return content
    .split('\n')
    .filter(Boolean)
    .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
};

/** Program and arguments of a process: tells it from a stranger that got the same number later. */
const commandOf = (pid: string): Promise<string> =>
  run('ps', ['-o', 'command=', '-ww', '-p', pid]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
