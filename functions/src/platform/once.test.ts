import { expect, it } from 'vitest';
import { once } from './once.ts';

it('shares one attempt between concurrent first calls', async () => {
  let calls = 0;
  const get = once(async () => ++calls);
  expect(await Promise.all([get(), get(), get()])).toEqual([1, 1, 1]);
});

it('forgets a failed attempt', async () => {
  let calls = 0;
  const get = once(async () => {
    if (++calls === 1) throw new Error('first');
    return calls;
  });
  await expect(get()).rejects.toThrow('first');
  expect(await get()).toBe(2);
});
