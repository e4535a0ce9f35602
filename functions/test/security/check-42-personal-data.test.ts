import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldCipher } from '../../src/adapters/encryption/field-cipher.ts';
import { login, register, type SignedIn, serveAlone, signedInAccount } from '../support/account.ts';
import { hits } from '../support/hits.ts';
import type { Product } from '../support/product.ts';
import { protectedAccount } from '../support/second-factor.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const withWork = async () => {
  const ana = await signedInAccount(product);
  const luis = await signedInAccount(product);
  const call = (who: SignedIn, method: string, path: string, body?: unknown) =>
    product.http(method, path, body, { token: who.accessToken });
  const shared = await call(ana, 'POST', '/projects', { name: 'Compartido' });
  const own = await call(ana, 'POST', '/projects', { name: 'Solo mío' });
  const [sharedId, ownId] = [shared, own].map(({ body }) => Number(body['id']));
  await call(ana, 'POST', `/projects/${sharedId}/members`, { email: luis.email, role: 'manager' });
  await call(ana, 'POST', `/projects/${sharedId}/tasks`, {
    title: 'Tarea',
    assigneeId: ana.userId,
  });
  await call(ana, 'POST', '/auth/me/consents', {
    purpose: 'analytics',
    policyVersion: '2026-11',
    granted: true,
  });
  const talk = await call(ana, 'POST', '/chat/message', {
    text: 'quiero hablar con una persona',
    projectId: sharedId,
  });
  await call(ana, 'PATCH', '/auth/me', {
    notificationPreferences: { summary: { time: '08:00' } },
  });
  return { ana, luis, sharedId, ownId, sessionId: String(talk.body['sessionId']), call };
};

describe('export', () => {
  it('holds everything of the person and nothing of others', async () => {
    const { ana, luis, call } = await withWork();
    const asked = await call(ana, 'POST', '/auth/me/exports', {});
    const path = `/auth/me/exports/${asked.body['exportId']}`;
    const { status, body } = await call(ana, 'GET', path);
    expect(status).toBe(200);
    expect(body['data']).toMatchObject({
      account: [{ email: ana.email }],
      signInMethods: [{ provider: 'password' }],
      sessions: [{ address: '127.0.0.1' }],
      consents: [{ purpose: 'analytics', granted: true }],
      tasks: [{ title: 'Tarea', assigned_to_me: true }],
      memberships: [expect.anything(), expect.anything()],
      conversations: [{ turns: 1 }],
      conversationMessages: [
        { role: 'user', text: 'quiero hablar con una persona' },
        { role: 'bot' },
      ],
      conversationTurns: [{ marks: ['handover'] }],
      handovers: [{ asked_by_me: true }],
      morningSummary: [expect.anything()],
    });
    const text = JSON.stringify(body);
    expect(text).toContain('session.started');
    expect(text).not.toContain(luis.email);
    expect(text).not.toMatch(/password_hash|argon2|digest/);
    expect((await call(luis, 'GET', path)).status).toBe(404);
  });

  it('closes after a quarter of an hour, and may be asked for twice at once', async () => {
    const { ana, call } = await withWork();
    const both = await Promise.all([1, 2].map(() => call(ana, 'POST', '/auth/me/exports', {})));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    await sql`UPDATE exports SET expires_at = expires_at - interval '16 minutes'`.execute(
      product.db,
    );
    const path = `/auth/me/exports/${both[0]?.body['exportId']}`;
    expect((await call(ana, 'GET', path)).status).toBe(404);
  });
});

/** An invitation to an address that had no account then. */
const invitedBefore = async (projectId: number, inviterId: number, email: string) => {
  const { projectArea } = await import('../../src/entry/wiring/projects.ts');
  await projectArea(product.db).invitations.upsert(projectId, { email, role: 'member', inviterId });
};

