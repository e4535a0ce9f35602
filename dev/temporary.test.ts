import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const program = `
  import { mkdtemp } from 'node:fs/promises';
  import { tmpdir } from 'node:os';
  import { join } from 'node:path';
  import { ownTemporaryFolder } from '${join(import.meta.dirname, 'temporary.ts')}';
  await ownTemporaryFolder();
  process.stdout.write(await mkdtemp(join(tmpdir(), 'left-')));
  setInterval(() => undefined, 1_000);
`;

it('leaves nothing of a process that is killed outright', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  const [written] = (await once(child.stdout, 'data')) as [Buffer];
  const folder = String(written);
  expect(existsSync(folder)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(dirname(folder)), { timeout: 10_000 }).toBe(false);
});
