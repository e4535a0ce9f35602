import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../src/entry/openapi/document.ts';
import { operationLists } from '../src/entry/operation-lists.ts';
import type { AnyOperation } from '../src/platform/operation.ts';

const lists = await operationLists();
const everything: AnyOperation[] = Object.values(lists).flat();

type Link = { operationId: string; parameters: Record<string, string> };
type Response = { $ref?: string; links?: Record<string, Link>; headers?: object; content?: object };
type Described = {
  operationId: string;
  tags: string[];
  security: object[];
  parameters: { name?: string; in?: string }[];
  responses: Record<string, Response>;
};
const document = openApiDocument(lists, 'https://pm-bot.example') as {
  tags: { name: string }[];
  paths: Record<string, Record<string, Described>>;
  components: Record<string, Record<string, Response>>;
};
const described = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([verb, operation]) => ({
    route: `${verb.toUpperCase()} ${path}`,
    ...operation,
  })),
);
const byName = new Map(described.map(operation => [operation.operationId, operation]));

describe('the document', () => {
  it('is OpenAPI 3.1', async () => {
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  });

  it('describes every operation, once and under a tag that is explained', () => {
    expect(described.map(({ route }) => route).toSorted()).toEqual(
      everything.map(({ route }) => route).toSorted(),
    );
    expect(byName.size).toBe(everything.length);
    const explained = document.tags.map(({ name }) => name);
    for (const { tags } of described) expect(explained).toEqual(expect.arrayContaining(tags));
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g))
      expect(document.components[kind], `${kind} ${name}`).toHaveProperty([name]);
  });
});

describe.each(described)('$operationId', ({ operationId, security, parameters, responses }) => {
  const operation = everything.find(({ name }) => name === operationId);
  const answer = (status: string): Response => {
    const { [status]: own } = responses;
    const shared = own?.$ref?.replace('#/components/responses/', '');
    return (shared === undefined ? own : document.components['responses']?.[shared]) ?? {};
  };

  it('says who may call it, what it answers then and what it answers otherwise', () => {
    const open = operation?.access === 'public';
    expect(security).toEqual(open ? [] : [{ bearer: [] }]);
    const challenged = 'WWW-Authenticate' in (answer('401').headers ?? {});
    expect(open || challenged).toBe(true);
    for (const status of Object.keys(responses))
      expect(answer(status).headers).toHaveProperty('X-Request-Id');
    for (const status of Object.keys(responses).filter(code => Number(code) >= 400))
      expect(answer(status).content).toHaveProperty(['application/problem+json']);
  });

  it('offers the headers that it honours, and an ETag where it takes one', () => {
    const headers = new Set(parameters.filter(one => one.in === 'header').map(one => one.name));
    expect(headers.has('Idempotency-Key')).toBe(operation?.creates ?? false);
    expect('412' in responses || !headers.has('If-Match')).toBe(true);
    const success = Object.keys(responses).find(status => Number(status) < 300) ?? '';
    expect('ETag' in (answer(success).headers ?? {})).toBe(operation?.versioned ?? false);
  });

  it('links to operations that exist, with every id of their path', () => {
    const links = Object.keys(responses).flatMap(status =>
      Object.values(answer(status).links ?? {}),
    );
    for (const link of links) {
      const target = byName.get(link.operationId);
      const ids = [...(target?.route ?? '{missing}').matchAll(/\{(\w+)\}/g)].map(
        ([, name]) => name,
      );
      expect(Object.keys(link.parameters)).toEqual(ids);
    }
  });
});

it('leads from what is created to what can be done with it', () => {
  const linked = (name: string) =>
    Object.values(byName.get(name)?.responses ?? {}).flatMap(({ links = {} }) =>
      Object.values(links).map(link => link.operationId),
    );
  expect(linked('projects/createProject')).toContain('projects/createTask');
  expect(linked('projects/createTask')).toContain('projects/addComment');
  expect(linked('projects/addComment')).toContain('projects/updateComment');
  expect(linked('projects/deleteTask')).toEqual(['projects/restoreTask']);
  expect(linked('chat/sendMessage')).toContain('chat/getSession');
});
