/**
 * vitest `globalSetup`: starts once, on free ports, what tests talk to (PostgreSQL, Redis with its
 * REST bridge, mail catcher, Firestore, Pub/Sub, file storage) and puts the addresses into the environment under
 * the names functions/src/platform/config.ts reads, so `config()` works in tests as it is.
 * Further there: MAIL_URL, the mail catcher's page and JSON API (`/api/messages?to=`).
 * `freshDatabase()` in test-database.ts gives each test file its own migrated, empty database;
 * DATABASE_URL leads to one that all share. What tests put below `tmpdir()` goes with the run. Redis and Firestore are shared: use keys of your own.
 */
import { migrate } from '../functions/src/data/migrate.ts';
import { ensureTopics } from './functions-wiring.ts';
import { startStack } from './stack.ts';
import { ownTemporaryFolder } from './temporary.ts';
import { adminUrlVariable, runOn, templateDatabase } from './test-database.ts';

export default async function setUp(): Promise<() => Promise<void>> {
  const removeTemporary = await ownTemporaryFolder();
  const { env, services, stop } = await startStack();
  await ensureTopics(services.pubsub);
  const adminUrl = services.postgres.urlOf('postgres');
  Object.assign(process.env, env, {
    PMBOT_ENV: 'test',
    MAIL_URL: services.mail.url,
    [adminUrlVariable]: adminUrl,
  });
  await runOn(adminUrl, `CREATE DATABASE ${templateDatabase}`);
  await migrate(services.postgres.urlOf(templateDatabase));
  await runOn(adminUrl, 'DROP DATABASE pmbot');
  await runOn(adminUrl, `CREATE DATABASE pmbot TEMPLATE ${templateDatabase}`);
  return async () => {
    await stop();
    await removeTemporary();
  };
}
