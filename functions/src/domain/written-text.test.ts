import { describe, expect, it } from 'vitest';
import { isVisible, onOneLine, visible, withoutControls } from './written-text.ts';

/** Every character that there is, halves of pairs excepted. */
const characters = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter(code => code < 0xd800 || code > 0xdfff)
  .map(code => String.fromCodePoint(code));
const names = (found: string[]) => found.map(one => one.codePointAt(0)?.toString(16));

describe('text with something to see', () => {
  it('is never made of what Unicode calls blank, control, format or ignorable', () => {
    const unseen = characters.filter(one =>
      /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(one),
    );
    expect(unseen.length).toBeGreaterThan(4_000);
    expect(names(unseen.filter(one => visible.test(one) || isVisible(one)))).toEqual([]);
  });

  it('may be any letter, number, sign or picture, with invisible marks around and inside', () => {
    const seen = characters.filter(
      one => /[\p{L}\p{N}\p{P}\p{S}]/u.test(one) && !/\p{Default_Ignorable_Code_Point}/u.test(one),
    );
    expect(names(seen.filter(one => !visible.test(one)))).toEqual(['2800']);
    for (const text of ['👩‍🚀', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u202Eoculto\u200B', '\u200B\u2060 a', 'می‌خواهم', '1️⃣'])
      expect([text, visible.test(text)]).toEqual([text, true]);
  });

  it('holds no control character but tab and line breaks, of C1 neither', () => {
    const controls = characters.filter(one => /\p{Cc}/u.test(one));
    const taken = controls.filter(one => visible.test(`a${one}b`));
    expect(taken).toEqual(['\t', '\n', '\r']);
    expect(controls.filter(one => withoutControls.test(one))).toEqual(taken);
  });

  it('is found out at once, however long the text', () => {
    const started = performance.now();
    for (const text of ['\u200B', ' ', '\u200B \n', 'a'])
      visible.test(`${text.repeat(200_000)}\u0000`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('one line', () => {
  it('takes a blank for breaks of any kind', () => {
    const text = ' uno\r\n\r\ndos\ttres\u2028cuatro\u2029cinco\n';
    expect(onOneLine(text)).toBe('uno dos tres cuatro cinco');
  });
});
