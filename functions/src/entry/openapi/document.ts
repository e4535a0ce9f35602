import { z } from 'zod';
import { type FailureCode, failureKinds } from '../platform/failure.ts';
import type { AnyOperation, Verb } from '../platform/operation.ts';

type Json = Record<string, unknown>;

/** Describes operations as OpenAPI 3.1, from nothing but their declarations. */
export const openApiDocument = (
  services: Record<string, readonly AnyOperation[]>,
  origin: string,
): Json => {
  const components: Record<string, Json> = { Problem: problemSchema, Sealed: sealedSchema };
  const paths: Record<string, Json> = {};
  for (const [tag, operations] of Object.entries(services))
    for (const operation of operations) {
      const [verb, path] = operation.route.split(' ') as [Verb, string];
      paths[path] = {
        ...paths[path],
        [verb.toLowerCase()]: describe(operation, tag, verb, path, components),
      };
    }
  return {
    openapi: '3.1.0',
    info: {
      title: 'PM-Bot',
      version: '1',
      description:
        'Gestión de proyectos por conversación. Cada operación responde también como callable de Firebase con el nombre de su operationId.',
    },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: components,
      parameters: { SealedRequest: sealedHeader },
      securitySchemes,
    },
  };
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'Access token of POST /auth/login, or a Firebase ID token',
  },
};

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(failureKinds) },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

const sealedSchema: Json = {
  type: 'string',
  description:
    'Optional. Compact JWE (RFC 7516), ECDH-ES with A256GCM, to the first key with `use: enc` of /.well-known/jwks.json. ' +
    'Plaintext: {jti, iat, request, ath?, replyKey, body?}; the answer is a JWE under replyKey (dir, A256GCM). See docs/security.md.',
};

const sealedHeader = {
  in: 'header',
  name: 'Sealed-Request',
  required: false,
  schema: { $ref: '#/components/schemas/Sealed' },
};

/** A content in plain, or encrypted for clients that ask for it. */
const content = (type: string, schema: Json) => ({
  [type]: { schema },
  'application/jose': { schema: { $ref: '#/components/schemas/Sealed' } },
});

const describe = (
  operation: AnyOperation,
  tag: string,
  verb: Verb,
  path: string,
  components: Record<string, Json>,
): Json => {
  const { properties = {}, required = [] } = schemaOf(operation.input, 'input', components);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const rest = Object.keys(properties).filter(name => !inPath.includes(name));
  return {
    operationId: operation.name,
    summary: operation.summary,
    tags: [tag],
    security: operation.access === 'public' ? [] : [{ bearer: [] }],
    parameters: [
      ...inPath.map(name => parameter('path', name, properties[name], true)),
      ...(verb === 'GET'
        ? rest.map(name => parameter('query', name, properties[name], required.includes(name)))
        : []),
      ...preconditions(operation),
      ...(verb === 'GET' ? [{ $ref: '#/components/parameters/SealedRequest' }] : []),
    ],
    ...(verb !== 'GET' && rest.length > 0 && { requestBody: body(properties, required, rest) }),
    responses: responses(operation, components),
  };
};

type ObjectSchema = { properties?: Record<string, Json>; required?: string[] };

/** JSON Schema of a zod schema; named schemas go to the components and are referred to. */
const schemaOf = (
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Record<string, Json>,
): ObjectSchema & Json => {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    reused: 'inline',
  }) as Json & { $defs?: Record<string, Json> };
  for (const [name, definition] of Object.entries($defs ?? {}))
    components[name] = relocated(definition);
  const named = (json as { id?: string }).id;
  if (io === 'output' && named !== undefined) {
    components[named] = relocated(json);
    return { $ref: `#/components/schemas/${named}` };
  }
  return relocated(json);
};

// zod writes references into the schema's own $defs.
const relocated = (json: Json): Json => {
  const { id: _, ...rest } = JSON.parse(
    JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as Json;
  return rest;
};

const parameter = (where: string, name: string, schema: Json | undefined, required: boolean) => ({
  in: where,
  name,
  required,
  schema: schema ?? {},
});

const preconditions = ({ creates, versioned, route }: AnyOperation): Json[] => [
  ...(creates
    ? [parameter('header', 'Idempotency-Key', { type: 'string', maxLength: 255 }, false)]
    : []),
  ...(versioned && route.startsWith('PUT ')
    ? [parameter('header', 'If-Match', { type: 'string' }, false)]
    : []),
];

const body = (properties: Record<string, Json>, required: string[], names: string[]): Json => {
  const needed = required.filter(name => names.includes(name));
  return {
    required: needed.length > 0,
    content: content('application/json', {
      type: 'object',
      properties: Object.fromEntries(names.map(name => [name, properties[name]])),
      ...(needed.length > 0 && { required: needed }),
      additionalProperties: false,
    }),
  };
};

const responses = (operation: AnyOperation, components: Record<string, Json>): Json => {
  const failures = Map.groupBy(failuresOf(operation), code => String(failureKinds[code].http));
  return Object.fromEntries([
    ...successes(operation, components),
    ...[...failures].map(([status, codes]) => [status, problem(codes)]),
  ]);
};

const successes = (operation: AnyOperation, components: Record<string, Json>) => {
  const { status = 200, statuses = [status], output } = operation;
  return statuses.map(code => [
    String(code),
    code === 204
      ? { description: 'Done' }
      : {
          description: operation.summary,
          content: content('application/json', schemaOf(output, 'output', components)),
        },
  ]);
};

const problem = (codes: FailureCode[]): Json => ({
  description: codes.map(code => `\`${code}\`: ${failureKinds[code].title.es}`).join('\n\n'),
  content: content('application/problem+json', { $ref: '#/components/schemas/Problem' }),
});

/** What may go wrong with any call of an operation, by its access and form, and what it adds itself. */
const failuresOf = ({ access, route, failures = [] }: AnyOperation): FailureCode[] => [
  ...new Set<FailureCode>([
    'validation_failed',
    ...(access === 'public' ? [] : (['unauthenticated'] as const)),
    ...(access === 'public' || access === 'user' ? [] : (['forbidden', 'not_found'] as const)),
    ...(route.startsWith('GET ') ? [] : (['payload_too_large', 'unsupported_media_type'] as const)),
    'rate_limited',
    'internal',
    'unavailable',
    ...failures,
  ]),
];
