/** `npm start`: the whole system on this machine. `-- --port-offset=100` moves every port. */
import { mkdir } from 'node:fs/promises';
import { relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { migrate } from '../functions/src/data/migrate.ts';
import { buildFunctions, watchFunctions } from './build.ts';
import { Obstacle, requireFreePorts, requirePrograms } from './checks.ts';
import { onChildStarted, stopChildren } from './child.ts';
import { loadDemoData } from './demo-data.ts';
import { startFirebase } from './firebase-suite.ts';
import { loadedTriggers, wirePubSub, wireSchedules } from './functions-wiring.ts';
import { explainDownload, requireJava } from './google-emulators.ts';
import { endLeftovers, lock, remember, runningStack, unlock } from './leftovers.ts';
import { refillMirror } from './mirror.ts';
import type { PubSubServer } from './pubsub/server.ts';
import {
  dataDir,
  functionsUrl,
  gatewayUrl,
  logDir,
  type Ports,
  portsFrom,
  root,
} from './settings.ts';
import { type Plan, planStack, type Services, type StackOptions, startStack } from './stack.ts';
import { keepRunning, type Trouble } from './supervisor.ts';
import { addressTable } from './table.ts';
import { ownTemporaryFolder } from './temporary.ts';
import { startWebSocket } from './websocket.ts';
import { say } from './wording.ts';

const leftoverPatienceMs = 10_000;
const mirrorPatienceMs = 8_000;
const healthTryMs = 5_000;
const healthPatienceMs = 15_000;
const againMs = 1_000;

type Stop = () => Promise<unknown>;

const print = (line: string) => console.log(line);
/** `npm run emulators` */
const google = process.argv.includes('--google');
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
  requirePrograms();
  if (google) await requireJava();
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
  const options: StackOptions = { ports, dataDir, logDir, gatewayUrl: gatewayUrl(ports), google };
  const plan = await planStack(options);
  const starting = {
    services: startServices(options, plan, stops),
    firebase: buildAndServe(ports, plan.env, stops),
  };
  const [services, firebase] = await Promise.allSettled(Object.values(starting));
  for (const outcome of [services, firebase])
    if (outcome?.status === 'rejected') throw outcome.reason;
  const running = await starting.services;
  const serving = keepRunning('WebSocket', () => startWebSocket(ports, plan.env), reportTrouble);
  stops.push((await timed('WebSocket', serving)).stop);
  await wire(ports, running.pubsub, stops);
  // Late documents are no reason to keep anybody waiting: the relay runs every minute anyway.
  const refilling = refillMirror(running.postgres.url, functionsUrl(ports)).catch(print);
  await timed(say('mirrored'), Promise.race([refilling, wait(mirrorPatienceMs)]));
  await checkHealth(gatewayUrl(ports));
  return addressTable(ports, running);
};

const startServices = async (
  options: StackOptions,
  plan: Plan,
  stops: Stop[],
): Promise<Services> => {
  const onTrouble = (trouble: Trouble) => {
    reportTrouble(trouble);
    if (trouble.name === 'Firestore' && trouble.event === 'back')
      refillMirror(services.postgres.url, functionsUrl(portsFrom())).catch(print);
  };
  const reporting = { onReady: report, onTrouble };
  const { services, env, stop } = await startStack({ ...options, ...reporting }, plan);
  stops.unshift(stop);
  await timed(say('migrated'), migrate(services.postgres.url));
  await timed(say('demo'), loadDemoData(env));
  return services;
};

const buildAndServe = async (ports: Ports, env: Record<string, string>, stops: Stop[]) => {
  await timed(say('build'), buildFunctions());
  const starting = keepRunning('Firebase', () => startFirebase(ports, env, google), reportTrouble);
  const { stop } = await timed(say('firebase'), starting).catch((error: unknown) => {
    throw google ? explainDownload(error) : error;
  });
  stops.push(stop);
};

const wire = async (ports: Ports, pubsub: PubSubServer, stops: Stop[]): Promise<void> => {
  const url = functionsUrl(ports);
  const triggers = await loadedTriggers(url);
  await wirePubSub(pubsub, url, triggers);
  const stopSchedules = wireSchedules(url, triggers, print);
  const watching = await watchFunctions(problem =>
    print(problem ? say('buildBroken', { problem }) : say('rebuilt')),
  );
  stops.push(async () => stopSchedules(), watching.stop);
};

/** One request through the whole chain, so that "ready" is true. */
const checkHealth = async (url: string): Promise<void> => {
  const deadline = Date.now() + healthPatienceMs;
  let answer = '';
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health`, {
      signal: AbortSignal.timeout(healthTryMs),
    }).catch((error: unknown) => error);
    if (response instanceof Response && response.ok) return;
    answer = response instanceof Response ? String(response.status) : String(response);
    await wait(500);
  }
  print(say('unwell', { url: `${url}/health`, answer, ...logs }));
};

const stopAll = async (stops: Stop[], booting: Promise<unknown>): Promise<void> => {
  await runAll(stops);
  // What is still starting fails at once without its programs.
  await Promise.all([stopChildren(), booting.catch(() => undefined)]);
  await runAll(stops);
  await unlock();
};

/** In the reverse order of starting: first what uses the others. */
const runAll = async (stops: Stop[]): Promise<void> => {
  for (const stop of stops.splice(0).toReversed()) await stop().catch(() => undefined);
};

const main = async (): Promise<void> => {
  const from = performance.now();
  const stops: Stop[] = [];
  const interrupted = Promise.withResolvers<never>();
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      // npm passes on the Ctrl-C the terminal has already sent. A later one means: at once; then
      // the guardian ends the rest.
      if (asked > 0 && performance.now() - asked > againMs) process.exit(130);
      asked ||= performance.now();
      interrupted.reject(new Obstacle(say('stopping')));
    });
  interrupted.promise.catch(() => undefined);
  const ports = portsFrom();
  await prepare(ports);
  // firebase-tools leaves sockets and folders behind.
  const removeTemporary = await ownTemporaryFolder();
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
    await stopAll(stops, booting);
    await removeTemporary();
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
