// Insides of character classes. Spelt out, because the patterns made of them stand in the API document, and the
// readers of that differ in what `\p` and `\s` mean to them; beyond \uFFFF they differ in how to spell it at all.

/** Control characters other than tab and line breaks: they never belong in a person's text. */
export const controls = String.raw`\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F`;

const range = (first: number, last: number): string =>
  `${String.fromCodePoint(first)}-${String.fromCodePoint(last)}`;

/** What shows nothing by itself: format characters, fillers, variation selectors, the empty Braille cell. */
export const invisible = [
  String.raw`\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u115F\u1160\u17B4\u17B5`,
  String.raw`\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB`,
  range(0x1_10bd, 0x1_10bd),
  range(0x1_10cd, 0x1_10cd),
  range(0x1_3430, 0x1_343f),
  range(0x1_bca0, 0x1_bca3),
  range(0x1_d173, 0x1_d17a),
  range(0xe_0000, 0xe_0fff),
].join('');

/** Blanks, tab and line breaks among them. */
const blanks = String.raw`\t\n\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;

export const withoutControls = new RegExp(`^[^${controls}]*$`, 'u');

/** The same with something to see; what may come before that cannot be it, so no text takes long. */
export const visible = new RegExp(
  `^[${blanks}${invisible}]*[^\\s${controls}${invisible}][^${controls}]*$`,
  'u',
);

const seen = new RegExp(`[^\\s${controls}${invisible}]`, 'u');

export const isVisible = (text: string): boolean => seen.test(text);

/** A title is one line, also when it was pasted from several. */
export const onOneLine = (text: string): string =>
  text.replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ').trim();
