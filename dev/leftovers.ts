import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { dataDir } from './settings.ts';

const run = promisify(execFile);
const patienceMs = 6_000;
const lockFile = join(dataDir, 'start.pid');
const childrenFile = join(dataDir, 'children');

/** The process of a stack that runs in this folder at the moment. */
export const runningStack = async (): Promise<number | undefined> => {
  const [pid, command] = await entries(lockFile).then(all => all[0] ?? []);
  return pid && command && (await commandOf(pid)) === command ? Number(pid) : undefined;
};

/** Ends what a stack killed outright left running. True when there was something. */
export const endLeftovers = async (): Promise<boolean> => {
  const groups: number[] = [];
  for (const [pid = '', command] of await entries(childrenFile)) {
    const now = await commandOf(pid);
    // Without its leader a group is still ours: nobody else can have got its number meanwhile.
    if (now !== '' && now !== command) continue;
    // PostgreSQL takes SIGINT for "fast shutdown"; what has lost its leader has nothing to tidy up.
    if (signal(Number(pid), now === '' ? 'SIGKILL' : 'SIGINT')) groups.push(Number(pid));
  }
  await untilGone(groups);
  await rm(childrenFile, { force: true });
  return groups.length > 0;
};

const untilGone = async (groups: number[]): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  while (groups.some(group => signal(group, 0)) && Date.now() < deadline) await wait(100);
  for (const group of groups) signal(group, 'SIGKILL');
};

/** False when nobody is left in the process group. */
const signal = (group: number, name: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false;
  }
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
