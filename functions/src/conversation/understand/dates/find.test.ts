import { describe, expect, it } from 'vitest';
import { tokenise } from '../text.ts';
import { findDates } from './find.ts';

// A Wednesday morning in Mexico.
const now = Date.parse('2026-03-11T15:00:00Z');

const dateIn = (text: string): unknown[] => {
  const tokens = tokenise(text);
  return findDates(tokens, now, 'America/Mexico_City').map(({ start, end, value }) => [
    text.slice(tokens[start]?.start, tokens[end - 1]?.end),
    'date' in value ? value.date : null,
  ]);
};

describe('findDates', () => {
  it.each([
    ['hoy', 'hoy', '2026-03-11'],
    ['para mañana', 'mañana', '2026-03-12'],
    ['pasado mañana', 'pasado mañana', '2026-03-13'],
    ['hace dos días', 'hace dos días', '2026-03-09'],
    ['el viernes', 'el viernes', '2026-03-13'],
    ['este viernes', 'este viernes', '2026-03-13'],
    ['el próximo viernes', 'el próximo viernes', '2026-03-13'],
    ['el viernes que viene', 'el viernes que viene', '2026-03-13'],
    ['el miércoles', 'el miércoles', '2026-03-18'],
    ['el viernes de la semana que viene', 'el viernes de la semana que viene', '2026-03-20'],
    ['viernes 20', 'viernes 20', '2026-03-20'],
    ['el 20', 'el 20', '2026-03-20'],
    ['para el 5', 'el 5', '2026-04-05'],
    ['el día 20', 'el día 20', '2026-03-20'],
    ['20 de marzo', '20 de marzo', '2026-03-20'],
    ['1 de enero', '1 de enero', '2027-01-01'],
    ['20/3', '20/3', '2026-03-20'],
    ['3-12-2026', '3-12-2026', '2026-12-03'],
    ['2026-04-05', '2026-04-05', '2026-04-05'],
    ['para finales de marzo', 'finales de marzo', '2026-03-31'],
    ['a mediados de mes', 'mediados de mes', '2026-03-15'],
    ['fin de mes', 'fin de mes', '2026-03-31'],
    ['la semana que viene', 'la semana que viene', '2026-03-20'],
    ['en un par de días', 'en un par de días', '2026-03-13'],
    ['dentro de quince días', 'dentro de quince días', '2026-03-26'],
    ['en 3 días', 'en 3 días', '2026-03-14'],
    ['de aquí a una semana', 'de aquí a una semana', '2026-03-18'],
    ['antes del jueves', 'jueves', '2026-03-12'],
    ['a más tardar el lunes', 'el lunes', '2026-03-16'],
    ['para el finde', 'el finde', '2026-03-14'],
    ['mañana a las 5 de la tarde', 'mañana', '2026-03-12'],
    ['mañana por la mañana', 'mañana', '2026-03-12'],
    ['el lunes a las 10:30 am', 'el lunes', '2026-03-16'],
    ['treinta y uno de marzo', 'treinta y uno de marzo', '2026-03-31'],
    ['el 15 de mayo del 2027', 'el 15 de mayo del 2027', '2027-05-15'],
    ['el viernez', 'el viernez', '2026-03-13'],
  ])('%s', (text, span, date) => {
    expect(dateIn(text)).toEqual([[span, date]]);
  });

  it.each([
    'con Julio',
    'Abril revisará',
    'prioridad a 1',
    'por la mañana',
    'el 20 por ciento',
    'el 31 de abril',
    'el dominio',
    'subió el 5%',
    '99/99',
  ])('finds no date in: %s', text => {
    expect(dateIn(text)).toEqual([]);
  });

  it('counts from the calendar of the person, not of the server', () => {
    const late = Date.parse('2026-03-12T04:30:00Z');
    const today = (zone: string) => findDates(tokenise('hoy'), late, zone)[0]?.value;
    expect(today('America/Mexico_City')).toEqual({ date: '2026-03-11' });
    expect(today('Europe/Madrid')).toEqual({ date: '2026-03-12' });
  });

  it('turns over months, years and leap days', () => {
    const on = (text: string, iso: string) => {
      const [found] = findDates(tokenise(text), Date.parse(`${iso}T12:00:00Z`), 'UTC');
      return found?.value;
    };
    expect(on('mañana', '2026-12-31')).toEqual({ date: '2027-01-01' });
    expect(on('en un mes', '2027-01-31')).toEqual({ date: '2027-02-28' });
    expect(on('29 de febrero', '2026-03-01')).toEqual({ date: '2028-02-29' });
    expect(on('el domingo', '2026-03-15')).toEqual({ date: '2026-03-22' });
  });
});
