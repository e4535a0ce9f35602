import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../../dev/ports.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export type FrameworkServer = { url: string; child: ChildProcess; output(): string };

/** A function in a process of its own, served by the Functions Framework as in production. */
export const startFrameworkServer = async (
  target: string,
  environment: Record<string, string> = {},
  source = 'functions/src/index.ts',
): Promise<FrameworkServer> => {
  const port = await freePort();
  const main = join(root, 'node_modules/@google-cloud/functions-framework/build/src/main.js');
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(root, 'dev/loopback-only.ts'),
      main,
      `--target=${target}`,
      `--source=${source}`,
      `--port=${port}`,
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        FUNCTION_SIGNATURE_TYPE: 'http',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => written.push(String(chunk)));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended: ${written.join('')}`);
    if (await fetch(url).catch(() => undefined)) break;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return { url, child, output: () => written.join('') };
};
