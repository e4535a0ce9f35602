import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { gatewayUrl, portsFrom } from '../settings.ts';

const ports = portsFrom();
export const addresses = {
  gateway: gatewayUrl(ports),
  mail: `http://127.0.0.1:${ports.mail}`,
  database: `postgres://pmbot:pmbot@127.0.0.1:${ports.postgres}/pmbot`,
  ports,
};

export type Json = Record<string, unknown>;
export type Sentence = (text: string) => Promise<ChatAnswer>;
export type ChatAnswer = {
  sessionId: string;
  reply: { text: string };
  step: string;
  actions: { type: string; task?: Json }[];
};

export const tell = (line: string): void => console.log(line);

/** Calls the API through the gateway and insists on the status. */
export const api = async (
  method: string,
  path: string,
  expected: number,
  { body, token }: { body?: unknown; token?: string } = {},
): Promise<Json> => {
  const response = await fetch(addresses.gateway + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.equal(response.status, expected, `${method} ${path}: ${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Json);
};

const patienceMs = 30_000;

/** Looks again and again until there is something to see. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined>,
): Promise<T> => {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(200);
  }
  throw new Error(`${what}: nothing after ${patienceMs / 1_000} s`);
};

/** One row of PostgreSQL, past every layer of ours. */
export const row = async (statement: string, values: unknown[]): Promise<Json> => {
  const client = new pg.Client({ connectionString: addresses.database });
  await client.connect();
  try {
    const { rows } = await client.query<Json>(statement, values);
    assert.equal(rows.length, 1, `${statement}: ${rows.length} rows`);
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
};

type Mail = { subject: string; text: string };

/** The secret of the newest mail to an address: the link's `token`. */
export const tokenFromMail = (address: string): Promise<string> =>
  eventually(`mail to ${address}`, async () => {
    const response = await fetch(
      `${addresses.mail}/api/messages?to=${encodeURIComponent(address)}`,
    );
    const mails = (await response.json()) as Mail[];
    return mails
      .map(mail => /token=([\w-]+)/.exec(mail.text)?.[1])
      .find(token => token !== undefined);
  });
