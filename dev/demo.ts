/** `npm run demo`: one scene, played as a web client and as a phone, on a running or a fresh stack. */

import { join } from 'node:path';
import { startChild } from './child.ts';
import { playMobile } from './demo/mobile.ts';
import { playWeb } from './demo/web.ts';
import { addresses, tell } from './demo/world.ts';
import { root } from './settings.ts';

const bootPatienceMs = 120_000;

type Stack = { rulesEnforced: boolean; stop(): Promise<void> };

const isRunning = async (): Promise<boolean> => {
  const response = await fetch(`${addresses.gateway}/health`).catch(() => undefined);
  return response?.ok ?? false;
};

/** Starts `npm start` in a process of its own and waits for the table that it ends with. */
const boot = async (): Promise<Stack> => {
  const lines: string[] = [];
  const ready = Promise.withResolvers<void>();
  const child = startChild({
    command: process.execPath,
    args: [join(root, 'dev/start.ts')],
    cwd: root,
    env: { ...process.env },
    onLine: line => {
      lines.push(line);
      if (line.includes('demo@pm-bot.local')) ready.resolve();
    },
  });
  const early = child.exited.then(how => {
    throw new Error(`The stack did not start (${how})\n${lines.join('\n')}`);
  });
  const late = setTimeout(
    () => ready.reject(new Error(`The stack took too long\n${lines.join('\n')}`)),
    bootPatienceMs,
  );
  await Promise.race([ready.promise, early]).finally(() => clearTimeout(late));
  early.catch(() => undefined);
  tell(lines.filter(line => /✓|listo/.test(line)).join('\n'));
  return { rulesEnforced: lines.some(line => line.includes('hidane')), stop: child.stop };
};

const main = async (): Promise<void> => {
  const stack = (await isRunning()) ? undefined : await boot();
  try {
    const login = await playWeb();
    await playMobile(login, stack?.rulesEnforced ?? true);
    tell('\nTodo salió como debía.');
  } finally {
    await stack?.stop();
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
