import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { accessRepository } from '../../data/access.ts';
import { type Database, inTransaction } from '../../data/database.ts';
import { idempotencyRepository } from '../../data/idempotency.ts';
import { outboxRepository } from '../../data/outbox.ts';
import type { NewEvent, OutboxEvent } from '../../domain/event.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import type { Environment } from '../../platform/operation.ts';
import { authorizer } from '../authorize.ts';
import { announcer } from './announcing.ts';
import { database, projectCache } from './connections.ts';
import { cipher } from './tokens.ts';

/** Repositories and adapters of one service, built on the pool or on a transaction. */
export type Area = (db: Database) => object;

type Work<T> = (deps: object) => Promise<T>;
type Later = () => Promise<unknown>;

/** Everything that the operations of a service stand on. */
export const environmentOf = async (area: Area): Promise<Environment> => {
  const db = await database();
  const transact = transactor(db, area);
  return {
    deps: {
      ...area(db),
      inTransaction: transact,
      savepoint: transact,
      afterCommit: (work: Later) => work(),
    },
    authorize: authorizer(accessRepository(db)),
    idempotently: (request, work) =>
      transact(async deps => {
        const keys = (deps as { idempotency: ReturnType<typeof idempotencyRepository> })
          .idempotency;
        const claim = {
          userId: request.caller.userId,
          operation: request.operation,
          key: request.key,
          fingerprint: fingerprintOf(request.input),
        };
        const earlier = await keys.claim(claim);
        if (earlier) return replay(earlier, claim.fingerprint) as Awaited<ReturnType<typeof work>>;
        const output = await work(deps);
        await keys.store(claim, output);
        return output;
      }),
  };
};

/** A transaction whose events are announced after it has committed; inside one, work just joins it. */
export const transactor = (db: Database, area: Area) => {
  const announce = announcer(db);
  return async <T>(work: Work<T>): Promise<T> => {
    const events: OutboxEvent[] = [];
    const later: Later[] = [];
    const result = await inTransaction(db, trx => {
      events.length = 0;
      later.length = 0;
      return work(unitOn(trx, area, events, later));
    });
    await Promise.all([forgetComputed(events), announce(events), ...later.map(finish => finish())]);
    return result;
  };
};

const unitOn = (trx: Database, area: Area, events: OutboxEvent[], later: Later[]): object => {
  const outbox = outboxRepository(trx);
  const unit = {
    ...area(trx),
    idempotency: idempotencyRepository(trx, cipher),
    outbox: {
      ...outbox,
      add: async (...added: NewEvent[]) => {
        events.push(...(await outbox.add(...added)));
      },
    },
    inTransaction: <T>(work: Work<T>): Promise<T> => work(unit),
    savepoint: <T>(work: Work<T>): Promise<T> => revocably(trx, events, () => work(unit)),
    afterCommit: async (work: Later) => void later.push(work),
  };
  return unit;
};

/** Work that leaves no trace when it fails, although its transaction goes on. */
const revocably = async <T>(
  trx: Database,
  events: OutboxEvent[],
  work: () => Promise<T>,
): Promise<T> => {
  const before = events.length;
  await sql`SAVEPOINT step`.execute(trx);
  try {
    return await work();
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT step`.execute(trx);
    events.length = before;
    throw error;
  }
};

/** What was computed from these projects is out of date as soon as the transaction is in. */
const forgetComputed = async (events: OutboxEvent[]): Promise<void> => {
  const projectIds = new Set(events.map(event => event.projectId).filter(id => id !== null));
  if (projectIds.size === 0) return;
  try {
    await projectCache.forget([...projectIds]);
  } catch (error) {
    // The consumer of the same events tries again until it succeeds.
    log.error('cache.forget_failed', error, { count: projectIds.size });
  }
};

const fingerprintOf = (input: unknown): string =>
  createHash('sha256').update(JSON.stringify(input)).digest('hex');

const replay = (earlier: { fingerprint: string; response: unknown }, fingerprint: string) => {
  if (earlier.fingerprint !== fingerprint)
    throw new Failure('conflict', { detail: wording.idempotencyKeyReused });
  return earlier.response;
};
