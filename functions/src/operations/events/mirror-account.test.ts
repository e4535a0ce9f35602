import { expect, it } from 'vitest';
import { mirrorAccount } from './mirror-account.ts';

const sessionId = '4f21b126-619f-4b6b-a9c7-ea592e9a2041';
const event = (type: string, payload: Record<string, unknown>) => ({
  eventId: 1,
  type,
  projectId: null,
  occurredAt: '2026-11-23T00:00:00Z',
  payload,
});

const run = async (type: string, payload: Record<string, unknown>) => {
  const written: [string, Record<string, unknown>][] = [];
  const mirror = {
    put: async (path: string, document: Record<string, unknown>) => {
      written.push([path, document]);
    },
  };
  const clock = () => new Date('2026-11-23T00:00:00Z');
  await mirrorAccount({ clock, mirror }, event(type, payload));
  return written;
};

it('records an ended session until no token of it can be refreshed any more', async () => {
  expect(await run('session.ended', { userId: 7, sessionId })).toEqual([
    [`endedSessions/${sessionId}`, { userId: 7, deleteAfter: new Date('2026-12-01T00:00:00Z') }],
  ]);
});

it('leaves other account events alone', async () => {
  expect(await run('account.erased', { userId: 7 })).toEqual([]);
});

it('fails, to be delivered again, when the event names no session', async () => {
  await expect(run('session.ended', { userId: 7 })).rejects.toThrow('sessionId');
});
