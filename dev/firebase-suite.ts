import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startChild } from './child.ts';
import { project } from './environment.ts';
import { firebaseConfig } from './firebase-config.ts';
import type { Part } from './part.ts';
import { functionsUrl, logDir, type Ports } from './settings.ts';

const limitMs = 90_000;
const suite = 'auth,functions,hosting';
const readyLine = 'All emulators ready';

/** Nothing here needs Google's servers; this keeps firebase-tools from asking them anyway. */
const quiet = {
  CI: '1',
  NO_UPDATE_NOTIFIER: '1',
  npm_config_offline: 'true',
  // Discovery through a file ends three seconds earlier than through its web server.
  FIREBASE_FUNCTIONS_DISCOVERY_OUTPUT_PATH: 'true',
  // On Google's machines firebase-tools asks this address for credentials, against every setting.
  GCE_METADATA_HOST: '127.0.0.1:9',
};

/**
 * The Firebase suite: auth, functions and hosting. Pub/Sub is not among them on purpose: its client
 * in firebase-tools acknowledges messages even when the function failed. Our own server pushes to
 * the functions instead (functions-wiring.ts).
 */
export const startFirebase = async (
  ports: Ports,
  env: Record<string, string>,
  google = false,
): Promise<Part> => {
  await mkdir(logDir, { recursive: true });
  const manifest = createRequire(import.meta.url).resolve('firebase-tools/package.json');
  const program = join(dirname(manifest), 'lib/bin/firebase.js');
  const config = ['--config', await firebaseConfig(ports), '--project', project];
  const ready = Promise.withResolvers<void>();
  const child = startChild({
    command: process.execPath,
    args: [
      program,
      'emulators:start',
      ...config,
      '--only',
      google ? `${suite},firestore,pubsub` : suite,
    ],
    cwd: logDir,
    env: { ...process.env, ...env, ...quiet },
    patienceMs: 3_000,
    log: join(logDir, 'firebase.log'),
    onLine: line => {
      if (line.includes(readyLine)) ready.resolve();
    },
  });
  const late = setTimeout(() => ready.reject(new Error('Firebase took too long')), limitMs);
  const early = child.exited.then(how => {
    throw new Error(`Firebase did not start (${how})\n${child.tail()}`);
  });
  try {
    await Promise.race([ready.promise, early]);
  } catch (error) {
    await child.stop();
    throw error;
  } finally {
    clearTimeout(late);
    early.catch(() => undefined);
  }
  return {
    port: ports.functions,
    url: functionsUrl(ports),
    exited: child.exited,
    stop: child.stop,
  };
};
