import { expect, it } from 'vitest';
import { semaphore } from './semaphore.ts';

it('runs as many at a time as it is wide, in the order of their coming', async () => {
  const inTurn = semaphore(2, 10);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const task = (index: number) => async () => {
    running++;
    most = Math.max(most, running);
    await new Promise(resolve => setTimeout(resolve, 5));
    order.push(index);
    running--;
  };
  await Promise.all([0, 1, 2, 3, 4, 5].map(index => inTurn(task(index))));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
});

it('tells those who would wait too long to come back', async () => {
  const inTurn = semaphore(1, 1);
  const slow = () => new Promise(resolve => setTimeout(resolve, 10));
  const first = [inTurn(slow), inTurn(slow)];
  await expect(inTurn(slow)).rejects.toMatchObject({
    code: 'unavailable',
    options: { retryAfter: 2 },
  });
  await Promise.all(first);
});

it('frees its place after a failure', async () => {
  const inTurn = semaphore(1, 0);
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await inTurn(async () => 'yes')).toBe('yes');
});
