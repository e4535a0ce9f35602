import type { Compilable, CompiledQuery } from 'kysely';
import type { Database } from './database.ts';

/** Stands in a statement where an argument belongs. */
class Place {
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A statement that is built at its first use and afterwards only filled in: building costs several times
 * what sending does. Its shape must not depend on the arguments, which `build` never gets to see.
 */
export const prepared = <Args extends unknown[], Row>(
  build: (db: Database, ...args: Args) => Compilable<Row>,
) => {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db: Database, ...args: Args): Promise<Row[]> => {
    compiled ??= build(db, ...(args.map((_, index) => new Place(index)) as Args)).compile();
    const parameters = compiled.parameters.map(value =>
      value instanceof Place ? args[value.index] : value,
    );
    const filled: CompiledQuery<Row> = { ...compiled, parameters };
    return (await db.executeQuery(filled)).rows;
  };
};
