import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operationLists } from '../../src/entry/operation-lists.ts';
import { projectOperations } from '../../src/operations/projects/index.ts';
import type { AnyOperation } from '../../src/platform/operation.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { samples } from '../support/samples.ts';
import { makeTeam, type Team } from '../support/team.ts';
import { makeWorld, type World } from '../support/world.ts';

const forbidden = {
  id: 1,
  role: 'owner',
  ownerId: 1,
  projectId: 1,
  emailVerified: true,
  passwordHash: 'x',
  createdAt: '2020-01-01T00:00:00Z',
  updatedAt: '2020-01-01T00:00:00Z',
  lockedUntil: null,
  isAdmin: true,
  version: 99,
  creatorId: 1,
  deletedAt: null,
};

const operations: readonly AnyOperation[] = projectOperations;
const everything: AnyOperation[] = Object.values(await operationLists()).flat();
const writes = operations.filter(({ route }) => !route.startsWith('GET '));
const fieldsOf = ({ input }: AnyOperation): string[] =>
  Object.keys((input as z.ZodObject).shape ?? {});

let world: World;
let team: Team;
beforeAll(async () => {
  [world, team] = await Promise.all([makeWorld(), makeTeam()]);
});

describe.each(writes)('$name', operation => {
  const foreign = Object.entries(forbidden).filter(
    ([field]) => !fieldsOf(operation).includes(field),
  );
  it.each(foreign)('refuses %s and names it', async (field, value) => {
    const input = { ...samples[operation.name]?.(world), [field]: value };
    const call = callAs(world.people.owner, operation.name.replace('projects/', ''), input);
    await expect(call).rejects.toMatchObject({
      code: 'validation_failed',
      options: { errors: expect.arrayContaining([expect.objectContaining({ path: field })]) },
    });
  });
});

describe('nested', () => {
  it('refuses unknown fields in bulk steps and settings', async () => {
    const { projectId, owner } = team;
    const step = { action: 'create', task: { title: 'x', creatorId: 1 } };
    const bulk = callAs(owner, 'bulkTasks', { projectId, steps: [step] });
    expect(await failureOf(bulk)).toBe('validation_failed');
    const settings = { settings: { isAdmin: true } };
    const update = callAs(owner, 'updateProject', { projectId, ...settings });
    expect(await failureOf(update)).toBe('validation_failed');
  });

  it('leaves the stored row as it was', async () => {
    const { projectId, owner } = team;
    const db = await sharedDatabase();
    const row = () =>
      db.selectFrom('projects').selectAll().where('id', '=', projectId).executeTakeFirst();
    const before = await row();
    await failureOf(callAs(owner, 'updateProject', { projectId, name: 'x', ownerId: team.viewer }));
    expect(await row()).toEqual(before);
  });
});

describe('every operation of every service', () => {
  /** Objects of a JSON Schema, with where they stand. */
  const objectsIn = (json: unknown, at: string): [string, Record<string, unknown>][] => {
    if (typeof json !== 'object' || json === null) return [];
    const here = json as Record<string, unknown>;
    const inside = Object.entries(here).flatMap(([key, value]) => objectsIn(value, `${at}/${key}`));
    return here['type'] === 'object' ? [[at, here], ...inside] : inside;
  };
  const named = ({ properties }: Record<string, unknown>) => properties !== undefined;

  it('names every field that it takes, at every depth', () => {
    const open = everything.flatMap(({ name, input }) =>
      objectsIn(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), name)
        .filter(([, object]) => named(object) && object['additionalProperties'] !== false)
        .map(([at]) => at),
    );
    expect(open).toEqual([]);
  });

  it('names every field that it answers', () => {
    const open = everything.flatMap(({ name, output }) =>
      objectsIn(z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }), name)
        .filter(([, object]) => named(object) && object['additionalProperties'] !== false)
        .map(([at]) => at),
    );
    // What the bot did is as varied as what it can do; each action names its type.
    expect(open).toEqual(['chat/sendMessage/$defs/ChatAnswer/properties/actions/items']);
  });
});

describe('over-sharing', () => {
  it('shows the fields of the documented schema and no others', async () => {
    const { projectId } = world;
    const member = await callAs<{ items: object[] }>(world.people.viewer, 'listMembers', {
      projectId,
    });
    expect(Object.keys(member.items[0] ?? {}).toSorted()).toEqual(
      ['avatarUrl', 'email', 'fullName', 'joinedAt', 'projectId', 'role', 'userId'].toSorted(),
    );
  });

  it('shows nobody the secret of a webhook, the token of an invitation or the place of a file', async () => {
    const { people, projectId, taskId } = world;
    const seen = JSON.stringify(
      await Promise.all([
        callAs(people.owner, 'listWebhooks', { projectId }),
        callAs(people.owner, 'listInvitations', { projectId }),
        callAs(people.owner, 'listAttachments', { taskId }),
      ]),
    );
    for (const secret of ['"secret"', '"digest"', '"token"', '"object"'])
      expect(seen).not.toContain(secret);
  });

  it('shows the addresses of invited people to managers only', async () => {
    const { people, projectId } = world;
    const list = (userId: number) => failureOf(callAs(userId, 'listInvitations', { projectId }));
    expect([await list(people.member), await list(people.manager)]).toEqual(['forbidden', 'ok']);
  });
});
