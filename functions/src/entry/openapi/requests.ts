import type { z } from 'zod';
import type { AnyOperation } from '../../platform/operation.ts';
import { type Components, content, type Json, schemaOf } from './schemas.ts';

export const pathParametersOf = (route: string): string[] =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** All that may be refused for reasons that no schema can state: what the operation names, and what is opaque. */
export const refusalsOf = ({ input, refuses = [], route }: AnyOperation): string[] => {
  const { shape = {} } = input as z.ZodType & { shape?: object };
  return [
    ...refuses,
    ...('cursor' in shape ? ['cursor'] : []),
    ...(route.startsWith('GET ') ? ['Sealed-Request'] : []),
  ];
};

export const parametersOf = (operation: AnyOperation, components: Components): Json[] => {
  const { properties = {}, required = [] } = schemaOf(operation.input, 'input', components);
  const inPath = pathParametersOf(operation.route);
  const inQuery = operation.route.startsWith('GET ')
    ? Object.keys(properties).filter(name => !inPath.includes(name))
    : [];
  return [
    ...inPath.map(name => parameter('path', name, properties[name] ?? {}, true)),
    ...inQuery.map(name =>
      parameter('query', name, properties[name] ?? {}, required.includes(name)),
    ),
    ...preconditions(operation),
    ...(operation.route.startsWith('GET ')
      ? [{ $ref: '#/components/parameters/SealedRequest' }]
      : []),
  ];
};

/** Parameters that operations share, by the name they refer to. */
export const parameters = {
  SealedRequest: {
    in: 'header',
    name: 'Sealed-Request',
    required: false,
    schema: { $ref: '#/components/schemas/Sealed' },
  },
};

const parameter = (where: string, name: string, schema: Json, required: boolean): Json => ({
  in: where,
  name,
  required,
  schema,
});

const idempotencyKey: Json = {
  ...parameter('header', 'Idempotency-Key', { type: 'string', pattern: '^[!-~]{1,255}$' }, false),
  description: 'A repeat with the same key and data gets the first answer; with other data, 409',
  example: 'b0f0a1de-4a52-4b5a-9a6e-0d6e0c1f4b7e',
};

const ifMatch: Json = {
  ...parameter(
    'header',
    'If-Match',
    { type: 'string', pattern: '^(?:\\*|(?:W/)?"[!#-~]*")$', examples: ['"3"'] },
    false,
  ),
  description: 'The ETag of the last read: 412 when somebody was faster',
};

const preconditions = ({ access, creates, failures = [], route }: AnyOperation): Json[] => [
  ...(creates && access !== 'public' ? [idempotencyKey] : []),
  ...(failures.includes('precondition_failed') && !route.startsWith('POST ') ? [ifMatch] : []),
];

export const requestBodyOf = (
  operation: AnyOperation,
  components: Components,
): { requestBody?: Json } => {
  if (operation.route.startsWith('GET ')) return {};
  const { properties = {}, required = [] } = schemaOf(operation.input, 'input', components);
  const inPath = pathParametersOf(operation.route);
  const names = Object.keys(properties).filter(name => !inPath.includes(name));
  if (names.length === 0) return {};
  const needed = required.filter(name => names.includes(name));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(names.map(name => [name, properties[name]])),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
    ...operation.bodySchema,
  };
  const mayBeLeftOut = needed.length === 0 && operation.bodySchema === undefined;
  return { requestBody: { required: !mayBeLeftOut, content: content('application/json', schema) } };
};
