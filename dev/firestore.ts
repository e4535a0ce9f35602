import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Child, startChild, untilReady } from './child.ts';
import { loopback, type Part } from './part.ts';
import { freePort } from './ports.ts';
import { onPath } from './redis.ts';

export type FirestoreKind = 'hidane' | 'js' | 'google';

export type FirestoreOptions = {
  port?: number;
  kind?: Exclude<FirestoreKind, 'google'>;
  /** Security Rules; re-read whenever the file changes. */
  rules?: string;
  project?: string;
  log?: string;
};

export type Firestore = Part & { kind: FirestoreKind; enforcesRules: boolean };

const rulesFile = join(import.meta.dirname, '..', 'firestore.rules');

/** hidane when it is installed, else the JavaScript emulator; PMBOT_FIRESTORE=js|hidane decides. */
export const startFirestore = async (options: FirestoreOptions = {}): Promise<Firestore> => {
  const port = options.port ?? (await freePort());
  const kind = options.kind ?? chosenFirestore();
  const child = kind === 'hidane' ? startHidane(port, options) : startJs(port, options);
  await untilReady(`Firestore (${kind})`, child, () => touch(port));
  const enforcesRules = kind === 'hidane';
  const unwatch = enforcesRules ? followRules(port, options) : () => undefined;
  const stop = async () => {
    unwatch();
    await child.stop();
  };
  return { kind, enforcesRules, port, url: `${loopback}:${port}`, exited: child.exited, stop };
};

export const chosenFirestore = (): 'hidane' | 'js' => {
  const forced = process.env.PMBOT_FIRESTORE;
  if (forced === 'js' || forced === 'hidane') return forced;
  return hidaneIsThere() ? 'hidane' : 'js';
};

export const hidaneIsThere = (): boolean => {
  withCargo();
  return onPath('hidane');
};

/** `cargo install` puts programs where not every shell looks. */
const withCargo = (): void => {
  const folder = join(homedir(), '.cargo', 'bin');
  const path = process.env.PATH ?? '';
  if (!path.split(delimiter).includes(folder)) process.env.PATH = `${path}${delimiter}${folder}`;
};

const startHidane = (
  port: number,
  { rules = rulesFile, project = 'demo-pm-bot', log }: FirestoreOptions,
): Child => {
  withCargo();
  const named = ['--rules', rules, '--project_id', project];
  return startChild({
    command: 'hidane',
    args: ['--host', loopback, '--port', String(port), ...named],
    ...(log ? { log } : {}),
  });
};

const startJs = (port: number, { log }: FirestoreOptions): Child => {
  const preload = join(import.meta.dirname, 'loopback-only.ts');
  const program = join(import.meta.dirname, 'firestore-js.ts');
  return startChild({
    command: process.execPath,
    args: ['--import', preload, program, String(port)],
    ...(log ? { log } : {}),
  });
};

const followRules = (
  port: number,
  { rules = rulesFile, project = 'demo-pm-bot' }: FirestoreOptions,
) => {
  const watcher = watch(
    rules,
    { persistent: false },
    () => void publishRules(port, project, rules),
  );
  watcher.on('error', () => undefined);
  return () => watcher.close();
};

/** A half-written or vanished file leaves the rules as they were. */
const publishRules = async (port: number, project: string, file: string): Promise<void> => {
  const address = `http://${loopback}:${port}/emulator/v1/projects/${project}:securityRules`;
  try {
    const content = await readFile(file, 'utf8');
    const body = JSON.stringify({ rules: { files: [{ name: 'firestore.rules', content }] } });
    await fetch(address, { method: 'PUT', body });
  } catch {
    // The next change brings the next attempt.
  }
};

const touch = (port: number) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect(port, loopback, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
