import { sql } from 'kysely';
import type { FieldCipher } from '../domain/field-cipher.ts';
import type { Given } from '../domain/given.ts';
import type { Delivery, DueDelivery, Sent, Webhook } from '../domain/webhook.ts';
import type { Database } from './database.ts';
import { daysAgo } from './expressions.ts';

const columns = [
  'id',
  'project_id as projectId',
  'url',
  'events',
  'active',
  'failing_since as failingSince',
  'created_at as createdAt',
] as const;

const deliveryColumns = [
  'webhook_deliveries.id',
  'webhook_id as webhookId',
  'event_id as eventId',
  'replay',
  'type',
  'state',
  'attempts',
  'next_attempt_at as nextAttemptAt',
  'last_status as lastStatus',
  'last_error as lastError',
  'webhook_deliveries.created_at as createdAt',
  'delivered_at as deliveredAt',
] as const;

export type NewWebhook = { url: string; events: string[]; secret: string };

export const webhookSecret = (projectId: number) => `webhooks.secret/${projectId}`;
const leaseMinutes = 2;

export const webhookRepository = (db: Database, cipher: () => FieldCipher) => ({
  insert: (projectId: number, creatorId: number, { url, events, secret }: NewWebhook) =>
    db
      .insertInto('webhooks')
      .values({
        project_id: projectId,
        creator_id: creatorId,
        url,
        events,
        secret: cipher().seal(webhookSecret(projectId), secret),
      })
      .returning(columns)
      .executeTakeFirstOrThrow(),

  list: (projectId: number): Promise<Webhook[]> =>
    db
      .selectFrom('webhooks')
      .select(columns)
      .where('project_id', '=', projectId)
      .orderBy('id')
      .execute(),

  find: (projectId: number, webhookId: number): Promise<Webhook | undefined> =>
    db
      .selectFrom('webhooks')
      .select(columns)
      .where('project_id', '=', projectId)
      .where('id', '=', webhookId)
      .executeTakeFirst(),

  /** Locks a webhook until the transaction ends. */
  lock: (projectId: number, webhookId: number): Promise<Webhook | undefined> =>
    db
      .selectFrom('webhooks')
      .select(columns)
      .where('project_id', '=', projectId)
      .where('id', '=', webhookId)
      .forNoKeyUpdate()
      .executeTakeFirst(),

  /** Changes a webhook; switching it on forgives its failures. */
  update: (
    webhookId: number,
    changes: Given<{ url: string; events: string[]; active: boolean }>,
  ): Promise<Webhook> =>
    db
      .updateTable('webhooks')
      .set({ ...changes, ...(changes.active && { failing_since: null }) })
      .where('id', '=', webhookId)
      .returning(columns)
      .executeTakeFirstOrThrow(),

  remove: async (webhookId: number): Promise<void> => {
    await db.deleteFrom('webhooks').where('id', '=', webhookId).execute();
  },

  /** Queues an event for webhooks of its project; those that have it already keep the one. */
  queue: async (
    webhookIds: number[],
    event: { eventId: number; type: string; body: Record<string, unknown> },
  ): Promise<void> => {
    if (webhookIds.length === 0) return;
    await db
      .insertInto('webhook_deliveries')
      .values(
        webhookIds.map(webhookId => ({
          webhook_id: webhookId,
          event_id: event.eventId,
          type: event.type,
          body: JSON.stringify(event.body),
        })),
      )
      .onConflict(conflict => conflict.doNothing())
      .execute();
  },

  /** Newest first, those before `beforeId`. */
  deliveries: (webhookId: number, limit: number, beforeId?: number): Promise<Delivery[]> => {
    let query = db
      .selectFrom('webhook_deliveries')
      .select(deliveryColumns)
      .where('webhook_id', '=', webhookId);
    if (beforeId !== undefined) query = query.where('webhook_deliveries.id', '<', beforeId);
    return query.orderBy('webhook_deliveries.id', 'desc').limit(limit).execute();
  },

  /** Queues the same event once more; nothing when there is no such delivery. */
  replay: (webhookId: number, deliveryId: number): Promise<Delivery | undefined> =>
    db
      .insertInto('webhook_deliveries')
      .columns(['webhook_id', 'event_id', 'type', 'body', 'replay'])
      .expression(eb =>
        eb
          .selectFrom('webhook_deliveries as old')
          .select(['old.webhook_id', 'old.event_id', 'old.type', 'old.body'])
          .select(
            sql<number>`1 + (SELECT max(replay) FROM webhook_deliveries other
              WHERE other.webhook_id = old.webhook_id AND other.event_id = old.event_id)`.as(
              'replay',
            ),
          )
          .where('old.webhook_id', '=', webhookId)
          .where('old.id', '=', deliveryId),
      )
      .returning(deliveryColumns)
      .executeTakeFirst(),

  /** Takes on deliveries that are due, so that nobody else sends them meanwhile. */
  claimDue: async (limit: number): Promise<DueDelivery[]> => {
    const { rows } = await sql<DueDelivery>`
      UPDATE webhook_deliveries AS delivery
      SET next_attempt_at = now() + make_interval(mins => ${leaseMinutes}),
        attempts = attempts + 1
      FROM webhooks WHERE webhooks.id = delivery.webhook_id AND delivery.id IN (
        SELECT due.id FROM webhook_deliveries due JOIN webhooks hook ON hook.id = due.webhook_id
        WHERE due.state = 'pending' AND due.next_attempt_at <= now() AND hook.active
        ORDER BY due.next_attempt_at LIMIT ${limit} FOR UPDATE OF due SKIP LOCKED)
      RETURNING delivery.id, delivery.webhook_id AS "webhookId", webhooks.project_id AS "projectId",
        delivery.type, delivery.body, delivery.attempts, webhooks.url, webhooks.secret,
        webhooks.failing_since AS "failingSince"`.execute(db);
    return rows.map(row => ({
      ...row,
      secret: cipher().open(webhookSecret(row.projectId), row.secret),
    }));
  },

  /** Notes what became of an attempt; without `retryAt` there will be no other. */
  settle: async (delivery: DueDelivery, sent: Sent, retryAt: Date | undefined): Promise<void> => {
    const delivered = sent.error === null;
    await db
      .updateTable('webhook_deliveries')
      .set({
        state: delivered ? 'delivered' : retryAt ? 'pending' : 'failed',
        last_status: sent.status,
        last_error: sent.error,
        ...(delivered && { delivered_at: sql<string>`now()` }),
        ...(retryAt && !delivered && { next_attempt_at: retryAt.toISOString() }),
      })
      .where('id', '=', delivery.id)
      .execute();
    await db
      .updateTable('webhooks')
      .set({ failing_since: delivered ? null : sql`coalesce(failing_since, now())` })
      .where('id', '=', delivery.webhookId)
      .where('failing_since', delivered ? 'is not' : 'is', null)
      .execute();
  },

  /** Switches a webhook off that has failed for too long; nothing when it is off already. */
  disable: (webhookId: number): Promise<{ creatorId: number | null } | undefined> =>
    db
      .updateTable('webhooks')
      .set({ active: false })
      .where('id', '=', webhookId)
      .where('active', '=', true)
      .returning('creator_id as creatorId')
      .executeTakeFirst(),

  purge: async (days: number): Promise<number> => {
    const result = await db
      .deleteFrom('webhook_deliveries')
      .where('created_at', '<', daysAgo(days))
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  },
});
