import { expect, it, vi } from 'vitest';
import { tolerant } from './places.ts';

it('lets people in, stay and leave while Redis is away', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  const away = () => Promise.reject(new Error('away'));
  const places = tolerant({ enter: away, keep: away, leave: away });
  expect(await places.enter(1, 'c', 10)).toBe(true);
  expect(await places.keep(1, 'c')).toBeUndefined();
  expect(await places.leave(1, 'c')).toBeUndefined();
});
