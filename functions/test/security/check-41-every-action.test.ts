import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  login,
  mailedToken,
  otherPassword,
  register,
  type SignedIn,
  serveAlone,
  sessionOf,
  signedInAccount,
} from '../support/account.ts';
import { capturedLogs } from '../support/logs.ts';
import type { Product } from '../support/product.ts';
import { answerChallenge, challengeFor, protectedAccount } from '../support/second-factor.ts';

const agent = 'Firefox/130 (Linux)';
const logs = capturedLogs();
let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const call = (who: { accessToken: string }, method: string, path: string, body?: unknown) =>
  product.http(method, path, body, {
    token: who.accessToken,
    headers: { 'user-agent': agent },
  });

const administrator = async () => {
  const admin = await signedInAccount(product);
  await sql`UPDATE users SET is_admin = TRUE WHERE id = ${admin.userId}`.execute(product.db);
  return admin;
};

const withSecondFactor = async (
  work: (who: Awaited<ReturnType<typeof protectedAccount>>) => unknown,
) => work(await protectedAccount(product));

/** What is done, and the events that it must leave. */
const actions: [events: string[], work: () => Promise<unknown>][] = [
  [['account.registered'], () => register(product, freshEmail())],
  [['account.verified', 'session.started'], () => signedInAccount(product)],
  [['session.refused'], async () => login(product, (await signedInAccount(product)).email, 'no')],
  [
    ['session.refreshed_twice'],
    async () => {
      const { refreshToken: first } = await signedInAccount(product);
      const refresh = (refreshToken: string) =>
        product.http('POST', '/auth/refresh', { refreshToken });
      const { body } = await refresh(first);
      await refresh(String(body['refreshToken']));
      await refresh(first);
    },
  ],
  [['session.ended'], async () => call(await signedInAccount(product), 'POST', '/auth/logout', {})],
  [
    ['password.changed'],
    async () =>
      call(await signedInAccount(product), 'POST', '/auth/change-password', {
        currentPassword: goodPassword,
        newPassword: otherPassword,
      }),
  ],
  [
    ['password.reset_requested', 'password.reset'],
    async () => {
      const { email } = await signedInAccount(product);
      await product.http('POST', '/auth/forgot-password', { email });
      const token = await mailedToken(product, email);
      await product.http('POST', '/auth/reset-password', { token, password: otherPassword });
    },
  ],
  [
    ['identity.proved_again'],
    async () =>
      call(await signedInAccount(product), 'POST', '/auth/reauthenticate', {
        password: goodPassword,
      }),
  ],
  [
    ['account.email_change_requested', 'account.email_changed', 'account.email_change_undone'],
    async () => {
      const ana = await signedInAccount(product);
      const next = freshEmail();
      await call(ana, 'POST', '/auth/email-change', { email: next });
      const undo = await mailedToken(product, ana.email);
      const token = await mailedToken(product, next);
      await product.http('POST', '/auth/email-change/confirm', { token });
      await product.http('POST', '/auth/email-change/undo', { token: undo });
    },
  ],
  [['second_factor.started', 'second_factor.enabled'], () => protectedAccount(product)],
  [
    ['second_factor.refused', 'recovery_code.used'],
    () =>
      withSecondFactor(async ({ email, codes }) => {
        await answerChallenge(product, await challengeFor(product, email), '000000');
        await answerChallenge(product, await challengeFor(product, email), codes[0] ?? '');
      }),
  ],
  [
    ['recovery_codes.replaced', 'second_factor.disabled'],
    () =>
      withSecondFactor(async ({ email, codes, codeFor }) => {
        const mfaToken = await challengeFor(product, email);
        const who = sessionOf(await answerChallenge(product, mfaToken, codes[0] ?? ''));
        await call(who, 'POST', '/auth/mfa/recovery-codes', {});
        const proof = { password: goodPassword, code: codeFor() };
        await call(who, 'POST', '/auth/mfa/totp/disable', proof);
      }),
  ],
  [
    ['account.updated', 'consent.changed', 'account.exported', 'account.erased'],
    async () => {
      const ana = await signedInAccount(product);
      await call(ana, 'PATCH', '/auth/me', { fullName: 'Ana María' });
      const consent = { purpose: 'analytics', policyVersion: '2026-11', granted: true };
      await call(ana, 'POST', '/auth/me/consents', consent);
      await call(ana, 'POST', '/auth/me/exports', {});
      await call(ana, 'DELETE', '/auth/me');
    },
  ],
  [
    ['account.status_changed', 'address_rule.added', 'address_rule.removed'],
    async () => {
      const [admin, other] = [await administrator(), await signedInAccount(product)];
      const path = `/auth/admin/users/${other.userId}/status`;
      await call(admin, 'PUT', path, { status: 'disabled' });
      const rule = { effect: 'deny', range: '203.0.113.9', note: '' };
      const { body } = await call(admin, 'POST', '/auth/admin/address-rules', rule);
      await call(admin, 'DELETE', `/auth/admin/address-rules/${String(body['id'])}`);
    },
  ],
];

const newest = async (): Promise<number> => {
  const { rows } = await sql<{ id: number }>`
    SELECT coalesce(max(id), 0) AS id FROM security_events`.execute(product.db);
  return rows[0]?.id ?? 0;
};

describe('an event is left', () => {
  it.each(actions)('by %s', async (events, work) => {
    const [before, logged] = [await newest(), logs().length];
    await work();
    const rows = await product.db
      .selectFrom('security_events')
      .selectAll()
      .where('id', '>', before)
      .execute();
    expect(rows.map(({ type }) => type)).toEqual(expect.arrayContaining(events));
    for (const row of rows)
      expect(row).toMatchObject({
        user_id: expect.any(Number),
        request_id: expect.stringMatching(/^[\w-]{4,64}$/),
        occurred_at: expect.stringMatching(/Z$/),
      });
    const lines = logs()
      .slice(logged)
      .split('\n')
      .filter(line => line.includes('"security.event"'));
    expect(lines).toHaveLength(rows.length);
  });

  it('by whom it was done and to whom', async () => {
    const [admin, other]: SignedIn[] = [await administrator(), await signedInAccount(product)];
    const path = `/auth/admin/users/${other?.userId}/status`;
    await call(admin as SignedIn, 'PUT', path, { status: 'disabled' });
    const row = await product.db
      .selectFrom('security_events')
      .select(['user_id', 'actor_id', 'session_id', 'address', 'device'])
      .where('type', '=', 'account.status_changed')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ user_id: other?.userId, actor_id: admin?.userId });
    expect(row.session_id).not.toBeNull();
    expect(row.address).not.toBeNull();
  });
});
