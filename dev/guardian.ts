/**
 * Outlives a stack that was killed outright: its standard input is a pipe from the stack, and when
 * that closes, the process groups announced on it ("+pid SIGNAL", "-pid") are ended and the folders
 * ("rm folder") removed.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const patienceMs = 5_000;
const groups = new Map<number, NodeJS.Signals>();
const folders: string[] = [];

const signal = (pid: number, name: NodeJS.Signals | 0): void => {
  try {
    process.kill(-pid, name);
  } catch {
    groups.delete(pid);
  }
};

const endAll = async (): Promise<void> => {
  for (const [pid, name] of groups) signal(pid, name);
  const deadline = Date.now() + patienceMs;
  while (groups.size > 0 && Date.now() < deadline) {
    await wait(100);
    for (const pid of groups.keys()) signal(pid, 0);
  }
  for (const pid of groups.keys()) signal(pid, 'SIGKILL');
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  process.exit(0);
};

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);

createInterface({ input: process.stdin })
  .on('line', line => {
    const [pid = '', name = 'SIGTERM'] = line.slice(1).split(' ');
    if (line.startsWith('rm ')) folders.push(line.slice(3));
    else if (line.startsWith('+')) groups.set(Number(pid), name as NodeJS.Signals);
    else groups.delete(Number(pid));
  })
  .on('close', () => void endAll());
