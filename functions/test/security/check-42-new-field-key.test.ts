import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldCipher } from '../../src/adapters/encryption/field-cipher.ts';
import { parseKeyRing } from '../../src/adapters/encryption/key-ring.ts';
import { invitationRepository } from '../../src/data/invitations.ts';
import { resealAll } from '../../src/data/resealing.ts';
import { secondFactorRepository } from '../../src/data/second-factors.ts';
import { securityEventRepository } from '../../src/data/security-events.ts';
import { sessionRepository } from '../../src/data/sessions.ts';
import { webhookRepository } from '../../src/data/webhooks.ts';
import { cipher } from '../../src/entry/wiring/tokens.ts';
import { freshEmail, serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';
import { type Protected, protectedAccount } from '../support/second-factor.ts';

let product: Product;
let ana: Protected;
let projectId = 0;
const guest = freshEmail();

beforeAll(async () => {
  product = await serveAlone();
  ana = await protectedAccount(product);
  const call = (method: string, path: string, body?: unknown) =>
    product.http(method, path, body, { token: ana.accessToken });
  projectId = Number((await call('POST', '/projects', { name: 'Base' })).body['id']);
  await call('POST', `/projects/${projectId}/members`, { email: guest, role: 'member' });
  // Not over HTTPS, where saving looks the name up: names of others may be out of reach here.
  const hook = { url: 'https://example.com/hook', events: ['task.created'], secret: 'whsec_1' };
  await webhookRepository(product.db, cipher).insert(projectId, ana.userId, hook);
  await product.http('POST', '/auth/forgot-password', { email: ana.email });
});

const rings = () => {
  const old = JSON.parse(process.env['FIELD_KEYS'] ?? '') as { keys: Record<string, string> };
  const added = randomBytes(32).toString('base64');
  const both = JSON.stringify({ current: 'new', keys: { ...old.keys, new: added } });
  const alone = JSON.stringify({ current: 'new', keys: { new: added } });
  return { both, alone, cipherOf: (ring: string) => fieldCipher(parseKeyRing('FIELD_KEYS', ring)) };
};

/** Tables in which something is sealed under the first key, apart from what leaves within 14 days. */
const tablesUnderOldKey = async (): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
      AND table_name NOT IN ('outbox', 'failed_mails')`.execute(product.db);
  const found = await Promise.all(
    rows.map(async ({ name }) => {
      const { rows: hits } = await sql`SELECT FROM ${sql.table(name)} AS kept
        WHERE kept::text ~ '\\m1\\.[A-Za-z0-9_-]{38,}'`.execute(product.db);
      return hits.length > 0 ? [name] : [];
    }),
  );
  return found.flat().toSorted();
};

describe('the address of an invitation', () => {
  it('is not readable in the database, and found by whoever has it', async () => {
    const { rows } = await sql<{ row: string }>`
      SELECT invitations::text AS row FROM invitations`.execute(product.db);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(guest);
    const shown = await product.http('GET', `/projects/${projectId}/invitations`, undefined, {
      token: ana.accessToken,
    });
    expect(shown.body['items']).toMatchObject([{ email: guest }]);
    const body = { email: guest.toUpperCase(), role: 'viewer' };
    const path = `/projects/${projectId}/members`;
    await product.http('POST', path, body, { token: ana.accessToken });
    const count = sql<{ count: number }>`SELECT count(*) FROM invitations`;
    expect((await count.execute(product.db)).rows).toEqual([{ count: 1 }]);
  });
});

describe('a new field key', () => {
  it('leaves nothing under the old one, which can then go', async () => {
    expect(await tablesUnderOldKey()).toEqual(
      expect.arrayContaining([
        'invitations',
        'second_factors',
        'security_events',
        'sessions',
        'webhooks',
      ]),
    );
    const { both, alone, cipherOf } = rings();
    const program = join(import.meta.dirname, '../../../dev/reseal.ts');
    const env = { ...process.env, FIELD_KEYS: both };
    const run = () => promisify(execFile)(process.execPath, [program], { env });
    expect((await run()).stdout).toMatch(/invitations\.email: 1 sealed anew, 0 unreadable/);
    expect(await tablesUnderOldKey()).toEqual([]);
    expect((await run()).stdout).not.toMatch(/[1-9]\d* sealed anew/);

    const renewed = cipherOf(alone);
    const { db } = product;
    expect(await sessionRepository(db, renewed).list(ana.userId)).not.toEqual([]);
    expect(await securityEventRepository(db, renewed).list(50)).not.toEqual([]);
    expect((await secondFactorRepository(db, renewed).lock(ana.userId))?.secret).toBeTruthy();
    const invitations = invitationRepository(db, () => renewed);
    expect(await invitations.findPendingFor(projectId, guest)).toMatchObject({ email: guest });
  }, 60_000);

  it('finds invitations of the old key before they are sealed anew, and seals those never sealed', async () => {
    const { both, alone, cipherOf } = rings();
    const plain = freshEmail();
    await sql`INSERT INTO invitations (project_id, email, role, inviter_id, expires_at)
      VALUES (${projectId}, ${plain}, 'member', ${ana.userId}, now() + interval '1 day')`.execute(
      product.db,
    );
    const renewing = cipherOf(both);
    const invitations = invitationRepository(product.db, () => renewing);
    const sealed = freshEmail();
    const old = invitationRepository(product.db, cipher);
    const invited = { email: sealed, role: 'member', inviterId: ana.userId } as const;
    const { id } = await old.upsert(projectId, invited);
    for (const email of [plain, sealed])
      expect(await invitations.findPendingFor(projectId, email)).toMatchObject({ email });
    expect(await invitations.upsert(projectId, invited)).toEqual({ id, renewed: true });
    await resealAll(product.db, renewing, () => undefined);
    const later = invitationRepository(product.db, () => cipherOf(alone));
    for (const email of [plain, sealed])
      expect(await later.findPendingFor(projectId, email)).toMatchObject({ email });
  });

  it('stops at no value that cannot be read, and counts it', async () => {
    await sql`UPDATE second_factors SET secret = 'new.AAAA' WHERE user_id = ${ana.userId}`.execute(
      product.db,
    );
    const { both, cipherOf } = rings();
    const unreadable: Record<string, number> = {};
    await resealAll(product.db, cipherOf(both.replaceAll('"new"', '"newer"')), done => {
      unreadable[`${done.table}.${done.column}`] = done.unreadable;
    });
    expect(unreadable['second_factors.secret']).toBe(1);
  });
});
