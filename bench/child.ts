import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../dev/ports.ts';

const root = join(import.meta.dirname, '..');

export type Child = { url: string; pid: number; stop(): Promise<void> };

type Options = { env: Record<string, string> };

/** Starts one function the way production does: the Functions Framework in a process of its own. */
export const startFramework = async (target: string, options: Options): Promise<Child> => {
  const port = await freePort();
  const cli = join(root, 'node_modules/@google-cloud/functions-framework/build/src/main.js');
  const args = [cli, `--target=${target}`, '--source=functions', `--port=${port}`];
  return started(port, spawnNode(args, options.env));
};

/** Starts the same function on a bare node:http server: the floor. */
export const startBare = async (target: string, options: Options): Promise<Child> => {
  const port = await freePort();
  const script = join(import.meta.dirname, 'bare-server.ts');
  return started(port, spawnNode([script, target, String(port)], options.env));
};

/** Starts the chat's WebSocket server as Cloud Run does, but on the loopback interface. */
export const startWebSocketServer = async (env: Record<string, string>): Promise<Child> => {
  const port = await freePort();
  const program = join(root, 'functions/lib/websocket-server.mjs');
  const child = spawnNode([program], { ...env, PORT: String(port), HOST: '127.0.0.1' });
  return started(port, child);
};

const spawnNode = (args: string[], env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, ['--import', join(root, 'dev/loopback-only.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env, FUNCTION_SIGNATURE_TYPE: 'http' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

const started = async (port: number, child: ChildProcess): Promise<Child> => {
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

/** Waits until the server answers anything at all. */
export const answering = async (url: string, child: ChildProcess): Promise<void> => {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`);
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
};
