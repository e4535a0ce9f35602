import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const program = join(root, 'node_modules', 'kysely-codegen', 'dist', 'cli', 'bin.js');

it('is what the SQL files make: `npm run schema` writes it anew', async () => {
  const { url } = await testDatabase();
  const run = promisify(execFile)(process.execPath, [program, '--url', url, '--verify'], {
    cwd: root,
  });
  await expect(run).resolves.toBeDefined();
});
