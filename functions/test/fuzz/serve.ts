import { ensureTopics } from '../../../dev/functions-wiring.ts';
import { startStack } from '../../../dev/stack.ts';
import { ownTemporaryFolder } from '../../../dev/temporary.ts';
import { migrate } from '../../src/data/migrate.ts';
import { sharedDatabase } from '../support/callers.ts';
import { serveGateway } from '../support/gateway.ts';
import { serveGoogle } from '../support/google.ts';
import { openDesk } from './people.ts';

export type Target = {
  url: string;
  /** Where access tokens are had. */
  desk: string;
  /** What the product logged as an error of its own. */
  errors: string[];
  stop(): Promise<void>;
};

/** The whole product in this process, with a few projects that have one of everything, and without limits worth mentioning. */
export const serveTarget = async (): Promise<Target> => {
  const removeTemporary = await ownTemporaryFolder();
  const { env, services, stop } = await startStack();
  const google = await serveGoogle();
  await ensureTopics(services.pubsub);
  await migrate(services.postgres.url);
  Object.assign(process.env, env, google.environment, {
    PMBOT_ENV: 'test',
    RATE_LIMIT_PER_MINUTE: '10000000',
    FUNCTION_SIGNATURE_TYPE: 'http',
    FUNCTIONS_EMULATOR: 'true',
  });
  const errors = keepErrors();
  const { api, ...rest } = await import('../../src/index.ts');
  const gateway = await serveGateway(api, rest);
  const db = await sharedDatabase();
  const desk = await openDesk(db);
  return {
    url: gateway.url,
    desk: desk.url,
    errors,
    stop: async () => {
      await gateway.stop();
      desk.stop();
      google.stop();
      await db.destroy();
      await (await (await import('../../src/entry/wiring/connections.ts')).database()).destroy();
      await stop();
      await removeTemporary();
    },
  };
};

/**
 * The product writes its log to the terminal; only its errors are of interest here. Redis that is late on a busy
 * machine is none: calls are then let in uncounted, as documented.
 */
const keepErrors = (): string[] => {
  const errors: string[] = [];
  console.log = (line: unknown) => {
    if (typeof line !== 'string' || !line.startsWith('{"severity":"ERROR"')) return;
    if (!line.includes('"message":"rate.unavailable"')) errors.push(line);
  };
  return errors;
};
