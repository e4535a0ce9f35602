import type { z } from 'zod';
import type { Text } from './failure.ts';

type Issue = z.core.$ZodRawIssue;
type Of<Code extends Issue['code']> = Extract<Issue, { code: Code }>;
type Bound = { limit: number | bigint; origin: string; inclusive: boolean };

const wanted: Record<string, Text> = {
  string: { es: 'Escribe un texto.', en: 'Write a text.' },
  number: { es: 'Escribe un número.', en: 'Write a number.' },
  int: { es: 'Escribe un número entero.', en: 'Write a whole number.' },
  boolean: { es: 'Di true o false.', en: 'Say true or false.' },
  array: { es: 'Envía una lista.', en: 'Send a list.' },
  object: { es: 'Envía un objeto.', en: 'Send an object.' },
  record: { es: 'Envía un objeto.', en: 'Send an object.' },
};

const formats: Record<string, Text> = {
  date: {
    es: 'Escribe una fecha que exista, por ejemplo 2026-11-27.',
    en: 'Write a date that exists, for example 2026-11-27.',
  },
  datetime: {
    es: 'Escribe fecha y hora con zona, por ejemplo 2026-11-27T18:30:00Z.',
    en: 'Write date and time with a zone, for example 2026-11-27T18:30:00Z.',
  },
  email: {
    es: 'Escribe un correo completo, por ejemplo ana@example.com.',
    en: 'Write a whole e-mail address, for example ana@example.com.',
  },
  url: {
    es: 'Escribe una dirección completa que empiece por https://.',
    en: 'Write a whole address that begins with https://.',
  },
};

const invalid: Text = { es: 'Este valor no es válido.', en: 'This value is not valid.' };
const missing: Text = { es: 'Falta este dato.', en: 'This is missing.' };
const malformed: Text = {
  es: 'No tiene la forma que se espera.',
  en: 'It does not have the form that is expected.',
};
const unknown: Text = { es: 'Este campo no se conoce.', en: 'This field is not known.' };
const empty: Text = { es: 'No puede estar vacío.', en: 'It must not be empty.' };

const atMost = ({ limit, origin, inclusive }: Bound): Text => {
  if (origin === 'string')
    return { es: `Como máximo ${limit} caracteres.`, en: `At most ${limit} characters.` };
  if (origin === 'array') return { es: `Como máximo ${limit}.`, en: `At most ${limit} of them.` };
  if (!inclusive) return { es: `Menos de ${limit}.`, en: `Less than ${limit}.` };
  return { es: `Como máximo ${limit}.`, en: `At most ${limit}.` };
};

const atLeast = ({ limit, origin, inclusive }: Bound): Text => {
  if ((origin === 'string' || origin === 'array') && limit <= 1) return empty;
  if (origin === 'string')
    return { es: `Como mínimo ${limit} caracteres.`, en: `At least ${limit} characters.` };
  if (origin === 'array') return { es: `Como mínimo ${limit}.`, en: `At least ${limit} of them.` };
  if (!inclusive) return { es: `Más de ${limit}.`, en: `More than ${limit}.` };
  return { es: `Como mínimo ${limit}.`, en: `At least ${limit}.` };
};

const choice = (values: readonly unknown[]): Text => {
  const list = values.map(String).join(', ');
  return { es: `Elige entre: ${list}.`, en: `Choose one of: ${list}.` };
};

const multiple = (divisor: number | bigint): Text => ({
  es: `Un múltiplo de ${String(divisor).replace('.', ',')}.`,
  en: `A multiple of ${divisor}.`,
});

type Sentences = { [Code in Issue['code']]: (issue: Of<Code>) => Text };

/** What is wrong with a value and what would be right, for the person who sent it. */
const sentences: Sentences = {
  invalid_type: ({ expected }) => wanted[expected] ?? invalid,
  too_big: issue => atMost({ ...issue, limit: issue.maximum, inclusive: issue.inclusive ?? true }),
  too_small: issue =>
    atLeast({ ...issue, limit: issue.minimum, inclusive: issue.inclusive ?? true }),
  invalid_format: ({ format }) => formats[format] ?? malformed,
  not_multiple_of: ({ divisor }) => multiple(divisor),
  invalid_value: ({ values }) => choice(values),
  invalid_union: issue => (Array.isArray(issue['options']) ? choice(issue['options']) : invalid),
  unrecognized_keys: () => unknown,
  invalid_key: () => unknown,
  invalid_element: () => invalid,
  custom: () => invalid,
};

const saysMissing = new Set<Issue['code']>(['invalid_type', 'invalid_value', 'invalid_union']);

const sentence = (issue: Issue): Text => {
  if (issue.input === undefined && saysMissing.has(issue.code)) return missing;
  const { [issue.code]: say } = sentences as Record<Issue['code'], (issue: Issue) => Text>;
  return say(issue);
};

/** Speaks of zod's issues in the product's words; its own are those of a type checker. */
export const inputMessages = {
  es: (issue: Issue) => sentence(issue).es,
  en: (issue: Issue) => sentence(issue).en,
};
