import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { fromBody, fromQuery } from './raw-input.ts';

const schema = z.strictObject({
  projectId: z.int(),
  limit: z.int().default(50),
  unassigned: z.boolean().optional(),
  status: z.array(z.enum(['todo', 'done'])).optional(),
  cursor: z.string().optional(),
});

const query = (text: string) => fromQuery(schema, { projectId: '12' }, new URLSearchParams(text));

describe('fromQuery', () => {
  it('reads numbers, booleans and lists as the schema asks for them', () => {
    expect(query('limit=5&unassigned=true&status=todo,done&cursor=7')).toEqual({
      projectId: 12,
      limit: 5,
      unassigned: true,
      status: ['todo', 'done'],
      cursor: '7',
    });
  });

  it('takes a repeated key as a list and leaves a scalar field to refuse it', () => {
    expect(query('status=todo&status=done')).toMatchObject({ status: ['todo', 'done'] });
    expect(schema.safeParse(query('limit=1&limit=2')).success).toBe(false);
  });

  it('leaves what is no number as it came', () => {
    expect(query('limit=0x10')).toMatchObject({ limit: '0x10' });
    expect(query('limit=')).toMatchObject({ limit: '' });
  });

  it('reads numbers in every form that JSON has', () => {
    expect(query('limit=1e3')).toMatchObject({ limit: 1_000 });
    expect(schema.safeParse(query('limit=1e400')).success).toBe(false);
    expect(schema.safeParse(query('limit=1e-45')).success).toBe(false);
  });

  it('keeps unknown keys, prototype names included, for the schema to refuse', () => {
    expect(schema.safeParse(query('__proto__=1')).success).toBe(false);
    expect(schema.safeParse(query('constructor=1')).success).toBe(false);
  });
});

describe('fromBody', () => {
  it('lets the path alone name the thing', () => {
    expect(() => fromBody(schema, { projectId: '12' }, { projectId: 13 })).toThrow(Failure);
  });

  it('refuses what is no object', () => {
    expect(() => fromBody(schema, {}, [1])).toThrow(Failure);
    expect(() => fromBody(schema, {}, 'text')).toThrow(Failure);
  });
});
