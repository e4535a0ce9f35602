import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loopback } from './part.ts';
import { dataDir, defaultPorts, type Ports, root } from './settings.ts';

type Config = { emulators: Record<string, unknown> };

const emulators = [
  'auth',
  'functions',
  'firestore',
  'pubsub',
  'hub',
  'logging',
  'eventarc',
  'tasks',
] as const;

/**
 * The firebase.json to start with: the project's own, or with other ports a copy below .pm-bot that
 * sees the project's folders through links (firebase-tools reads nothing outside its folder).
 */
export const firebaseConfig = async (ports: Ports): Promise<string> => {
  const own = join(root, 'firebase.json');
  const usual = [...emulators, 'gateway' as const].every(
    name => ports[name] === defaultPorts[name],
  );
  if (usual) return own;
  const folder = join(dataDir, 'firebase');
  await mkdir(folder, { recursive: true });
  for (const name of ['functions', 'public', 'firestore.rules']) {
    await rm(join(folder, name), { force: true });
    await symlink(join(root, name), join(folder, name), name.includes('.') ? 'file' : 'junction');
  }
  const config = JSON.parse(await readFile(own, 'utf8')) as Config;
  const places = emulators.map(name => [name, { host: loopback, port: ports[name] }]);
  const hosting = { host: loopback, port: ports.gateway };
  config.emulators = { ...config.emulators, ...Object.fromEntries(places), hosting };
  await writeFile(join(folder, 'firebase.json'), JSON.stringify(config, null, 2));
  return join(folder, 'firebase.json');
};
