/** What a spreadsheet would run as a formula when it opens the file. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

type Value = string | number | null | undefined;

/** A cell as it was before it was made harmless. */
export const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell;

/** One field of a CSV file (RFC 4180), safe to open in a spreadsheet. */
const field = (value: Value): string => {
  const text = value === null || value === undefined ? '' : String(value);
  const isNumber = typeof value === 'number';
  const harmless = !isNumber && formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

export const csvLine = (values: Value[]): string => `${values.map(field).join(',')}\r\n`;

/**
 * Rows of a CSV text (RFC 4180): quoted fields may hold separators, quotes and line breaks. Takes comma,
 * semicolon or tab, whichever the first line has most of. Blank lines count for nothing.
 */
export const parseCsv = (text: string): string[][] => {
  const whole = text.replace(/^\uFEFF/, '');
  // Excel for Mac once ended lines with a carriage return alone.
  const lines = whole.includes('\n') ? whole : whole.replaceAll('\r', '\n');
  // Excel's own way of naming the separator, before the heading.
  const [named, mark] = /^sep=([,;\t])\r?\n/i.exec(lines) ?? [''];
  const source = lines.slice(named.length);
  const separator = mark ?? separatorOf(source.split('\n', 1)[0] ?? '');
  const rows: string[][] = [[]];
  for (let at = 0; at < source.length; ) {
    const [value, end] =
      source[at] === '"' ? quotedField(source, at) : plainField(source, at, separator);
    const rest = breakAfter(source, end, separator);
    rows.at(-1)?.push(value);
    if (source[rest] === '\n') rows.push([]);
    else if (source[rest] === separator && rest + 1 === source.length) rows.at(-1)?.push('');
    at = rest + 1;
  }
  return rows.filter(row => row.length > 1 || (row[0] ?? '') !== '');
};

type Field = [value: string, end: number];

const breakAfter = (source: string, start: number, separator: string): number => {
  let end = start;
  while (end < source.length && source[end] !== separator && source[end] !== '\n') end++;
  return end;
};

const plainField = (source: string, start: number, separator: string): Field => {
  const end = breakAfter(source, start, separator);
  return [source.slice(start, end).replace(/\r$/, ''), end];
};

/** A quote inside is written twice; what follows the closing one, up to the separator, is dropped. */
const quotedField = (source: string, start: number): Field => {
  let value = '';
  let at = start + 1;
  for (;;) {
    const close = source.indexOf('"', at);
    if (close < 0) return [value + source.slice(at), source.length];
    value += source.slice(at, close);
    if (source[close + 1] !== '"') return [value, close + 1];
    value += '"';
    at = close + 2;
  }
};

const separatorOf = (line: string): string => {
  const counted = [',', ';', '\t'].map(mark => ({ mark, count: line.split(mark).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ',';
};
