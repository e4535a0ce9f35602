import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Obstacle } from './checks.ts';
import type { Firestore } from './firestore.ts';
import { loopback, type Part } from './part.ts';
import type { PubSubServer } from './pubsub/server.ts';
import { say } from './wording.ts';

const run = promisify(execFile);
const neededJava = 21;

/** `npm run emulators`: Firestore and Pub/Sub are Google's own, run by firebase-tools. */
export const requireJava = async (): Promise<void> => {
  const found = javaVersionIn(await versionText());
  if (found !== undefined && found >= neededJava) return;
  throw new Obstacle(say('needsJava', { found: found ?? say('noJava') }));
};

const versionText = (): Promise<string> =>
  run('java', ['-version']).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => '',
  );

/** 'openjdk version "21.0.2" …' → 21, '… "1.8.0_402"' → 8 */
export const javaVersionIn = (text: string): number | undefined => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return first === undefined ? undefined : Number(first === '1' ? second : first);
};

/** firebase-tools fetches the emulators at their first start. */
export const explainDownload = (error: unknown): unknown =>
  /download|ENOTFOUND|EAI_AGAIN|ECONNREFUSED/i.test(String(error))
    ? new Obstacle(say('downloadFailed', { name: 'Google' }))
    : error;

const runByFirebase = (port: number): Part => ({
  port,
  url: `${loopback}:${port}`,
  exited: new Promise(() => undefined),
  stop: async () => undefined,
});

export const googleFirestore = async (port: number): Promise<Firestore> => ({
  ...runByFirebase(port),
  kind: 'google',
  enforcesRules: true,
});

/** firebase-tools subscribes the functions itself here; failed ones are not called again. */
export const googlePubSub = async (port: number): Promise<PubSubServer> => ({
  ...runByFirebase(port),
  pushTo: () => undefined,
  ensureTopic: name =>
    fetch(`http://${loopback}:${port}/v1/${name}`, { method: 'PUT' }).then(() => undefined),
});
