import { z } from 'zod';
import { failureKinds } from '../../platform/failure.ts';

export type Json = Record<string, unknown>;
export type ObjectSchema = { properties?: Record<string, Json>; required?: string[] } & Json;
/** Named schemas; filled while operations are described. */
export type Components = Record<string, Json>;

/** JSON Schema of a zod schema; named schemas go to the components and are referred to. */
export const schemaOf = (
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Components,
): ObjectSchema => {
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

/** The schema itself where it is only referred to. */
export const resolved = (schema: Json, components: Components): ObjectSchema => {
  const { $ref: reference } = schema;
  if (typeof reference !== 'string') return schema;
  return components[reference.replace('#/components/schemas/', '')] ?? {};
};

export const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457. Programs branch on `code`; the texts are for people.',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference', examples: ['/docs/errors#not_found'] },
    title: { type: 'string', examples: ['No existe o no puedes verlo.'] },
    status: { type: 'integer', examples: [404] },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(failureKinds) },
    requestId: { type: 'string', description: 'Also in `X-Request-Id`; quote it to support' },
    errors: {
      type: 'array',
      description: 'Fields that are wrong, and what they should be',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', examples: ['settings.timezone'] },
          message: { type: 'string' },
        },
      },
    },
  },
};

const compactJwe = '[\\w-]+\\.[\\w-]*\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+';

export const sealedSchema: Json = {
  type: 'string',
  pattern: `^${compactJwe}$`,
  examples: [
    'eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImtpZCI6IjEifQ..b2pUbVdnOGk.c2VjcmV0bw.c2VsbG8',
  ],
  description:
    'Optional. Compact JWE (RFC 7516), ECDH-ES with A256GCM, to the first key with `use: enc` of /.well-known/jwks.json. ' +
    'Plaintext: {jti, iat, request, ath?, replyKey, body?}; the answer is a JWE under replyKey (dir, A256GCM). ' +
    'One that cannot be read answers 400, one that was sent before 409. See docs/security.md.',
};

/** A content in plain, or encrypted for clients that ask for it. */
export const content = (type: string, schema: Json): Json => ({
  [type]: { schema },
  'application/jose': { schema: { $ref: '#/components/schemas/Sealed' } },
});
