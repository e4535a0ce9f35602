import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { es } from './es.ts';
import { say } from './say.ts';

describe('say', () => {
  it('has every sentence in both languages', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(es).toSorted());
  });

  it('varies with the seed and repeats itself with the same one', () => {
    const words = (seed: number) =>
      say(
        { lines: [{ key: 'thanks' }], options: [], asking: 'idle' },
        { locale: 'es', people: [], seed },
      ).text;
    expect(words(1)).toBe(words(1));
    expect(new Set([0, 1, 2].map(words)).size).toBe(3);
  });

  it('shows names that people typed without line breaks or hidden marks', () => {
    const line = { key: 'comment_added', params: { title: 'uno\n\u202Edos\u200B' } };
    const { text } = say(
      { lines: [line], options: [], asking: 'idle' },
      { locale: 'es', people: [], seed: 0 },
    );
    expect(text).toContain('«uno dos»');
  });

  it('answers a sentence that it does not know with an apology, never with nothing', () => {
    const { text } = say(
      { lines: [{ key: 'failed_teapot' }], options: [], asking: 'idle' },
      { locale: 'es', people: [], seed: 0 },
    );
    expect(text).toContain('falló');
  });
});
