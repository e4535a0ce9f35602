import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export type ChildOptions = {
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** File to which both output streams are appended. */
  log?: string;
  stopSignal?: NodeJS.Signals;
  /** Milliseconds between the polite signal and the end of the whole process group. */
  patienceMs?: number;
  onLine?: (line: string) => void;
};

export type Child = {
  pid: number;
  exited: Promise<string>;
  /** The last lines of output, for messages about a failed start. */
  tail: () => string;
  stop: () => Promise<void>;
};

const startListeners: ((pid: number) => void)[] = [];

/** Tells the process group of every program started from now on. */
export const onChildStarted = (listener: (pid: number) => void): void => {
  startListeners.push(listener);
};

/** Starts a program in a process group of its own, so that stopping it also ends what it started. */
export const startChild = (options: ChildOptions): Child => {
  if (closing) throw new Error(`${options.command} is not started any more`);
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  const { command, args, log, patienceMs = 8_000, onLine: _, stopSignal: __, ...rest } = options;
  const child = spawn(command, args, {
    ...rest,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = collect(child, log, options.onLine);
  let gone = false;
  const exited = new Promise<string>(resolve => {
    child.once('error', error => resolve(`${command}: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ? `signal ${signal}` : `exit code ${code}`),
    );
  });
  const pid = child.pid;
  if (pid === undefined) return { pid: 0, exited, tail: () => '', stop: async () => undefined };
  announce(`+${pid} ${stopSignal}`);
  for (const listener of startListeners) listener(pid);
  void exited.then(() => {
    gone = true;
    killGroup(pid);
    announce(`-${pid}`);
  });
  const stop = async () => {
    if (!gone) child.kill(stopSignal);
    await Promise.race([exited, wait(patienceMs, undefined, { ref: false })]);
    killGroup(pid);
    await exited;
  };
  alive.add(stop);
  void exited.then(() => alive.delete(stop));
  return { pid, exited, tail: () => lines.slice(-5).join('\n'), stop };
};

const alive = new Set<() => Promise<void>>();

let closing = false;

/** Stops whatever still runs, also what is only just starting, and lets nothing start any more. */
export const stopChildren = async (): Promise<void> => {
  closing = true;
  await Promise.all([...alive].map(stop => stop()));
};

const collect = (child: ChildProcess, log?: string, onLine?: (line: string) => void) => {
  const lines: string[] = [];
  const file = log ? createWriteStream(log, { flags: 'a' }) : undefined;
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (text: string) => {
      file?.write(text);
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      if (onLine) for (const line of parts) onLine(line);
      if (lines.length > 100) lines.splice(0, lines.length - 50);
    });
  }
  child.once('close', () => file?.end());
  return lines;
};

const killGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
};

/** Asks again and again until `probe` succeeds; a child that ends meanwhile is an error at once. */
export const untilReady = async (
  name: string,
  child: Child,
  probe: () => Promise<unknown>,
  limitMs = 20_000,
): Promise<void> => {
  let ended: string | undefined;
  void child.exited.then(how => {
    ended = how;
  });
  const deadline = Date.now() + limitMs;
  for (;;) {
    try {
      await probe();
      return;
    } catch (error) {
      if (ended)
        throw new Error(`${name} did not start (${ended})\n${child.tail()}`, { cause: error });
      if (Date.now() > deadline) {
        await child.stop();
        throw new Error(`${name} did not answer within ${limitMs / 1000} s`, { cause: error });
      }
      await wait(30);
    }
  }
};

let guardian: ChildProcess | undefined;

/** Has a folder removed even when this process is killed. */
export const leaveToGuardian = (folder: string): void => announce(`rm ${folder}`);

const announce = (line: string): void => {
  guardian ??= startGuardian();
  guardian.stdin?.write(`${line}\n`);
};

const startGuardian = () => {
  const program = join(import.meta.dirname, 'guardian.ts');
  const started = spawn(process.execPath, [program], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  started.stdin.on('error', () => undefined);
  started.unref();
  const pipe = started.stdin as typeof started.stdin & { unref?: () => void };
  pipe.unref?.();
  return started;
};
