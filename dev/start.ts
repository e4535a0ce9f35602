/** `npm start`: the whole system on this machine. `-- --port-offset=100` moves every port. */
import { mkdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { migrate } from '../functions/src/data/migrate.ts';
import { buildFunctions, watchFunctions } from './build.ts';
import { Obstacle, requireFreePorts, requireNode, requirePrograms } from './checks.ts';
import { onChildStarted } from './child.ts';
import { loadDemoData } from './demo-data.ts';
import { startFirebase } from './firebase-suite.ts';
import { loadedTriggers, wirePubSub, wireSchedules } from './functions-wiring.ts';
import { endLeftovers, lock, remember, runningStack, unlock } from './leftovers.ts';
import {
  dataDir,
  functionsUrl,
  gatewayUrl,
  logDir,
  type Ports,
  portsFrom,
  root,
} from './settings.ts';
import { startStack } from './stack.ts';
import { keepRunning, type Trouble } from './supervisor.ts';
import { addressTable } from './table.ts';
import { say } from './wording.ts';

const leftoverPatienceMs = 10_000;
const healthPatienceMs = 15_000;

type Stop = () => Promise<unknown>;

const print = (line: string) => console.log(line);
const logs = { folder: relative(root, logDir) };

const timed = async <T>(name: string, work: Promise<T>): Promise<T> => {
  const from = performance.now();
  const result = await work;
  report(name, performance.now() - from);
  return result;
};

const report = (name: string, milliseconds: number) =>
  print(say('step', { name: name.padEnd(38), seconds: (milliseconds / 1_000).toFixed(1) }));

const reportTrouble = ({ name, event, detail }: Trouble) =>
  print(say(event === 'failed' ? 'restartFailed' : event, { name, detail }));

const prepare = async (ports: Ports): Promise<void> => {
  requireNode();
  requirePrograms();
  const pid = await runningStack();
  if (pid) throw new Obstacle(say('alreadyRunning', { pid }));
  const cleared = await endLeftovers();
  if (cleared) print(say('clearing'));
  await requireFreePorts(ports, cleared ? leftoverPatienceMs : 0);
  await mkdir(logDir, { recursive: true });
  await lock();
  onChildStarted(remember);
};

const boot = async (ports: Ports, stops: Stop[]): Promise<string> => {
  const building = timed(say('build'), buildFunctions());
  building.catch(() => undefined);
  const stack = await startStack({
    ports,
    dataDir,
    logDir,
    gatewayUrl: gatewayUrl(ports),
    onReady: report,
    onTrouble: reportTrouble,
  });
  stops.push(stack.stop);
  await building;
  const { env, services } = stack;
  const readyData = async () => {
    await timed(say('migrated'), migrate(services.postgres.url));
    await timed(say('demo'), loadDemoData(env));
  };
  const starting = keepRunning('Firebase', () => startFirebase(ports, env), reportTrouble);
  const [firebase, data] = await Promise.allSettled([
    timed(say('firebase'), starting),
    readyData(),
  ]);
  if (firebase.status === 'fulfilled') stops.push(firebase.value.stop);
  for (const outcome of [firebase, data]) if (outcome.status === 'rejected') throw outcome.reason;
  const triggers = await loadedTriggers(functionsUrl(ports));
  wirePubSub(services.pubsub, functionsUrl(ports), triggers);
  const stopSchedules = wireSchedules(functionsUrl(ports), triggers, print);
  stops.push(async () => stopSchedules());
  const watching = await watchFunctions(problem =>
    print(problem ? say('buildBroken', { problem }) : say('rebuilt')),
  );
  stops.push(watching.stop);
  await checkHealth(gatewayUrl(ports));
  return addressTable(ports, services);
};

/** One request through the whole chain, so that "ready" is true. */
const checkHealth = async (url: string): Promise<void> => {
  const deadline = Date.now() + healthPatienceMs;
  let answer = '';
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health`).catch((error: unknown) => error);
    if (response instanceof Response && response.ok) return;
    answer = response instanceof Response ? String(response.status) : String(response);
    await wait(500);
  }
  print(say('unwell', { url: `${url}/health`, answer, ...logs }));
};

/** In the reverse order of starting: first what uses the others. */
const stopAll = async (stops: Stop[]): Promise<void> => {
  for (const stop of stops.toReversed()) await stop().catch(() => undefined);
  await unlock();
};

const main = async (): Promise<void> => {
  const from = performance.now();
  const stops: Stop[] = [];
  const interrupted = Promise.withResolvers<never>();
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      asked += 1;
      // The second time nobody wants to wait: the guardian ends the rest.
      if (asked > 1) process.exit(130);
      interrupted.reject(new Obstacle(say('stopping')));
    });
  interrupted.promise.catch(() => undefined);
  const ports = portsFrom();
  await prepare(ports);
  print(say('starting'));
  const booting = boot(ports, stops);
  try {
    const table = await Promise.race([booting, interrupted.promise]);
    const seconds = ((performance.now() - from) / 1_000).toFixed(1);
    print(`\n${say('ready', { seconds })}\n\n${table}\n\n${say('stopHint')}`);
    await interrupted.promise;
  } catch (error) {
    print(error instanceof Obstacle ? error.message : say('failed', { reason: String(error) }));
    if (!(error instanceof Obstacle)) print(say('logs', logs));
    process.exitCode = error instanceof Obstacle ? 0 : 1;
    await booting.catch(() => undefined);
    await stopAll(stops);
    print(say('stopped'));
  }
};

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Obstacle ? error.message : error);
    process.exit(1);
  },
);
