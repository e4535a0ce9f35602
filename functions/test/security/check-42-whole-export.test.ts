import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { type SignedIn, serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';
import { protectedAccount } from '../support/second-factor.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

/** Where an export shows each table that refers to people; `false` with what it would say to nobody. */
const shownAs: Record<string, string | false> = {
  attachments: 'attachments',
  auth_methods: 'signInMethods',
  chat_suggestions: 'suggestions',
  comments: 'comments',
  consents: 'consents',
  conversations: 'conversations',
  due_reminders: 'reminders',
  handovers: 'handovers',
  imports: 'imports',
  invitations: 'invitationsSent',
  known_devices: 'knownDevices',
  notifications: 'notifications',
  project_members: 'memberships',
  project_templates: 'templates',
  projects: 'memberships',
  second_factors: 'secondFactor',
  sessions: 'sessions',
  summary_plans: 'morningSummary',
  task_watchers: 'watchedTasks',
  tasks: 'tasks',
  webhooks: 'webhooks',
  // Rules about networks, digests of secrets, and answers that are repeated for two days.
  address_rules: false,
  exports: false,
  idempotency_keys: false,
  one_time_tokens: false,
  recovery_codes: false,
  sign_in_challenges: false,
};

const exported = async ({ accessToken: token }: SignedIn) => {
  const asked = await product.http('POST', '/auth/me/exports', {}, { token });
  const path = `/auth/me/exports/${asked.body['exportId']}`;
  const { body } = await product.http('GET', path, undefined, { token });
  return body['data'] as unknown as Record<string, Record<string, unknown>[]>;
};

it('shows every table that refers to people, or says why not', async () => {
  const { rows } = await sql<{ name: string }>`
    SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
    WHERE contype = 'f' AND confrelid = 'users'::regclass ORDER BY 1`.execute(product.db);
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(shownAs).toSorted());
  const kinds = Object.keys(await exported(await protectedAccount(product)));
  expect(kinds).toEqual(expect.arrayContaining(Object.values(shownAs).filter(Boolean)));
});

it('holds what a person did, follows, keeps and is told, and no secret', async () => {
  const ana = await protectedAccount(product);
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await product.http(method, path, body, { token: ana.accessToken });
    expect(answer.status).toBeLessThan(300);
    return Number(answer.body?.['id']);
  };
  const project = await call('POST', '/projects', { name: 'Base' });
  const task = await call('POST', `/projects/${project}/tasks`, { title: 'Revisar' });
  await call('PUT', `/tasks/${task}/watch`);
  await call('POST', `/projects/${project}/template`, { name: 'La mía' });
  await call('POST', `/projects/${project}/members`, { email: 'nadie@example.net' });
  const data = await exported(ana);
  expect(data).toMatchObject({
    secondFactor: [{ recovery_codes_left: 10 }],
    knownDevices: [expect.anything()],
    activity: expect.arrayContaining([expect.objectContaining({ type: 'task.created' })]),
    watchedTasks: [{ task_id: task }],
    templates: [{ name: 'La mía' }],
    invitationsSent: [{ project_id: project, state: 'pending' }],
  });
  expect(JSON.stringify(data)).not.toMatch(/nadie@example\.net|"(secret|digest|password_hash)"/);
});
