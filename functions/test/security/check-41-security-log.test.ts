import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  freshEmail,
  from,
  goodPassword,
  lettersTo,
  login,
  serveAlone,
  sessionOf,
  signedInAccount,
  verifiedAccount,
} from '../support/account.ts';
import { capturedLogs } from '../support/logs.ts';
import { placesFile } from '../support/places.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let logs: () => string;

beforeAll(async () => {
  logs = capturedLogs();
  product = await serveAlone({ TRUSTED_HOPS: '1', PLACES_FILE: await placesFile() });
});

const madrid = { address: '198.51.100.4', agent: 'Firefox/130 (Linux)' };
const bogota = { address: '203.0.113.4', agent: 'Firefox/130 (Linux)' };

describe('the log', () => {
  it('holds no canary, wherever it was put', async () => {
    const canary = 'canario-7f3a9c';
    const email = `${canary}@example.com`;
    const token = `${canary}.${canary}.${canary}`;
    const send = (path: string, body: unknown) =>
      product.http('POST', path, body, { token, headers: { 'user-agent': canary } });
    await send('/auth/register', { email, password: `${canary} frase larga`, fullName: canary });
    await send('/auth/login', { email, password: `${canary} frase larga` });
    await send('/auth/login', { email: canary, password: { $ne: canary } });
    await send('/auth/mfa/verify', { mfaToken: `${canary}${canary}${canary}`, code: '123456' });
    await send('/auth/verify-email', { token: `${canary}${canary}${canary}` });
    await send(`/auth/${canary}?token=${canary}`, { canary });
    await send('/auth/login', `{"email":"${canary}`);
    await fetch(`${product.url}/call/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ [canary]: canary }),
    });
    await product.http('POST', `/call/auth/${canary}`, { data: {} });
    expect(logs()).toContain('callable.request');
    expect(logs()).toContain('http.request');
    expect(logs()).not.toContain(canary);
  });

  it('writes one line per event, whatever a name contains', async () => {
    const before = logs().length;
    await product.http('POST', '/auth/register', {
      email: freshEmail(),
      password: goodPassword,
      fullName: 'Ana\r\n{"severity":"ERROR"}',
    });
    await login(product, freshEmail());
    const lines = logs().slice(before).split('\n').filter(Boolean);
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    const event = lines
      .map(line => JSON.parse(line) as Record<string, unknown>)
      .find(({ message }) => message === 'security.event');
    expect(event).toMatchObject({
      type: 'session.refused',
      outcome: 'failure',
      requestId: expect.any(String),
      at: expect.stringMatching(/Z$/),
    });
  });
});

const reasonsFor = async (userId: number): Promise<string[]> => {
  const rows = await product.db
    .selectFrom('security_events')
    .select(sql<string>`details ->> 'reasons'`.as('reasons'))
    .where('user_id', '=', userId)
    .where('type', '=', 'session.suspicious')
    .execute();
  return rows.flatMap(({ reasons }) => reasons.split(','));
};

const sensitive = (token: string) => product.http('POST', '/auth/me/exports', {}, { token });

describe('a sign-in that does not look like its owner', () => {
  it('from a new device: event, notice and step-up', async () => {
    const { email, userId } = await signedInAccount(product, madrid);
    const phone = { ...madrid, agent: 'Phone/1' };
    const { accessToken } = sessionOf(await login(product, email, goodPassword, phone));
    expect(await reasonsFor(userId)).toEqual(['new_device']);
    expect((await sensitive(accessToken)).body['code']).toBe('reauthentication_required');
    expect((await lettersTo(product, email)).at(-1)?.subject).toBe('Nuevo inicio de sesión');
  });

  it('from two far places at once', async () => {
    const { email, userId } = await signedInAccount(product, madrid);
    await login(product, email, goodPassword, bogota);
    expect(await reasonsFor(userId)).toContain('impossible_travel');
    expect((await lettersTo(product, email)).at(-1)?.subject).toBe('Inicio de sesión inusual');
  });

  it('right after many failures', async () => {
    const { email, userId } = await signedInAccount(product, madrid);
    const strange = { address: '192.0.2.9', agent: 'Guess/1' };
    for (let tries = 0; tries < 6; tries++)
      await login(product, email, 'una frase que nadie ha puesto', strange);
    await login(product, email, goodPassword, madrid);
    expect(await reasonsFor(userId)).toEqual(['many_failures']);
  });

  it('but not from the same place again', async () => {
    const { email, userId } = await signedInAccount(product, madrid);
    const { accessToken } = sessionOf(await login(product, email, goodPassword, madrid));
    expect(await reasonsFor(userId)).toEqual([]);
    expect((await sensitive(accessToken)).status).toBe(201);
  });
});

describe('security events', () => {
  it('are read by their owner and by administrators', async () => {
    const { accessToken: token, userId } = await signedInAccount(product, madrid);
    const { body } = await product.http('GET', '/auth/security-events', undefined, { token });
    const items = body['items'] as unknown as { userId: number; type: string }[];
    expect(new Set(items.map(item => item.userId))).toEqual(new Set([userId]));
    expect(items.map(item => item.type)).toEqual([
      'session.started',
      'account.verified',
      'account.registered',
    ]);
    const all = () =>
      product.http('GET', '/auth/admin/security-events?limit=5', undefined, { token });
    expect((await all()).status).toBe(403);
    await product.db
      .updateTable('users')
      .set({ is_admin: true })
      .where('id', '=', userId)
      .execute();
    expect((await all()).body['items']).toHaveLength(5);
  });

  it('tell nobody where an administrator acted from', async () => {
    const admin = await signedInAccount(product, { ...madrid, agent: 'Guarida/1' });
    const users = product.db.updateTable('users').set({ is_admin: true });
    await users.where('id', '=', admin.userId).execute();
    const { userId, accessToken: token } = await signedInAccount(product, bogota);
    const path = `/auth/admin/users/${userId}/status`;
    const change = (status: string) =>
      product.http('PUT', path, { status }, from({ ...madrid, token: admin.accessToken }));
    expect((await change('active')).status).toBe(204);
    const own = await product.http('GET', '/auth/security-events?limit=1', undefined, { token });
    expect(own.body['items']).toMatchObject([
      {
        type: 'account.status_changed',
        actorId: admin.userId,
        address: null,
        device: null,
        sessionId: null,
      },
    ]);
    const all = await product.http(
      'GET',
      `/auth/admin/security-events?limit=1&userId=${userId}`,
      undefined,
      from({ ...madrid, token: admin.accessToken }),
    );
    expect(all.body['items']).toMatchObject([{ address: madrid.address }]);
  });

  it('are changed by nobody', async () => {
    await verifiedAccount(product);
    const change = product.db.updateTable('security_events').set({ outcome: 'failure' });
    await expect(change.execute()).rejects.toThrow('append-only');
    await expect(product.db.deleteFrom('security_events').execute()).rejects.toThrow('append-only');
    await expect(sql`TRUNCATE security_events`.execute(product.db)).rejects.toThrow('append-only');
  });
});
