import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { freePort } from './ports.ts';
import { startRedis } from './redis.ts';
import { keepRunning, type Trouble } from './supervisor.ts';

const run = promisify(execFile);
const processOn = (port: number) =>
  run('pgrep', ['-f', `cli.js --single --port ${port}`]).then(
    ({ stdout }) => Number(stdout),
    () => 0,
  );

describe('a piece that is kept running', () => {
  it('comes back on its port after it was killed, and not after it was stopped', async () => {
    const port = await freePort();
    const events: Trouble['event'][] = [];
    const told = ({ event }: Trouble) => events.push(event);
    const kept = await keepRunning('Redis', () => startRedis({ kind: 'js', port }), told, 50);
    const pid = await processOn(port);
    expect(pid).toBeGreaterThan(0);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => events, { timeout: 8_000 }).toEqual(['died', 'back']);
    expect(await processOn(port)).toBeGreaterThan(0);
    await kept.stop();
    expect(await processOn(port)).toBe(0);
    expect(events).toHaveLength(2);
  });
});

it('what a stack started ends with it, even when it is killed outright', async () => {
  const port = await freePort();
  const source = `import { startRedis } from ${JSON.stringify(join(import.meta.dirname, 'redis.ts'))};
    await startRedis({ kind: 'js', port: ${port} }); console.log('up'); setInterval(() => {}, 1000);`;
  const stack = spawn(process.execPath, ['--input-type=module', '--eval', source]);
  await once(stack.stdout, 'data');
  expect(await processOn(port)).toBeGreaterThan(0);
  stack.kill('SIGKILL');
  await expect.poll(() => processOn(port), { timeout: 10_000 }).toBe(0);
});
