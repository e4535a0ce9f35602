import { z } from 'zod';
import { instant } from '../fields.ts';
import { defineOperation } from '../operation.ts';

type Check = { name: string; essential: boolean; ping(): Promise<unknown> };
type Deps = { clock(): Date; checks: Check[] };

const patienceMs = 2_000;

const output = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    checks: z.array(
      z.object({ name: z.string(), status: z.enum(['ok', 'down']), elapsedMs: z.number() }),
    ),
    checkedAt: instant,
  })
  .meta({ id: 'Health' });

export const getHealth = defineOperation({
  name: 'operations/getHealth',
  summary: 'Readiness: whether each dependency answers; 503 when an essential one does not',
  route: 'GET /health',
  access: 'public',
  input: z.strictObject({}),
  output,
  statuses: [200, 503],
  statusOf: ({ status }) => (status === 'down' ? 503 : 200),
  run: async ({ clock, checks }: Deps) => {
    const results = await Promise.all(checks.map(probe));
    const failed = checks.filter((_, index) => results[index]?.status === 'down');
    const essential = failed.some(check => check.essential);
    return {
      status: essential
        ? ('down' as const)
        : failed.length > 0
          ? ('degraded' as const)
          : ('ok' as const),
      checks: results,
      checkedAt: clock().toISOString(),
    };
  },
});

const probe = async ({ name, ping }: Check) => {
  const started = performance.now();
  const status = await Promise.race([ping().then(() => 'ok' as const), tooLate()]).catch(
    () => 'down' as const,
  );
  return { name, status, elapsedMs: Math.round(performance.now() - started) };
};

const tooLate = (): Promise<'down'> =>
  new Promise(resolve => setTimeout(() => resolve('down'), patienceMs).unref());
