/** `npm run reset`: forgets everything the local stack has stored. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endLeftovers, runningStack } from './leftovers.ts';
import { removeData } from './postgres-files.ts';
import { dataDir } from './settings.ts';
import { say } from './wording.ts';

const pid = await runningStack();
if (pid) {
  console.error(say('resetRefused', { pid }));
  process.exit(1);
}
await endLeftovers();
await removeData(join(dataDir, 'postgres'));
await rm(dataDir, { recursive: true, force: true });
console.log(say('resetDone'));
