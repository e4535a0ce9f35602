import { z } from 'zod';

type Json = {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Json[];
  minLength?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  items?: Json;
  properties?: Record<string, Json>;
  required?: string[];
};

const formats: Record<string, string> = {
  date: '2026-11-27',
  'date-time': '2026-11-27T10:00:00Z',
  email: 'persona@example.com',
  uri: 'https://example.com/ruta',
  uuid: '4f21b126-619f-4b6b-a9c7-ea592e9a2041',
};

/**
 * The plainest input of the form that an operation asks for: required fields only, `known` fields by
 * name. Some operations refuse it for reasons that a form does not show.
 */
export const sampleInput = (
  schema: z.ZodType,
  known: Record<string, unknown>,
): Record<string, unknown> => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  const fields = Object.entries(json.properties ?? {});
  const required = fields.filter(([name]) => json.required?.includes(name));
  return Object.fromEntries(required.map(([name, field]) => [name, known[name] ?? valueOf(field)]));
};

const valueOf = (json: Json): unknown => {
  if (json.const !== undefined) return json.const;
  if (json.enum) return json.enum[0];
  if (json.anyOf) return valueOf(json.anyOf[0] ?? {});
  if (json.type === 'string') return textOf(json);
  if (json.type === 'integer' || json.type === 'number')
    return Math.max(json.minimum ?? 1, (json.exclusiveMinimum ?? 0) + 1);
  if (json.type === 'boolean') return true;
  if (json.type === 'array')
    return Array.from({ length: json.minItems ?? 1 }, () => valueOf(json.items ?? {}));
  const fields = Object.entries(json.properties ?? {});
  return Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)]));
};

const textOf = ({ format, minLength = 1 }: Json): string =>
  formats[format ?? ''] ?? 'texto de ejemplo'.padEnd(minLength, '.');
