import { sql } from 'kysely';
import {
  type Invitation,
  type InvitationState,
  type InvitedRole,
  invitationDays,
} from '../domain/invitation.ts';
import { normalEmail } from '../domain/user.ts';
import type { Database } from './database.ts';

const invitations = (db: Database) =>
  db
    .selectFrom('invitations')
    .innerJoin('projects', 'projects.id', 'invitations.project_id')
    .leftJoin('users', 'users.id', 'invitations.inviter_id')
    .select([
      'invitations.id',
      'invitations.project_id as projectId',
      'projects.name as projectName',
      'invitations.email',
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

export const invitationRepository = (db: Database) => ({
  /** Invites an address, or renews the invitation that it has already. */
  upsert: async (
    projectId: number,
    { email, role, inviterId }: NewInvitation,
  ): Promise<{ id: number; renewed: boolean }> =>
    db
      .insertInto('invitations')
      .values({
        project_id: projectId,
        email: normalEmail(email),
        role,
        inviter_id: inviterId,
        expires_at: lasting,
      })
      .onConflict(conflict =>
        conflict
          .expression(sql`project_id, lower(email)`)
          .where('state', '=', 'pending')
          .doUpdateSet({
            role,
            inviter_id: inviterId,
            expires_at: lasting,
            requested_at: sql`now()`,
          }),
      )
      // A row that was only updated carries the id of the transaction that did it.
      .returning(['id', sql<boolean>`xmax <> 0`.as('renewed')])
      .executeTakeFirstOrThrow(),

  find: (projectId: number, invitationId: number): Promise<Invitation | undefined> =>
    invitations(db)
      .where('invitations.project_id', '=', projectId)
      .where('invitations.id', '=', invitationId)
      .executeTakeFirst(),

  findPendingFor: (projectId: number, email: string): Promise<Invitation | undefined> =>
    invitations(db)
      .where('invitations.project_id', '=', projectId)
      .where('invitations.state', '=', 'pending')
      .where(sql<string>`lower(invitations.email)`, '=', normalEmail(email))
      .executeTakeFirst(),

  /** Newest first, those before `beforeId`. */
  list: (projectId: number, limit: number, beforeId?: number): Promise<Invitation[]> => {
    let query = invitations(db).where('invitations.project_id', '=', projectId);
    if (beforeId !== undefined) query = query.where('invitations.id', '<', beforeId);
    return query.orderBy('invitations.id', 'desc').limit(limit).execute();
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
    answerable(db)
      .where(sql<string>`lower(invitations.email)`, '=', normalEmail(email))
      .orderBy('invitations.id', 'desc')
      .limit(100)
      .execute(),

  /** Locks an invitation that its addressee may still answer. */
  lockFor: (email: string, invitationId: number): Promise<Invitation | undefined> =>
    answerable(db)
      .where(sql<string>`lower(invitations.email)`, '=', normalEmail(email))
      .where('invitations.id', '=', invitationId)
      .forUpdate('invitations')
      .executeTakeFirst(),

  findByDigest: (digest: Buffer): Promise<Invitation | undefined> =>
    answerable(db).where('invitations.digest', '=', digest).executeTakeFirst(),

  lockByDigest: (digest: Buffer): Promise<Invitation | undefined> =>
    answerable(db)
      .where('invitations.digest', '=', digest)
      .forUpdate('invitations')
      .executeTakeFirst(),

  /** An invitation whose mail is still wanted. */
  findForMail: (invitationId: number): Promise<Invitation | undefined> =>
    answerable(db).where('invitations.id', '=', invitationId).executeTakeFirst(),

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
      .where(
        sql<string>`least(expires_at, coalesce(answered_at, expires_at))`,
        '<',
        sql<string>`now() - make_interval(days => ${days})`,
      )
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
