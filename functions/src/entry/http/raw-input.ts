import type { z } from 'zod';
import { Failure, type Text } from '../../platform/failure.ts';

const notAnObject: Text = {
  es: 'El cuerpo debe ser un objeto JSON.',
  en: 'The body must be a JSON object.',
};
const inPath: Text = {
  es: 'Este campo va en la ruta, no en el cuerpo.',
  en: 'This field belongs into the path, not the body.',
};

type Params = Record<string, string | undefined>;
type Schema = z.ZodType & { shape?: Record<string, z.ZodType> };

/** Puts path and body together; the path alone says which thing is meant. */
export const fromBody = (schema: Schema, params: Params, body: unknown): unknown => {
  const fields = body === undefined ? {} : body;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new Failure('validation_failed', { detail: notAnObject });
  const doubled = Object.keys(params).filter(name => Object.hasOwn(fields, name));
  if (doubled.length > 0)
    throw new Failure('validation_failed', {
      errors: doubled.map(path => ({ path, message: inPath })),
    });
  return { ...fields, ...typedParams(schema, params) };
};

/** Puts path and query together. A key given twice is a list, which only list fields accept. */
export const fromQuery = (schema: Schema, params: Params, query: URLSearchParams): unknown => {
  const fields: Record<string, unknown> = Object.create(null);
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    fields[name] = typed(schema.shape?.[name], values.length === 1 ? values[0] : values);
  }
  return { ...fields, ...typedParams(schema, params) };
};

const typedParams = (schema: Schema, params: Params) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typed(schema.shape?.[name], value)]),
  );

type Definition = { type: string; innerType?: z.ZodType; in?: z.ZodType; element?: z.ZodType };

/** As JSON writes it. */
const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** URLs carry text only: turns it into what the field's schema asks for, or leaves it to be refused. */
const typed = (schema: z.ZodType | undefined, value: unknown): unknown => {
  const definition = schema && (schema.def as Definition);
  if (!definition) return value;
  const inner = definition.innerType ?? definition.in;
  if (inner) return typed(inner, value);
  if (definition.type === 'array') {
    const items = Array.isArray(value) ? value : String(value).split(',');
    return items.map(item => typed(definition.element, item));
  }
  if (typeof value !== 'string') return value;
  if (definition.type === 'number' && number.test(value)) return Number(value);
  if (definition.type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
  return value;
};
