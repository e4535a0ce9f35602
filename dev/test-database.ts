import { randomUUID } from 'node:crypto';
import pg from 'pg';

export const templateDatabase = 'pmbot_template';
export const adminUrlVariable = 'PMBOT_TEST_POSTGRES';

export type TestDatabase = { url: string; drop: () => Promise<void> };

/** An empty, migrated database of its own for the calling test file (vitest only, see test-setup). */
export const freshDatabase = async (): Promise<TestDatabase> => {
  const adminUrl = process.env[adminUrlVariable];
  if (!adminUrl) throw new Error('freshDatabase needs dev/test-setup.ts as vitest globalSetup');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOn(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase}`);
  const url = adminUrl.replace(/[^/]+$/, name);
  return { url, drop: () => runOn(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

export const runOn = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
