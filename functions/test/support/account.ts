import { randomInt, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { DomainEvent } from '../../src/domain/event.ts';
import { type Answer, type Product, serveProduct } from './product.ts';

export type Letter = { subject: string; text: string; html: string | null; to: string[] };

export const goodPassword = 'catorce patos cruzan el lago';
export const otherPassword = 'siete faros miran al norte';

export const freshEmail = (): string => `${randomUUID()}@example.com`;

/** The product with ids of its own: Redis is shared, and some of its keys name people by number. */
export const serveAlone = async (environment: Record<string, string> = {}): Promise<Product> => {
  const product = await serveProduct(environment);
  const start = sql.raw(String(randomInt(1_000, 2 ** 40)));
  await sql`ALTER TABLE users ALTER COLUMN id RESTART WITH ${start}`.execute(product.db);
  return product;
};

let delivering = Promise.resolve();

/** Lets the mail consumer work through everything that waits, as Pub/Sub would. */
export const deliverMail = (product: Product): Promise<void> => {
  delivering = delivering.then(() => deliver(product));
  return delivering;
};

const deliver = async ({ db }: Product): Promise<void> => {
  const { background } = await import('../../src/entry/wiring/background.ts');
  const waiting = await db
    .selectFrom('outbox')
    .leftJoin('consumed_events', join =>
      join.onRef('consumed_events.event_id', '=', 'outbox.id').on('consumer', '=', 'mail'),
    )
    .select(['outbox.id', 'type', 'payload', 'occurred_at'])
    .where('topic', '=', 'mail')
    .where('consumed_events.event_id', 'is', null)
    .orderBy('outbox.id')
    .execute();
  for (const { id, type, payload, occurred_at } of waiting)
    await background.sendMail({
      eventId: id,
      type,
      projectId: null,
      occurredAt: occurred_at,
      payload: payload as DomainEvent['payload'],
    });
};

/** Letters to an address, oldest first, after the queue has been worked off. */
export const lettersTo = async (product: Product, email: string): Promise<Letter[]> => {
  await deliverMail(product);
  const url = `${process.env['MAIL_URL']}/api/messages?to=${encodeURIComponent(email)}`;
  const letters = (await (await fetch(url)).json()) as (Letter & { id: number })[];
  return letters.toSorted((a, b) => a.id - b.id);
};

/** The token in the newest letter to an address. */
export const mailedToken = async (product: Product, email: string): Promise<string> => {
  const letter = (await lettersTo(product, email)).at(-1);
  const token = /token=([\w-]+)/.exec(letter?.text ?? '')?.[1];
  if (!token) throw new Error(`No token in the newest letter to ${email}: ${letter?.subject}`);
  return token;
};

/** A text that an answer must contain. */
export const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`No text: ${JSON.stringify(value)}`);
  return value;
};

export type From = { address?: string; agent?: string; token?: string };

/** Headers of a client behind our one trusted proxy, which appends the address it saw. */
export const from = ({ address, agent, token }: From = {}) => ({
  token,
  headers: {
    ...(address !== undefined && { 'x-forwarded-for': address }),
    'user-agent': agent ?? 'Firefox/130 (Linux)',
  },
});

export const register = (
  product: Product,
  email: string,
  password = goodPassword,
  who: From = {},
) => product.http('POST', '/auth/register', { email, password, fullName: 'Ana Torres' }, from(who));

export const login = (product: Product, email: string, password = goodPassword, who: From = {}) =>
  product.http('POST', '/auth/login', { email, password }, from(who));

/** A person who has registered and confirmed their address. */
export const verifiedAccount = async (product: Product, who: From = {}): Promise<string> => {
  const email = freshEmail();
  await register(product, email, goodPassword, who);
  const token = await mailedToken(product, email);
  const answer = await product.http('POST', '/auth/verify-email', { token }, from(who));
  if (answer.status !== 204) throw new Error(`Not verified: ${JSON.stringify(answer.body)}`);
  return email;
};

export type SignedIn = { email: string; accessToken: string; refreshToken: string; userId: number };

/** A person with an account and a session, by the way that users take. */
export const signedInAccount = async (product: Product, who: From = {}): Promise<SignedIn> => {
  const email = await verifiedAccount(product, who);
  return { email, ...sessionOf(await login(product, email, goodPassword, who)) };
};

export const sessionOf = ({ status, body }: Answer): Omit<SignedIn, 'email'> => {
  if (status !== 200) throw new Error(`Not signed in: ${JSON.stringify(body)}`);
  return {
    accessToken: textOf(body['accessToken']),
    refreshToken: textOf(body['refreshToken']),
    userId: Number(body['user']?.['id']),
  };
};
