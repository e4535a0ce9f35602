import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startFramework } from './child.ts';
import type { Contender } from './compare.ts';

/** Time from the start of the process to its first answer, as starts per second. */
export const coldStart = (target: string, env: Record<string, string>): Contender => ({
  name: target,
  round: async () => {
    const from = performance.now();
    const child = await startFramework(target, { env });
    const elapsed = performance.now() - from;
    await child.stop();
    return { perSecond: 1_000 / elapsed, p50Ms: elapsed };
  },
});

export const emptyNode: Contender = {
  name: 'empty node',
  round: async () => {
    const from = performance.now();
    const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    await once(child, 'exit');
    const elapsed = performance.now() - from;
    return { perSecond: 1_000 / elapsed, p50Ms: elapsed };
  },
};
