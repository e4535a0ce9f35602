import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leaveToGuardian } from './child.ts';

/**
 * Gives this process, and whatever it starts from now on, a temporary folder of its own. The answer removes it;
 * should the process be killed, the guardian does.
 */
export const ownTemporaryFolder = async (): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'pm-bot-'));
  // Below it PostgreSQL keeps data, as root under an account of its own.
  await chmod(folder, 0o755);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  leaveToGuardian(folder);
  return () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
};
