import { sql } from 'kysely';

/** One of these ids, as one parameter however many they are. */
export const anyOf = (ids: number[]) => sql<number>`any(${ids}::bigint[])`;

export const daysAgo = (days: number) => sql<string>`now() - make_interval(days => ${days})`;

/** What every change of a versioned row brings along. */
export const touched = { updated_at: sql<string>`now()`, version: sql<number>`version + 1` };
