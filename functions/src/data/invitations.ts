import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import {
  type Invitation,
  type InvitationState,
  type InvitedRole,
  invitationDays,
} from '../domain/invitation.ts';
import { defaultSettings } from '../domain/project.ts';
import { normalEmail } from '../domain/user.ts';
import type { Locale } from '../platform/failure.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

const invitations = (db: Database) =>
  db
    .selectFrom('invitations')
    .innerJoin('projects', 'projects.id', 'invitations.project_id')
    .leftJoin('users', 'users.id', 'invitations.inviter_id')
    .select([
      'invitations.id',
      'invitations.project_id as projectId',
      'projects.name as projectName',
      sql<Locale>`coalesce(projects.settings ->> 'language', ${defaultSettings.language})`.as(
        'language',
      ),
      'invitations.email',
      sql<boolean>`invitations.email_digest IS NOT NULL`.as('sealed'),
      'invitations.role',
      'invitations.inviter_id as inviterId',
      'users.full_name as inviterName',
      'invitations.requested_at as requestedAt',
      'invitations.expires_at as expiresAt',
      'invitations.created_at as createdAt',
      sql<InvitationState>`CASE WHEN invitations.state = 'pending' AND expires_at <= now()
        THEN 'expired' ELSE invitations.state END`.as('state'),
    ])
    .where('projects.deleted_at', 'is', null);

const answerable = (db: Database) =>
  invitations(db)
    .where('invitations.state', '=', 'pending')
    .where('invitations.expires_at', '>', sql<string>`now()`);

const lasting = sql<string>`now() + make_interval(days => ${sql.lit(invitationDays)})`;

export type NewInvitation = { email: string; role: InvitedRole; inviterId: number };

type Row = Invitation & { sealed: boolean };

/** Where an invited address stands; a row of before the addresses were sealed has it as it is. */
export const invitedEmail = (invitationId: number): string => `invitations.email:${invitationId}`;

/** To find an invited address by. */
export const invitedEmailDigests = (cipher: FieldCipher, email: string): Buffer[] =>
  cipher.fingerprints('invitations.email', normalEmail(email));

const sentTo = (cipher: FieldCipher, email: string) =>
  sql<boolean>`(invitations.email_digest = any(${invitedEmailDigests(cipher, email)}::bytea[])
    OR (invitations.email_digest IS NULL AND lower(invitations.email) = ${normalEmail(email)}))`;

const opened = (cipher: () => FieldCipher, { sealed, ...row }: Row): Invitation => ({
  ...row,
  email: sealed ? cipher().open(invitedEmail(row.id), row.email) : row.email,
});

const first = async (
  cipher: () => FieldCipher,
  query: { executeTakeFirst(): Promise<Row | undefined> },
): Promise<Invitation | undefined> => {
  const row = await query.executeTakeFirst();
  return row && opened(cipher, row);
};

const all = async (
  cipher: () => FieldCipher,
  query: { execute(): Promise<Row[]> },
): Promise<Invitation[]> => (await query.execute()).map(row => opened(cipher, row));

/** The number that the next row will get: an address is sealed for its row before that exists. */
const nextId = async (db: Database): Promise<number> => {
  const { rows } = await sql<{ id: number }>`
    SELECT nextval(pg_get_serial_sequence('invitations', 'id')) AS id`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('No number for an invitation');
  return row.id;
};

/** Deletes what was sent to an address, whatever became of it. */
export const forgetInvited = async (
  db: Database,
  cipher: FieldCipher,
  email: string,
): Promise<void> => {
  await db.deleteFrom('invitations').where(sentTo(cipher, email)).execute();
};

