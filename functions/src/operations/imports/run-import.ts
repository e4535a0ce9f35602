import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import { Failure } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';
import { bringPart, type PartUnit } from './bring-part.ts';
import { importRequested } from './create-import.ts';

export type RunImportDeps = {
  clock(): Date;
  inTransaction: InTransaction<PartUnit & { outbox: AddEvents }>;
};

const payload = z.object({ importId: z.int().positive() });

/** Well below the time after which the platform ends a consumer. */
const turnMs = 30_000;

/**
 * Brings an import part by part, each in a transaction of its own. What breaks off goes on where it was when
 * the event comes again; twins take turns; what takes long asks for another turn.
 */
export const runImport = async (deps: RunImportDeps, event: DomainEvent): Promise<void> => {
  const { clock, inTransaction } = deps;
  const { importId } = payload.parse(event.payload);
  const until = clock().getTime() + turnMs;
  try {
    while (await inTransaction(unit => bringPart(unit, importId)))
      if (clock().getTime() > until) {
        await inTransaction(({ outbox }) => outbox.add(importRequested(importId)));
        return;
      }
  } catch (error) {
    // What may pass is tried again; what is in the rows would fail for ever.
    if (error instanceof Failure) throw error;
    log.error('import.failed', error, { importId });
    await inTransaction(({ imports }) => imports.finish(importId, 'failed', 'internal'));
  }
};
