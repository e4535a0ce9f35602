import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Running = { child: ChildProcess; url: string };

/** Starts a program of this folder that prints `port N` once it listens; all share the test's environment. */
export const startProgram = async (
  program: string,
  args: string[] = [],
  environment: Record<string, string> = {},
): Promise<Running> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (!port) continue;
    // Its log goes on: somebody has to read it, or the pipe fills up.
    child.stdout.resume();
    return { child, url: `http://127.0.0.1:${port}` };
  }
  throw new Error(`${program} ended before it listened`);
};
