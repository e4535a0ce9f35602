import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';

const people = [
  { userId: 1, fullName: 'Ana de la Torre' },
  { userId: 2, fullName: 'José Núñez' },
];

describe('what is kept of a message that was not understood', () => {
  it.each([
    ['dile a ana que venga', 'dile a ⟨persona⟩ que venga'],
    ['JOSE NUNEZ no contesta', '⟨persona⟩ no contesta'],
    ['llama al +52 55 1234 5678 ya', 'llama al ⟨número⟩ ya'],
    ['son 1.250,50 pesos', 'son ⟨número⟩ pesos'],
    ['escribe a juan.perez+x@mi-empresa.example', 'escribe a ⟨correo⟩'],
    ['mira https://mi.example/ruta?token=abc ahora', 'mira ⟨enlace⟩ ahora'],
    ['avísale a Ramírez Gómez', 'avísale a ⟨persona⟩'],
    ['¿Puedes verlo? Gracias', '¿Puedes verlo? Gracias'],
    ['la torre de la casa', 'la ⟨persona⟩ de la casa'],
    ['@lucia_99 sabe', '⟨persona⟩ sabe'],
  ])('%s', (text, kept) => {
    expect(redact(text, people)).toBe(kept);
  });

  it('is short', () => {
    expect(redact('palabra '.repeat(300), people)?.length).toBeLessThanOrEqual(300);
  });

  it('is nothing when no word is left', () => {
    for (const text of ['12', '???', 'Ana', 'ana@example.com 7'])
      expect(redact(text, people)).toBeNull();
  });
});
