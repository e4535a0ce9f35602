import type { z } from 'zod';
import { Failure, type FailureCode, type FieldError, type Locale, type Text } from './failure.ts';
import { inputMessages } from './input-wording.ts';

/** Browsers name themselves by headers that no script of theirs can set; everything else is an app. */
export type ClientKind = 'browser' | 'app';

/** Who calls before signing in: all that every transport knows of a request. */
export type Visitor = {
  requestId: string;
  /** Client address as seen by the trusted proxies, never as claimed by the client. */
  address: string;
  userAgent: string;
  client: ClientKind;
  locale: Locale;
  /** The cookie that ties a sign-in by redirect to the browser that began it. */
  browserKey?: string;
  /** `If-Match`: the version that the caller believes to be current. */
  expectedVersion?: number;
  /** `Idempotency-Key`: makes a repeated creation answer as the first one did. */
  idempotencyKey?: string;
  /** Where the caller can be told how far the work is; transports that only answer have none. */
  progress?: Progress;
};

export type Progress = (update: { type: string } & Record<string, unknown>) => void;

/** A signed-in person, whatever kind of token proved it. */
export type Caller = Visitor & {
  userId: number;
  sessionId: string;
  /** Seconds since 1970 of the last proof of identity in this session. */
  authenticatedAt: number;
};

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Status = 200 | 201 | 202 | 204 | 302 | 503;

/** `next` is the query that leads to its next part. */
export type OutputFile = { name: string; text: string; next: string | undefined };

/**
 * One thing the product can do, declared once and served by every transport.
 * `access` is `public`, `user`, or a right of the product that `authorize` resolves to a scope.
 */
export type Operation<
  Deps,
  Access extends string,
  Scope,
  Input extends z.ZodType,
  Output extends z.ZodType,
> = {
  /** `service/operation`: the callable's path. */
  name: `${string}/${string}`;
  summary: string;
  /** Path parameters stand in braces and are fields of `input`; so are query parameters of a GET. */
  route: `${Verb} /${string}`;
  access: Access;
  /** A part of the scope that the check of `access` brings along, which saves a lookup of its own. */
  wants?: keyof Scope & string;
  input: Input;
  output: Output;
  /** Success status over HTTPS, 200 unless given. */
  status?: Status;
  /** Where the status depends on the output: all that it may be, and which it is. */
  statuses?: readonly Status[];
  statusOf?(output: z.output<Output>): Status;
  /** Further headers of the HTTPS answer, such as where a redirect leads. */
  headersOf?(output: z.output<Output>): Record<string, string>;
  /** The answer as a file, for HTTPS clients whose `Accept` asks for that type; an output without one is JSON. */
  file?: { type: string; of(output: z.output<Output>): OutputFile | undefined };
  /** Creates something: honours `Idempotency-Key`. */
  creates?: boolean;
  /** The output has a `version`: answers an ETag and honours `If-Match`. */
  versioned?: boolean;
  /** Failures beyond those that access and input imply. */
  failures?: readonly FailureCode[];
  /** Fields that may be refused as invalid for reasons that no schema can state, such as a sprint elsewhere. */
  refuses?: readonly string[];
  /** Bytes that its body may have over HTTPS, where that is more than usual. */
  bodyLimit?: number;
  /** Further keywords for the JSON Schema of the body, where `input` checks what zod cannot translate. */
  bodySchema?: Record<string, unknown>;
  run(
    deps: Deps,
    caller: CallerOf<Access, Scope>,
    input: z.output<Input>,
  ): Promise<z.input<Output>>;
};

export type CallerOf<Access extends string, Scope> = Access extends 'public'
  ? Visitor & Partial<Caller>
  : Access extends 'user'
    ? Caller
    : Caller & Scope;

/** An operation in a list, where only `invoke` may run it. */
export type AnyOperation = Operation<never, string, never, z.ZodType, z.ZodType>;

/** Binds declarations to the product's rights and to the scope that a granted right carries. */
export const operationsFor =
  <Right extends string, Scope>() =>
  <
    Deps,
    const Access extends Right | 'public' | 'user',
    Input extends z.ZodType,
    Output extends z.ZodType,
  >(
    operation: Operation<Deps, Access, Scope, Input, Output>,
  ) =>
    operation;

export type Environment = {
  /** Everything that operations of the area may ask for. */
  deps: object;
  /** Resolves a right to its scope, or fails with `not_found` or `forbidden`. */
  authorize(caller: Caller, right: string, input: unknown, wants?: string): Promise<object>;
  /** Runs `work` at most once per caller and key, and answers repeats with the first result. */
  idempotently<T>(
    request: { caller: Caller; operation: string; key: string; input: unknown },
    work: (deps: object) => Promise<T>,
  ): Promise<T>;
};

/** The one way into an operation: access, input, work, output. Every transport comes through here. */
export const invoke = async (
  operation: AnyOperation,
  environment: Environment,
  caller: Visitor & Partial<Caller>,
  raw: unknown,
): Promise<unknown> => {
  if (operation.access !== 'public') requireSignIn(caller);
  const input: unknown = parseInput(operation.input, raw, caller.locale);
  const scope = await scopeOf(operation, environment, caller, input);
  const actor = { ...caller, ...scope };
  const work = (deps: object): Promise<unknown> =>
    operation.run(deps as never, actor as never, input);
  const key = caller.idempotencyKey;
  const output =
    operation.creates && key !== undefined && isSignedIn(caller)
      ? await environment.idempotently({ caller, operation: operation.name, key, input }, work)
      : await work(environment.deps);
  return checkedOutput(operation, output);
};

/** Drops what the output does not declare; a missing or wrong field is our mistake, not the caller's. */
const checkedOutput = (operation: AnyOperation, output: unknown): unknown => {
  const result = operation.output.safeParse(output);
  if (result.success) return result.data;
  const paths = result.error.issues.map(issue => issue.path.join('.')).join(' ');
  throw Object.assign(new Error(`Output of ${operation.name} breaks its schema`), {
    code: `output: ${paths}`,
  });
};

const scopeOf = async (
  operation: AnyOperation,
  environment: Environment,
  caller: Visitor & Partial<Caller>,
  input: unknown,
): Promise<object> => {
  if (operation.access === 'public' || operation.access === 'user') return {};
  requireSignIn(caller);
  return environment.authorize(caller, operation.access, input, operation.wants);
};

const isSignedIn = (caller: Visitor & Partial<Caller>): caller is Caller =>
  caller.userId !== undefined;

function requireSignIn(caller: Visitor & Partial<Caller>): asserts caller is Caller {
  if (!isSignedIn(caller)) throw new Failure('unauthenticated');
}

const sentences = new Map<string, Text>();

/** A sentence of ours for a zod check, which takes one language: the other is found again by the Spanish one. */
export const inBothLanguages = (text: Text): string => {
  sentences.set(text.es, text);
  return text.es;
};

// A body of a hundred thousand unknown keys deserves an answer, not an echo.
const errorsShown = 20;

const parseInput = <S extends z.ZodType>(schema: S, raw: unknown, locale: Locale): z.output<S> => {
  const result = schema.safeParse(raw, { error: inputMessages[locale] });
  if (result.success) return result.data;
  throw new Failure('validation_failed', {
    errors: result.error.issues.flatMap(issue => fieldErrors(issue, locale)).slice(0, errorsShown),
  });
};

const fieldErrors = (issue: z.core.$ZodIssue, locale: Locale): FieldError[] => {
  const message = sentences.get(issue.message)?.[locale] ?? issue.message;
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message }];
  return issue.keys.map(key => ({ path: [...path, key].join('.'), message }));
};
