/**
 * `npm run bench [-- NAME …]`: programs beside their floors in alternation, as ratios, and reports of what
 * has none. Without names all of them. A new one is a line in `comparisons`, or here.
 */

import { tableHead, tableRow } from './compare.ts';
import { measureLargeDatabase } from './large-database.ts';
import { comparisons } from './requests.ts';
import { measureSockets } from './sockets.ts';
import { measureTurns } from './turns.ts';
import { makeWorld, type World } from './world.ts';

type Reports = Record<string, (world: World) => Promise<string[]>>;

/** Times of single answers come first: what the comparisons make is still being published minutes later. */
const first: Reports = { turns: measureTurns, ws: measureSockets };
/** A million tasks come last: PostgreSQL tidies up behind them. */
const last: Reports = { database: measureLargeDatabase };

const main = async (): Promise<void> => {
  const all = [first, comparisons, last].flatMap(Object.keys);
  const asked = process.argv.slice(2);
  const unknown = asked.filter(name => !all.includes(name));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown}. There are ${all.join(', ')}`);
  const chosen = (names: object) =>
    Object.keys(names).filter(name => asked.length === 0 || asked.includes(name));
  const world = await makeWorld();
  const report = async (reports: Reports): Promise<void> => {
    for (const name of chosen(reports))
      console.log(`\n${((await reports[name]?.(world)) ?? []).join('\n')}`);
  };
  try {
    await report(first);
    const compared = chosen(comparisons);
    if (compared.length > 0) console.log(`\n${tableHead}`);
    for (const name of compared)
      for (const one of (await comparisons[name]?.(world)) ?? []) console.log(tableRow(one));
    await report(last);
  } finally {
    await world.stack.stop();
  }
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
