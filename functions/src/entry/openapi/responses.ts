import { allowedInArchive, leastRole, type Right } from '../../domain/permission.ts';
import { type FailureCode, failureKinds } from '../../platform/failure.ts';
import type { AnyOperation } from '../../platform/operation.ts';
import { type Components, content, type Json, schemaOf } from './schemas.ts';

const header = (schema: Json, about: string, required = false): Json => ({
  description: about,
  required,
  schema,
});
const count = { type: 'integer', minimum: 0 };

/** Headers of answers, by the name that answers refer to. */
export const headers = {
  RequestId: header({ type: 'string' }, 'Names this call in our logs', true),
  RateLimit: header(count, 'Calls that a minute allows'),
  RateRemaining: header(count, 'Calls left in it'),
  RateReset: header(count, 'Seconds until more are allowed'),
  ETag: header({ type: 'string', pattern: '^"\\d+"$' }, 'Version, for `If-Match`', true),
  Location: header({ type: 'string', format: 'uri-reference' }, 'Where to go on', true),
  Challenge: header({ type: 'string', const: 'Bearer' }, 'RFC 6750', true),
  RetryAfter: header(count, 'Seconds to wait before trying again'),
} satisfies Record<string, Json>;

type HeaderName = keyof typeof headers;

const refer = (names: Record<string, HeaderName>): Json =>
  Object.fromEntries(
    Object.entries(names).map(([name, key]) => [name, { $ref: `#/components/headers/${key}` }]),
  );

const always = {
  'X-Request-Id': 'RequestId',
  'RateLimit-Limit': 'RateLimit',
  'RateLimit-Remaining': 'RateRemaining',
  'RateLimit-Reset': 'RateReset',
} as const;

const withStatus: Record<string, Record<string, HeaderName>> = {
  302: { Location: 'Location' },
  401: { 'WWW-Authenticate': 'Challenge' },
  429: { 'Retry-After': 'RetryAfter' },
  503: { 'Retry-After': 'RetryAfter' },
};

type Reference = { $ref: string };
type Response = { description: string; headers: Json; content?: Json; links?: Json };

export const responsesOf = (
  operation: AnyOperation,
  components: Components,
  links: Json,
): Record<string, Response | Reference> => {
  const responses: Record<string, Response | Reference> = {};
  for (const [status, codes] of byStatus(failuresOf(operation)))
    responses[status] = problem(operation, codes);
  for (const code of operation.statuses ?? [operation.status ?? 200]) {
    const status = String(code);
    const own = success(operation, status, components, links);
    // Some answers, such as that of /health, have a body of their own under the status of a failure.
    const codes = byStatus(failuresOf(operation)).get(status);
    responses[status] = codes ? both(own, failure(status, codes)) : own;
  }
  return responses;
};

const byStatus = (codes: readonly FailureCode[]): Map<string, FailureCode[]> =>
  Map.groupBy(codes, code => String(failureKinds[code].http));

const success = (
  operation: AnyOperation,
  status: string,
  components: Components,
  links: Json,
): Response => ({
  description: status === '204' ? 'Done' : operation.summary,
  headers: refer({
    ...always,
    ...withStatus[status],
    ...(operation.versioned && { ETag: 'ETag' }),
  }),
  ...(status !== '204' && {
    content: {
      ...content('application/json', schemaOf(operation.output, 'output', components)),
      ...(operation.file && { [operation.file.type]: { schema: { type: 'string' } } }),
    },
  }),
  ...(Object.keys(links).length > 0 && { links }),
});

/** The failures of one status: a shared answer, unless the operation has more to say of it. */
const problem = (operation: AnyOperation, codes: FailureCode[]): Response | Reference => {
  const refuses = operation.refuses ?? [];
  const name = codes.join('.');
  const status = String(failureKinds[codes[0] ?? 'internal'].http);
  if (!codes.includes('validation_failed') || refuses.length === 0)
    return { $ref: `#/components/responses/${name}` };
  const fields = refuses.map(field => `\`${field}\``).join(', ');
  const shared = failure(status, codes);
  return {
    ...shared,
    description: `${shared.description} Más allá del esquema puede rechazar ${fields}.`,
  };
};

const failure = (status: string, codes: FailureCode[]): Response => ({
  description: codes.map(code => `\`${code}\`: ${failureKinds[code].title.es}`).join('\n\n'),
  headers: refer({ ...always, ...withStatus[status] }),
  content: content('application/problem+json', { $ref: '#/components/schemas/Problem' }),
});

const both = (own: Response, other: Response): Response => ({
  ...own,
  description: `${own.description}\n\n${other.description}`,
  content: { ...own.content, ...other.content },
});

/** Answers that operations share, by their codes. */
export const sharedResponses = (operations: readonly AnyOperation[]): Record<string, Response> =>
  Object.fromEntries(
    operations
      .flatMap(operation => [...byStatus(failuresOf(operation))])
      .map(([status, codes]) => [codes.join('.'), failure(status, codes)]),
  );

/** What may go wrong with any call of an operation, by its access and form, and what it adds itself. */
const failuresOf = ({ access, creates, route, failures = [] }: AnyOperation): FailureCode[] => {
  const byRight = access in leastRole;
  const conflicts = creates || (byRight && !allowedInArchive(access as Right));
  return [
    ...new Set<FailureCode>([
      'validation_failed',
      ...(access === 'public' ? [] : (['unauthenticated'] as const)),
      ...(byRight ? (['forbidden', 'not_found'] as const) : []),
      ...(conflicts ? (['conflict'] as const) : []),
      ...(route.startsWith('GET ')
        ? []
        : (['payload_too_large', 'unsupported_media_type'] as const)),
      'rate_limited',
      'internal',
      'unavailable',
      ...failures,
    ]),
  ];
};
