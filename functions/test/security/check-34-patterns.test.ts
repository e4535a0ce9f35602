import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { analyse } from 'scslre';
import { beforeAll, expect, it, vi } from 'vitest';

const sources = join(import.meta.dirname, '..', '..', 'src');
const found = new Map<string, { source: string; flags: string; where: string }>();

const keep = (source: string, flags: string, where: string) =>
  found.set(`${source}/${flags}`, { source, flags, where });

/** Every expression that is written down. */
const collectLiterals = (file: string, code: string) =>
  JSON.stringify(parseSync(file, code).program, (_key, node: unknown) => {
    if (typeof node === 'bigint') return String(node);
    const { pattern, flags } = (node as { regex?: { pattern: string; flags: string } } | null)
      ?.regex ?? { pattern: '', flags: '' };
    if (pattern) keep(pattern, flags, file);
    return node;
  });

/** Every expression that is put together while modules are loaded, those of zod among them. */
const collectMade = async (files: string[]) => {
  const made = new Proxy(RegExp, {
    construct: (target, [source, flags]: [string | RegExp, string | undefined]) => {
      const expression = new target(source, flags);
      keep(expression.source, expression.flags, 'made when loaded');
      return expression;
    },
  });
  vi.stubGlobal('RegExp', made);
  vi.resetModules();
  for (const file of files) await import(join(sources, file));
  vi.unstubAllGlobals();
};

beforeAll(async () => {
  const files = (await readdir(sources, { recursive: true })).filter(
    file => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  for (const file of files) collectLiterals(file, await readFile(join(sources, file), 'utf8'));
  await collectMade(
    files.filter(file => /^(?:domain|conversation|operations|platform)\//.test(file)),
  );
});

/** Expressions whose time grows faster than their text, exponentially or as a power of it. */
const slow = (source: string, flags: string) =>
  analyse({ source, flags }, { assumeRejectingSuffix: false, reportTypes: { Move: true } }).reports;

it('has no expression, written or put together, that takes more than linear time', () => {
  expect(found.size).toBeGreaterThan(180);
  expect(
    [...found.values()].filter(({ where }) => where === 'made when loaded').length,
  ).toBeGreaterThan(5);
  const bad = [...found.values()].filter(({ source, flags }) => slow(source, flags).length > 0);
  expect(bad).toEqual([]);
});

it.each([
  ['a power of two', String.raw`(.+)\s+to\s+(.+)`],
  ['exponential', '^(a+)+$'],
  ['one that is tried from everywhere', '=+$'],
])('would find %s', (_what, source) => {
  expect(slow(source, '')).not.toEqual([]);
});
