import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pages } from './wording.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const names = [...new Set(Object.values(pages))];

it.each(names)(
  'the link to /%s in a mail opens a page with everything that it loads',
  async name => {
    const page = await readFile(join(root, 'public', name, 'index.html'), 'utf8');
    const loaded = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(match => match[1] ?? '');
    expect(loaded.length).toBeGreaterThan(1);
    for (const path of loaded)
      expect(await readFile(join(root, 'public', path), 'utf8')).not.toBe('');
  },
);

it.each(names)('/%s is served under the headers of pages that carry secrets', async name => {
  const { hosting } = JSON.parse(await readFile(join(root, 'firebase.json'), 'utf8')) as {
    hosting: { headers: { source: string; headers: { key: string }[] }[] };
  };
  const own = hosting.headers.filter(({ source }) => source.includes(`|${name}`));
  expect(own.flatMap(({ headers }) => headers.map(({ key }) => key))).toEqual(
    expect.arrayContaining(['Content-Security-Policy', 'Referrer-Policy', 'Cache-Control']),
  );
});