export const invitationRepository = (db: Database, cipher: () => FieldCipher) => ({
  /** Invites an address, or renews the invitation that it has already. */
  upsert: async (
    projectId: number,
    { email, role, inviterId }: NewInvitation,
  ): Promise<{ id: number; renewed: boolean }> => {
    const renewed = await db
      .updateTable('invitations')
      .set({ role, inviter_id: inviterId, expires_at: lasting, requested_at: sql`now()` })
      .where('project_id', '=', projectId)
      .where('state', '=', 'pending')
      .where(sentTo(cipher(), email))
      .returning('id')
      .executeTakeFirst();
    if (renewed) return { ...renewed, renewed: true };
    const id = await nextId(db);
    const [digest = null] = invitedEmailDigests(cipher(), email);
    return (
      db
        .insertInto('invitations')
        .values({
          id,
          project_id: projectId,
          email: cipher().seal(invitedEmail(id), normalEmail(email)),
          email_digest: digest,
          role,
          inviter_id: inviterId,
          expires_at: lasting,
        })
        .onConflict(conflict =>
          conflict
            .columns(['project_id', 'email_digest'])
            // In words, not as a parameter: the generic plan could not tell which index is meant.
            .where('state', '=', sql.lit('pending'))
            .doUpdateSet({
              role,
              inviter_id: inviterId,
              expires_at: lasting,
              requested_at: sql`now()`,
            }),
        )
        // A row that was only updated carries the id of the transaction that did it.
        .returning(['id', sql<boolean>`xmax <> 0`.as('renewed')])
        .executeTakeFirstOrThrow()
    );
  },

  find: (projectId: number, invitationId: number): Promise<Invitation | undefined> =>
    first(
      cipher,
      invitations(db)
        .where('invitations.project_id', '=', projectId)
        .where('invitations.id', '=', invitationId),
    ),

  findPendingFor: (projectId: number, email: string): Promise<Invitation | undefined> =>
    first(
      cipher,
      invitations(db)
        .where('invitations.project_id', '=', projectId)
        .where('invitations.state', '=', 'pending')
        .where(sentTo(cipher(), email)),
    ),

  /** Newest first, those before `beforeId`. */
  list: (projectId: number, limit: number, beforeId?: number): Promise<Invitation[]> => {
    let query = invitations(db).where('invitations.project_id', '=', projectId);
    if (beforeId !== undefined) query = query.where('invitations.id', '<', beforeId);
    return all(cipher, query.orderBy('invitations.id', 'desc').limit(limit));
  },

  countPending: async (projectId: number): Promise<number> => {
    const { count } = await db
      .selectFrom('invitations')
      .select(sql<number>`count(*)`.as('count'))
      .where('project_id', '=', projectId)
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    return count;
  },

  /** What waits for the answer of whoever owns an address. */
  listFor: (email: string): Promise<Invitation[]> =>
    all(
      cipher,
      answerable(db).where(sentTo(cipher(), email)).orderBy('invitations.id', 'desc').limit(100),
    ),

  /** Locks an invitation that its addressee may still answer. */
  lockFor: (email: string, invitationId: number): Promise<Invitation | undefined> =>
    first(
      cipher,
      answerable(db)
        .where(sentTo(cipher(), email))
        .where('invitations.id', '=', invitationId)
        .forUpdate('invitations'),
    ),

  findByDigest: (digest: Buffer): Promise<Invitation | undefined> =>
    first(cipher, answerable(db).where('invitations.digest', '=', digest)),

  lockByDigest: (digest: Buffer): Promise<Invitation | undefined> =>
    first(cipher, answerable(db).where('invitations.digest', '=', digest).forUpdate('invitations')),

  /** An invitation whose mail is still wanted. */
  findForMail: (invitationId: number): Promise<Invitation | undefined> =>
    first(cipher, answerable(db).where('invitations.id', '=', invitationId)),

  setDigest: async (invitationId: number, digest: Buffer): Promise<void> => {
    await db.updateTable('invitations').set({ digest }).where('id', '=', invitationId).execute();
  },

  /** Makes an invitation good for another term; its mail is asked for anew. */
  renew: async (invitationId: number): Promise<void> => {
    await db
      .updateTable('invitations')
      .set({ expires_at: lasting, requested_at: sql`now()` })
      .where('id', '=', invitationId)
      .execute();
  },

  /** Settles a pending invitation; false when it was settled already. */
  settle: async (
    invitationId: number,
    state: 'accepted' | 'declined' | 'cancelled',
  ): Promise<boolean> => {
    const result = await db
      .updateTable('invitations')
      .set({ state, digest: null, answered_at: sql`now()` })
      .where('id', '=', invitationId)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  },

  /** Deletes what expired or was answered more than `days` ago. */
  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('invitations')
      .where(sql<string>`least(expires_at, coalesce(answered_at, expires_at))`, '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
