import { type Database, openDatabase } from '../../src/data/database.ts';
import { operationLists } from '../../src/entry/operation-lists.ts';
import { projectArea } from '../../src/entry/wiring/projects.ts';
import { environmentOf } from '../../src/entry/wiring/unit-of-work.ts';
import { config } from '../../src/platform/config.ts';
import { once } from '../../src/platform/once.ts';
import { type AnyOperation, type Caller, invoke } from '../../src/platform/operation.ts';

/** The database that all parts of the running product share in tests. */
export const sharedDatabase = once(
  async (): Promise<Database> =>
    openDatabase({ connectionString: config().DATABASE_URL ?? '', max: 10 }),
);

const environment = once(() => environmentOf(projectArea));

export const projectOperation = async (name: string): Promise<AnyOperation> => {
  const { projects = [] } = await operationLists();
  const found = projects.find(operation => operation.name === `projects/${name}`);
  if (!found) throw new Error(`No operation ${name}`);
  return found;
};

type More = Partial<Pick<Caller, 'expectedVersion' | 'idempotencyKey' | 'locale'>>;

/** Runs an operation for a person exactly as the transports do, on real PostgreSQL and Redis. */
export const callAs = async <T = Record<string, never>>(
  userId: number | undefined,
  name: string,
  input: unknown,
  more: More = {},
): Promise<T> => {
  const visitor = {
    requestId: 'test',
    address: '127.0.0.1',
    userAgent: 'test',
    client: 'app' as const,
    locale: 'es' as const,
  };
  const caller =
    userId === undefined ? visitor : { ...visitor, userId, sessionId: 's', authenticatedAt: 0 };
  const output = await invoke(
    await projectOperation(name),
    await environment(),
    { ...caller, ...more },
    input,
  );
  return output as T;
};

/** What a call failed with. */
export const failureOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};
