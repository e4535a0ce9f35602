import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/data/database.ts';
import { outboxRepository } from '../../src/data/outbox.ts';
import { webhookRepository } from '../../src/data/webhooks.ts';
import type { Sent, Webhook } from '../../src/domain/webhook.ts';
import { cipher } from '../../src/entry/wiring/tokens.ts';
import {
  type DeliveryDeps,
  deliverDue,
  queueForWebhooks,
} from '../../src/operations/webhooks/deliver-webhooks.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

let team: Team;
let deps: DeliveryDeps;
let nextId = 1;
let outcome: Sent = { status: 204, error: null };
let now = new Date();
const sent: { url: string; secret: string; body: string }[] = [];

beforeAll(async () => {
  team = await makeTeam();
  const db = await sharedDatabase();
  deps = {
    clock: () => now,
    webhooks: webhookRepository(db, cipher),
    inTransaction: work =>
      inTransaction(db, trx =>
        work({ webhooks: webhookRepository(trx, cipher), outbox: outboxRepository(trx) }),
      ),
    webhookSender: {
      send: async (url, secret, { body }) => {
        sent.push({ url, secret, body });
        return outcome;
      },
    },
  };
});

const add = async (events: string[] = []) => {
  const db = await sharedDatabase();
  const secret = `geheim-${nextId++}`;
  const url = `https://example.com/${secret}`;
  const { id } = await webhookRepository(db, cipher).insert(team.projectId, team.owner, {
    url,
    events,
    secret,
  });
  return { id, url, secret };
};

const happen = (type: string, eventId = nextId++) =>
  queueForWebhooks(deps, {
    eventId,
    type,
    projectId: team.projectId,
    occurredAt: '2026-01-01T00:00:00Z',
    payload: { taskId: 5, before: { status: 'todo' }, after: { status: 'done' } },
  });

const deliveries = async (webhookId: number) => {
  const input = { projectId: team.projectId, webhookId };
  return (
    await callAs<{ items: { id: number; state: string; attempts: number }[] }>(
      team.manager,
      'listDeliveries',
      input,
    )
  ).items;
};
const bodiesFor = (url: string) => sent.filter(one => one.url === url).map(one => one.body);
const makeDue = async () => {
  const db = await sharedDatabase();
  await db
    .updateTable('webhook_deliveries')
    .set({ next_attempt_at: '2020-01-01T00:00:00Z' })
    .where('state', '=', 'pending')
    .execute();
};

describe('webhooks', () => {
  it('hear of the events they asked for, once each, signed with their own secret', async () => {
    const { id, url, secret } = await add(['task']);
    await happen('task.updated', 9_001);
    await happen('task.updated', 9_001);
    await happen('comment.added');
    expect(bodiesFor(url).map(body => JSON.parse(body) as object)).toEqual([
      expect.objectContaining({ id: 9_001, type: 'task.updated', after: { status: 'done' } }),
    ]);
    expect(sent.find(one => one.url === url)?.secret).toBe(secret);
    expect(await deliveries(id)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  });

  it('keep no secret that the database could read out', async () => {
    const { id, secret } = await add();
    const db = await sharedDatabase();
    const row = db.selectFrom('webhooks').select('secret').where('id', '=', id);
    expect((await row.executeTakeFirstOrThrow()).secret).not.toContain(secret);
  });

  it('are tried again with growing pauses, and given up after the seventh time', async () => {
    const { id, url } = await add(['sprint']);
    outcome = { status: 500, error: 'bad_status' };
    await happen('sprint.started');
    const [first] = await deliveries(id);
    expect(first).toMatchObject({ state: 'pending', attempts: 1, lastStatus: 500 });
    await deliverDue(deps);
    expect(bodiesFor(url)).toHaveLength(1);
    for (let attempt = 0; attempt < 8; attempt++) {
      await makeDue();
      await deliverDue(deps);
    }
    expect(bodiesFor(url)).toHaveLength(7);
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', attempts: 7 }]);
    outcome = { status: 204, error: null };
  });

  it('are sent once more on request', async () => {
    const { id, url } = await add(['field']);
    await happen('field.created');
    const [first] = await deliveries(id);
    const input = { projectId: team.projectId, webhookId: id, deliveryId: first?.id };
    await callAs(team.manager, 'replayDelivery', input);
    await deliverDue(deps);
    const bodies = bodiesFor(url);
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('are switched off after three days of nothing but failures, and on again by hand', async () => {
    const { id } = await add(['project']);
    outcome = { status: null, error: 'timeout' };
    await happen('project.updated');
    now = new Date(Date.now() + 4 * 86_400_000);
    await makeDue();
    await deliverDue(deps);
    const find = async () => {
      const { items } = await callAs<{ items: Webhook[] }>(team.manager, 'listWebhooks', {
        projectId: team.projectId,
      });
      return items.find(item => item.id === id);
    };
    expect(await find()).toMatchObject({ active: false });
    const activity = callAs<{ items: { details: { webhookId: number } }[] }>(
      team.viewer,
      'listActivity',
      {
        projectId: team.projectId,
        types: ['webhook.disabled'],
      },
    );
    const told = (await activity).items.filter(({ details }) => details.webhookId === id);
    expect(told).toHaveLength(1);
    const input = { projectId: team.projectId, webhookId: id, active: true };
    expect(await callAs(team.manager, 'updateWebhook', input)).toMatchObject({
      active: true,
      failingSince: null,
    });
    outcome = { status: 204, error: null };
    now = new Date();
  });

  it('go to one sender at a time', async () => {
    const { url } = await add(['member']);
    outcome = { status: 500, error: 'bad_status' };
    await happen('member.added');
    outcome = { status: 204, error: null };
    await makeDue();
    await Promise.all([deliverDue(deps), deliverDue(deps), deliverDue(deps)]);
    expect(bodiesFor(url)).toHaveLength(2);
  });
});

describe('setting up webhooks', () => {
  const url = 'https://1.1.1.1/geheim/abc?key=1';
  const create = (events: string[]) =>
    callAs<Webhook>(team.owner, 'createWebhook', { projectId: team.projectId, url, events });

  it('leaves a trace of who did what, without the secrets that an address may hold', async () => {
    const { id: webhookId } = await create(['task', 'task']);
    const { projectId, manager } = team;
    await callAs(manager, 'updateWebhook', { projectId, webhookId, active: false });
    await callAs(manager, 'deleteWebhook', { projectId, webhookId });
    const activity = await callAs(team.viewer, 'listActivity', { projectId, limit: 3 });
    const [on, off] = [true, false].map(active => ({ host: '1.1.1.1', events: ['task'], active }));
    expect(activity).toMatchObject({
      items: [
        { type: 'webhook.deleted', actorId: manager, before: off, details: { webhookId } },
        { type: 'webhook.updated', actorId: manager, before: on, after: off },
        { type: 'webhook.created', actorId: team.owner, after: on },
      ],
    });
    expect(JSON.stringify(activity)).not.toContain('geheim');
  });

  it.each(['tasks', 'task.done', 'Task.Created', 'everything'])(
    'refuses %s, of which nothing would ever be heard',
    async events => {
      expect(await failureOf(create([events]))).toBe('validation_failed');
    },
  );

  it('takes each family and each type of events', async () => {
    const events = ['member', 'sprint.completed', 'webhook.disabled'];
    expect(await create(events)).toMatchObject({ events });
  });
});