describe('erasure', () => {
  it('leaves nothing of the person but pseudonymous events, and shared work without the name', async () => {
    const { ana, luis, sharedId, ownId, sessionId, call } = await withWork();
    await register(product, ana.email);
    const invited = await call(luis, 'POST', '/projects', { name: 'De Luis' });
    await invitedBefore(Number(invited.body['id']), luis.userId, ana.email);
    expect((await call(ana, 'DELETE', '/auth/me')).status).toBe(204);
    expect(await hits(product, ana.email)).toEqual([]);
    expect(await hits(product, sessionId)).toEqual([]);
    const invitations = product.db.selectFrom('invitations').select('id');
    expect(
      await invitations.where('project_id', '=', Number(invited.body['id'])).execute(),
    ).toEqual([]);
    const rows = await product.db
      .selectFrom('security_events')
      .select(['address', 'device'])
      .where('user_id', '=', ana.userId)
      .execute();
    for (const row of rows) expect(row).toEqual({ address: null, device: null });
    expect((await call(luis, 'GET', `/projects/${ownId}`)).status).toBe(404);
    expect((await call(luis, 'GET', `/projects/${sharedId}`)).body).toMatchObject({
      ownerId: luis.userId,
      role: 'owner',
    });
    const tasks = await call(luis, 'GET', `/projects/${sharedId}/tasks`);
    expect(tasks.body['items']).toMatchObject([{ assigneeId: null, creatorId: null }]);
    expect((await call(ana, 'GET', '/auth/me')).status).toBe(401);
    expect((await login(product, ana.email)).status).toBe(401);
  });

  it('tells Firestore and Firebase, again and again until it has worked', async () => {
    const { forgetPerson } = await import('../../src/operations/auth/forget-person.ts');
    const { ana, call } = await withWork();
    await call(ana, 'DELETE', '/auth/me');
    const event = await product.db
      .selectFrom('outbox')
      .select(['type', 'payload'])
      .where('type', '=', 'account.erased')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(event.payload).toEqual({ userId: ana.userId });
    const done: string[] = [];
    let broken = true;
    const step = (name: string) => async (of: string | number) => {
      if (name === 'firebase' && broken) throw new Error('away');
      done.push(`${name} ${of}`);
    };
    const deps = {
      mirror: { clear: step('clear'), remove: step('remove') },
      chatSessions: { forgetAll: step('sessions') },
      feeds: { forget: step('feeds') },
      places: { forget: step('places') },
      firebase: { removeUser: step('firebase') },
    };
    const delivery = {
      eventId: 1,
      type: event.type,
      projectId: null,
      occurredAt: new Date().toISOString(),
      payload: event.payload as Record<string, unknown>,
    };
    await expect(forgetPerson(deps, delivery)).rejects.toThrow('away');
    broken = false;
    await forgetPerson(deps, delivery);
    expect(done.at(-1)).toBe(`firebase ${ana.userId}`);
  });

  it('lets the address start anew and empty', async () => {
    const { ana, call } = await withWork();
    await call(ana, 'DELETE', '/auth/me');
    expect((await register(product, ana.email)).status).toBe(201);
    const again = await product.db
      .selectFrom('users')
      .select('id')
      .where('email', '=', ana.email)
      .executeTakeFirstOrThrow();
    expect(again.id).not.toBe(ana.userId);
  });
});

describe('retention', () => {
  it('deletes exactly what the policy names', async () => {
    const { background } = await import('../../src/entry/wiring/background.ts');
    const keep = await signedInAccount(product);
    const old = await signedInAccount(product);
    const stale = `stale-${old.userId}@example.com`;
    await register(product, stale);
    await product.db
      .updateTable('users')
      .set({ created_at: sql`now() - interval '31 days'` })
      .where('email', 'in', [stale, keep.email])
      .execute();
    await product.db
      .updateTable('sessions')
      .set({ expires_at: sql`now() - interval '31 days'` })
      .where('user_id', '=', old.userId)
      .execute();
    await product.db.transaction().execute(async trx => {
      await sql`SELECT set_config('pmbot.privacy_job', 'on', true)`.execute(trx);
      await trx
        .updateTable('security_events')
        .set({ occurred_at: sql`now() - interval '366 days'` })
        .where('user_id', '=', old.userId)
        .execute();
    });
    await background.purgeExpired();
    const count = async (table: 'sessions' | 'security_events', userId: number) =>
      (await product.db.selectFrom(table).select('id').where('user_id', '=', userId).execute())
        .length;
    expect(await count('sessions', old.userId)).toBe(0);
    expect(await count('security_events', old.userId)).toBe(0);
    expect(await count('sessions', keep.userId)).toBe(1);
    expect(await count('security_events', keep.userId)).toBeGreaterThan(0);
    const left = await product.db
      .selectFrom('users')
      .select('email')
      .where('email', 'in', [stale, keep.email])
      .execute();
    expect(left).toEqual([{ email: keep.email }]);
  });
});

describe('field encryption', () => {
  const key = () => randomBytes(32);
  const [one, two] = [key(), key()];
  const cipher = fieldCipher({ current: '1', keys: new Map([['1', one]]) });
  const rotated = fieldCipher({
    current: '2',
    keys: new Map([
      ['1', one],
      ['2', two],
    ]),
  });

  it('fails closed when one byte has changed, or the value stands elsewhere', () => {
    const sealed = cipher.seal('users.note:1', 'secreto');
    const [version, packed = ''] = sealed.split('.');
    const bytes = Buffer.from(packed, 'base64url');
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const forged = `${version}.${changed.toString('base64url')}`;
      expect(() => cipher.open('users.note:1', forged)).toThrow(/auth|version|length/i);
    }
    expect(() => cipher.open('users.note:2', sealed)).toThrow('authenticate');
  });

  it('reads older key versions and writes the current one', () => {
    const sealed = cipher.seal('a', 'secreto');
    expect(rotated.open('a', sealed)).toBe('secreto');
    expect(rotated.seal('a', 'secreto')).toMatch(/^2\./);
    expect(() => cipher.open('a', rotated.seal('a', 'secreto'))).toThrow('unknown key version');
  });

  it('never writes the same twice', () => {
    expect(cipher.seal('a', 'secreto')).not.toBe(cipher.seal('a', 'secreto'));
  });

  it('holds for rows that are swapped in the database', async () => {
    const ana = await protectedAccount(product);
    const luis = await protectedAccount(product);
    await sql`UPDATE second_factors SET secret = (
        SELECT secret FROM second_factors WHERE user_id = ${luis.userId})
      WHERE user_id = ${ana.userId}`.execute(product.db);
    const halfway = await login(product, ana.email);
    const body = { mfaToken: halfway.body['mfaToken'], code: luis.codeFor() };
    const answer = await product.http('POST', '/auth/mfa/verify', body);
    expect(answer.status).not.toBe(200);
  });
});
