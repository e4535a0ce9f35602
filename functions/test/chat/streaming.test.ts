import { randomUUID } from 'node:crypto';
import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import { getFunctions, httpsCallableFromURL } from 'firebase/functions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, serveProduct, type User } from '../support/product.ts';

let product: Product;
let ana: User;

beforeAll(async () => {
  product = await serveProduct();
  ana = await product.signedIn('Ana Torres');
});

/** What the Firebase SDK's `stream()` sends and reads: server-sent events of the callable protocol. */
const stream = async (data: unknown, token = ana.idToken) => {
  const response = await fetch(`${product.url}/call/chat/sendMessage`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ data }),
  });
  const text = await response.text();
  const lines = text.split('\n').filter(line => line.startsWith('data: '));
  const events = lines.map(line => JSON.parse(line.slice('data: '.length)) as object);
  return { events };
};

const apps: FirebaseApp[] = [];
afterAll(() => Promise.all(apps.map(deleteApp)));

/** The official client, signed in with our ID token: its own sign-in would need the Auth emulator. */
const clientOf = ({ idToken }: User) => {
  const app = initializeApp({ projectId: 'demo', apiKey: 'demo', appId: 'demo' }, randomUUID());
  apps.push(app);
  const auth = { getToken: async () => ({ accessToken: idToken }), addAuthTokenListener: () => {} };
  const component = {
    name: 'auth-internal',
    instanceFactory: () => auth,
    type: 'PRIVATE',
    multipleInstances: false,
    serviceProps: {},
    instantiationMode: 'LAZY',
    onInstanceCreated: null,
  };
  (app as unknown as { container: { addComponent(one: object): void } }).container.addComponent(
    component,
  );
  return httpsCallableFromURL<object, Answer, Chunk>(
    getFunctions(app),
    `${product.url}/call/chat/sendMessage`,
  );
};
type Chunk = { type: string; intents?: { name: string }[]; action?: string };
type Answer = { step: string; reply: { text: string }; actions: { type: string }[] };

describe('the stream() of the Firebase client', () => {
  it('hears what was understood, what is being done, and the answer', async () => {
    const token = ana.accessToken;
    await product.http('POST', '/projects', { name: 'Web' }, { token });
    const text = 'crea una tarea para regar, para mí, para mañana';
    const { stream: chunks, data } = await clientOf(ana).stream({ text });
    const heard: Chunk[] = [];
    for await (const chunk of chunks) heard.push(chunk);
    expect(heard).toMatchObject([
      {
        type: 'understood',
        intents: [{ name: 'create_task' }],
        entities: [
          { entity: 'task_title', text: 'regar' },
          { entity: 'assignee' },
          { entity: 'due_date' },
        ],
      },
      { type: 'acting', action: 'createTask' },
    ]);
    expect(await data).toMatchObject({ step: 'idle', actions: [{ type: 'task.created' }] });
  });

  it('hears of a failure as a rejected answer', async () => {
    const eva = await product.signedIn('Eva Extraña');
    const { stream: chunks, data } = await clientOf(eva).stream({
      text: 'hola',
      projectId: 999_999_999,
    });
    const read = async () => {
      for await (const _ of chunks);
    };
    const ends = await Promise.allSettled([read(), data]);
    expect(ends).toMatchObject([1, 2].map(() => ({ reason: { code: 'functions/not-found' } })));
  });
});

describe('chat/sendMessage as a stream', () => {
  it('says what it understood, then answers as without a stream', async () => {
    const { events } = await stream({ text: 'hola' });
    expect(events).toMatchObject([
      { message: { type: 'understood', intents: [{ name: 'greet' }] } },
      { result: { step: 'idle', reply: { text: expect.any(String) } } },
    ]);
  });

  it('ends with the failure, in the form of callables', async () => {
    const { events } = await stream({ text: 'hola', projectId: 999_999_999 });
    expect(events).toMatchObject([
      { error: { status: 'NOT_FOUND', details: { code: 'not_found' } } },
    ]);
  });

  it('keeps the answer of a plain call as it was', async () => {
    const answer = await product.call('chat/sendMessage', { text: 'hola' }, { token: ana.idToken });
    expect(answer).toMatchObject({ status: 200, body: { result: { step: 'idle' } } });
  });
});
