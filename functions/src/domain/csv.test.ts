import { describe, expect, it } from 'vitest';
import { csvLine, parseCsv } from './csv.ts';

describe('csvLine', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\n=1', '＝1', '=HYPERLINK("http://evil")'])(
    'disarms the formula %s',
    text => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );

  it('leaves numbers, words and signs inside words alone', () => {
    expect(csvLine([-1.5, 'a-b', 'ñ', null, undefined])).toBe('-1.5,a-b,ñ,,\r\n');
  });

  it('quotes what would break the line', () => {
    expect(csvLine(['a,b', 'di "hola"', 'dos\nlíneas'])).toBe(
      '"a,b","di ""hola""","dos\nlíneas"\r\n',
    );
  });
});

describe('parseCsv', () => {
  it('reads back what csvLine writes', () => {
    const rows = [
      ['título', 'notas'],
      ['a,b', 'di "hola"\r\ny adiós'],
    ];
    expect(parseCsv(rows.map(csvLine).join(''))).toEqual(rows);
  });

  it.each([';', '\t', ','])('finds out that %j separates', separator => {
    expect(parseCsv(`\uFEFFa${separator}b\n1${separator}2\n\n`)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('survives an open quote and stray ones', () => {
    expect(parseCsv('a,b\n"sin cerrar,2')).toEqual([['a', 'b'], ['sin cerrar,2']]);
    expect(parseCsv('"a"b,c\n')).toEqual([['a', 'c']]);
    expect(parseCsv('a,\nb,')).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
    expect(parseCsv('a"b,c')).toEqual([['a"b', 'c']]);
  });
});
