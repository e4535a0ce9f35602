import { beforeAll, describe, expect, it } from 'vitest';
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
