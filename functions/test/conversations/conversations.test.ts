import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';
import { readScripts } from './script.ts';

const files = readdirSync(import.meta.dirname).filter(name => name.endsWith('.yaml'));

describe.each(files)('%s', file => {
  for (const script of readScripts(join(import.meta.dirname, file)))
    it(`${script.country ?? 'MX'}: ${script.name}`, async () => {
      const heard = await play(script);
      expect(heard.filter(turn => turn.differences.length > 0)).toEqual([]);
    });
});
