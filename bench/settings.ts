/** Rounds of every comparison, and the seconds that one contender runs in each. */
export const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
export const seconds = Number(process.env['BENCH_SECONDS'] ?? 3);
/** Projects of a thousand tasks in the large database. */
export const projects = Number(process.env['BENCH_PROJECTS'] ?? 1_000);
