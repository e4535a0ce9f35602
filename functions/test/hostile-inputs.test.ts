import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operationLists } from '../src/entry/operation-lists.ts';
import type { AnyOperation } from '../src/platform/operation.ts';
import { serveAlone, signedInAccount } from './support/account.ts';
import { overCallable, overHttps } from './support/operation-call.ts';
import type { Product } from './support/product.ts';
import { sampleInput } from './support/sample-input.ts';

const { operations: _, ...callable } = await operationLists();
const everything: AnyOperation[] = Object.values(callable).flat();

let product: Product;
let token: string;
beforeAll(async () => {
  product = await serveAlone();
  token = (await signedInAccount(product)).accessToken;
});

/** What nobody means: wrong types, borders of types, text that means something to somebody else. */
const hostile: unknown[] = [
  null,
  true,
  '',
  '\u0000',
  '\ud800',
  "' OR 1=1; --",
  '2026-02-30',
  -1,
  2 ** 31,
  2 ** 53 - 1,
  1e308,
  [],
  [[]],
  { $ne: null },
];

const fieldsOf = ({ input }: AnyOperation): string[] =>
  Object.keys((z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }).properties ??= {}));

const ends = /logout|deleteMe|changePassword|endSession|endOtherSessions/;

describe.each(everything.filter(({ name }) => !ends.test(name)))('$name', operation => {
  it('takes hostile fields for wrong ones, on both transports, and never fails of itself', async () => {
    const plain = sampleInput(operation.input, { projectId: 1, taskId: 1 });
    const calls = fieldsOf(operation).flatMap(field =>
      hostile.map(value => ({ ...plain, [field]: value })),
    );
    const answers = [
      ...calls.map(
        async input => [input, await overCallable(product, operation, input, token)] as const,
      ),
      // HTTPS runs the same operation; a few values show that its own reading of them holds.
      ...calls
        .filter((_call, index) => index % 5 === 0)
        .map(wellFormed)
        .map(async input => [input, await overHttps(product, operation, input, token)] as const),
    ];
    const broken = (await Promise.all(answers)).filter(([, { status }]) => status >= 500);
    expect(broken.slice(0, 3)).toEqual([]);
  });
});

// Half a character cannot travel in a URL.
const wellFormed = (input: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(input).replaceAll('\\ud800', 'x')) as Record<string, unknown>;
