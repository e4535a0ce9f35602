import type { NewEvent } from '../../domain/event.ts';
import type { InTransaction } from '../../operations/operation.ts';

/** What an operation of an area finds inside a transaction (built in unit-of-work.ts). */
type Unit<Area> = Area & {
  outbox: { add(...events: NewEvent[]): Promise<void> };
} & Works<Area>;

type Works<Area> = {
  inTransaction: InTransaction<Unit<Area>>;
  savepoint: InTransaction<Unit<Area>>;
  afterCommit(work: () => Promise<unknown>): Promise<unknown>;
};

/** What it finds outside of one. */
type Wired<Area> = Area & Works<Area>;

type DepsOf<Operation> = Operation extends { run(deps: infer Deps, ...rest: never[]): unknown }
  ? Deps
  : never;

/** Places in the list of operations that ask for what their area does not supply; `never` is good. */
export type Unfit<Operations extends readonly unknown[], Area> = {
  [Index in keyof Operations]: Wired<Area> extends DepsOf<Operations[Index]> ? never : Index;
}[number];
