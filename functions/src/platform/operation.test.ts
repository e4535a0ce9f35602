import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Failure } from './failure.ts';
import { type Caller, type Environment, invoke, operationsFor, type Visitor } from './operation.ts';

const define = operationsFor<'thing.read', { role: string }>();

const visitor: Visitor = {
  requestId: 'r',
  address: '192.0.2.1',
  userAgent: '',
  client: 'app',
  locale: 'es',
};
const caller: Caller = { ...visitor, userId: 7, sessionId: 's', authenticatedAt: 0 };

const environment = (overrides: Partial<Environment> = {}): Environment => ({
  deps: { greet: (name: string) => `hola ${name}` },
  authorize: async () => ({ role: 'member' }),
  idempotently: (_request, work) => work({ greet: (name: string) => `otra vez ${name}` }),
  ...overrides,
});

const operation = (overrides: object = {}) =>
  define({
    name: 'things/greet',
    summary: '',
    route: 'POST /things',
    access: 'thing.read',
    input: z.strictObject({ name: z.string().min(1) }),
    output: z.object({ text: z.string(), role: z.string() }),
    creates: true,
    run: async ({ greet }: { greet(name: string): string }, { role }, { name }) => ({
      text: greet(name),
      role,
      secret: 'never shown',
    }),
    ...overrides,
  });

const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof Failure) return error;
  throw new Error('expected a Failure');
};

describe('invoke', () => {
  it('runs the operation with the scope of the granted right and drops undeclared output', async () => {
    expect(await invoke(operation(), environment(), caller, { name: 'Ana' })).toEqual({
      text: 'hola Ana',
      role: 'member',
    });
  });

  it('asks for a sign-in before it looks at the input', async () => {
    const failure = await failureOf(invoke(operation(), environment(), visitor, { nope: 1 }));
    expect(failure.code).toBe('unauthenticated');
  });

  it('refuses unknown fields by name, in Spanish', async () => {
    const failure = await failureOf(
      invoke(operation(), environment(), caller, { name: 'Ana', isAdmin: true }),
    );
    expect(failure.options.errors).toEqual([
      { path: 'isAdmin', message: 'Este campo no se conoce.' },
    ]);
  });

  it('refuses bad input before it asks for rights', async () => {
    const authorize = vi.fn<Environment['authorize']>();
    const failure = await failureOf(invoke(operation(), environment({ authorize }), caller, {}));
    expect(failure.code).toBe('validation_failed');
    expect(authorize).not.toHaveBeenCalled();
  });

  it('does not run without the right', async () => {
    const run = vi.fn<() => Promise<never>>();
    const authorize = () => Promise.reject(new Failure('forbidden'));
    const failure = await failureOf(
      invoke(operation({ run }), environment({ authorize }), caller, { name: 'Ana' }),
    );
    expect(failure.code).toBe('forbidden');
    expect(run).not.toHaveBeenCalled();
  });

  it('goes through the idempotency store when a creation carries a key', async () => {
    const keyed = { ...caller, idempotencyKey: 'k1' };
    expect(await invoke(operation(), environment(), keyed, { name: 'Ana' })).toMatchObject({
      text: 'otra vez Ana',
    });
  });

  it('fails as our own mistake when the output breaks its schema', async () => {
    const run = async () => ({ text: 5 });
    await expect(
      invoke(operation({ run }), environment(), caller, { name: 'Ana' }),
    ).rejects.not.toBeInstanceOf(Failure);
  });

  it('echoes at most twenty errors of a body with many unknown fields', async () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, 1]));
    const failure = await failureOf(invoke(operation(), environment(), caller, many));
    expect(failure.options.errors).toHaveLength(20);
  });
});
