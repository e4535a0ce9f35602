import { expect, it } from 'vitest';
import { z } from 'zod';
import { inputMessages } from './input-wording.ts';

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  points: z.number().positive().max(9).multipleOf(0.5),
  count: z.int().optional(),
  done: z.boolean().optional(),
  due: z.iso.date().optional(),
  at: z.iso.datetime().optional(),
  mail: z.email().optional(),
  kind: z.enum(['uno', 'dos']).optional(),
  tags: z.array(z.string()).min(1).max(1).optional(),
  step: z
    .discriminatedUnion('action', [
      z.object({ action: z.literal('create') }),
      z.object({ action: z.literal('delete') }),
    ])
    .optional(),
});

const said = (fields: object, locale: 'es' | 'en' = 'es') => {
  const input = { name: 'Ana', points: 1, ...fields };
  const { error } = schema.safeParse(input, { error: inputMessages[locale] });
  return error?.issues.map(({ message }) => message);
};

it.each([
  [{ name: undefined }, 'Falta este dato.'],
  [{ name: null }, 'Escribe un texto.'],
  [{ name: '' }, 'No puede estar vacío.'],
  [{ name: 'demasiado' }, 'Como máximo 5 caracteres.'],
  [{ points: '3' }, 'Escribe un número.'],
  [{ points: 0 }, 'Más de 0.'],
  [{ points: 9.5 }, 'Como máximo 9.'],
  [{ points: 0.3 }, 'Un múltiplo de 0,5.'],
  [{ count: 1.5 }, 'Escribe un número entero.'],
  [{ done: 'sí' }, 'Di true o false.'],
  [{ due: '2026-02-30' }, 'Escribe una fecha que exista, por ejemplo 2026-11-27.'],
  [{ at: '2026-02-03' }, 'Escribe fecha y hora con zona, por ejemplo 2026-11-27T18:30:00Z.'],
  [{ mail: 'ana@' }, 'Escribe un correo completo, por ejemplo ana@example.com.'],
  [{ kind: 'tres' }, 'Elige entre: uno, dos.'],
  [{ tags: 'x' }, 'Envía una lista.'],
  [{ tags: [] }, 'No puede estar vacío.'],
  [{ tags: ['a', 'b'] }, 'Como máximo 1.'],
  [{ step: { action: 'move' } }, 'Elige entre: create, delete.'],
  [{ other: 1 }, 'Este campo no se conoce.'],
])('says of %j: %s', (fields, expected) => {
  expect(said(fields)).toEqual([expected]);
});

it('speaks English, too', () => {
  expect(said({ name: undefined, kind: 'tres' }, 'en')).toEqual([
    'This is missing.',
    'Choose one of: uno, dos.',
  ]);
});
