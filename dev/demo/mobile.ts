import assert from 'node:assert/strict';
import { deleteApp, initializeApp } from 'firebase/app';
import { connectAuthEmulator, getAuth, signInWithCustomToken } from 'firebase/auth';
import {
  connectFirestoreEmulator,
  doc,
  type Firestore,
  getFirestore,
  onSnapshot,
} from 'firebase/firestore';
import {
  connectFunctionsEmulator,
  type Functions,
  getFunctions,
  httpsCallable,
} from 'firebase/functions';
import { project } from '../environment.ts';
import { mirrored } from './mirror.ts';
import { playScene } from './scene.ts';
import { addresses, api, type ChatAnswer, eventually, type Json, tell } from './world.ts';

type Login = { email: string; password: string };

/** Plays the scene as a phone does: the official client SDK, callables and live documents. */
export const playMobile = async ({ email, password }: Login, live: boolean): Promise<void> => {
  tell('\nMóvil: SDK oficial de Firebase');
  const session = await api('POST', '/auth/login', 200, { body: { email, password } });
  const app = initializeApp({ projectId: project, apiKey: 'demo', appId: 'demo' });
  try {
    const auth = getAuth(app);
    const { ports } = addresses;
    connectAuthEmulator(auth, `http://127.0.0.1:${ports.auth}`, { disableWarnings: true });
    const functions = getFunctions(app, 'us-central1');
    connectFunctionsEmulator(functions, '127.0.0.1', ports.functions);
    const firestore = getFirestore(app);
    connectFirestoreEmulator(firestore, '127.0.0.1', ports.firestore);
    const { user } = await signInWithCustomToken(auth, String(session['firebaseToken']));
    const call = async (name: string, data: unknown): Promise<Json> =>
      (await httpsCallable<unknown, Json>(functions, name)(data)).data;
    const me = await call('auth/getMe', {});
    assert.equal(String(me['id']), user.uid);
    tell(`  sesión de Firebase ${user.uid} para ${String(me['email'])}`);
    await playStream(functions);
    await play(call, live ? firestore : undefined);
    await call('auth/logout', {});
    await assert.rejects(call('auth/getMe', {}), { code: 'functions/unauthenticated' });
    tell('  sesión cerrada; las llamadas ya no pasan');
  } finally {
    await deleteApp(app);
  }
};

/** The same callable by `stream()`: what was understood comes before the answer. */
const playStream = async (functions: Functions): Promise<void> => {
  const send = httpsCallable<unknown, ChatAnswer, Json>(functions, 'chat/sendMessage');
  const { stream, data } = await send.stream({ text: 'hola' });
  const heard: unknown[] = [];
  for await (const chunk of stream) heard.push(chunk['type']);
  assert.deepEqual(heard, ['understood']);
  assert.equal((await data).step, 'idle');
  tell('  respuesta por partes: primero lo entendido, después lo dicho');
};

type Call = (name: string, data: unknown) => Promise<Json>;

const play = async (call: Call, firestore: Firestore | undefined): Promise<void> => {
  const created = await call('projects/createProject', { name: 'Demo móvil' });
  const projectId = Number(created['id']);
  const ana = await call('projects/addMember', { projectId, email: 'ana@pm-bot.local' });
  let sessionId: string | undefined;
  await playScene({
    projectId,
    anaId: Number(ana['userId']),
    say: async text => {
      const data = { text, projectId, ...(sessionId !== undefined && { sessionId }) };
      const answer = (await call('chat/sendMessage', data)) as unknown as ChatAnswer;
      sessionId = answer.sessionId;
      return answer;
    },
    readTask: taskId => call('projects/getTask', { taskId }),
    mirrored: (taskId, status) =>
      firestore
        ? listened(firestore, projectId, taskId, status)
        : mirrored(projectId, taskId, status),
  });
};

/**
 * Waits for the task in a live listener, under the security rules of a member. A membership reaches
 * Firestore a moment after the call that created it: until then the listener is refused, and tries again.
 */
const listened = (
  firestore: Firestore,
  projectId: number,
  taskId: number,
  status: string,
): Promise<Json> =>
  eventually(`task ${taskId} as ${status} in a listener`, () =>
    listenOnce(firestore, `projects/${projectId}/tasks/${taskId}`, status),
  );

const listenMs = 3_000;

const listenOnce = (
  firestore: Firestore,
  path: string,
  status: string,
): Promise<Json | undefined> =>
  new Promise(resolve => {
    const stop = onSnapshot(
      doc(firestore, path),
      snapshot => {
        if (snapshot.data()?.['status'] === status) done(snapshot.data());
      },
      () => done(undefined),
    );
    const late = setTimeout(() => done(undefined), listenMs);
    const done = (found: Json | undefined) => {
      clearTimeout(late);
      stop();
      resolve(found);
    };
  });
