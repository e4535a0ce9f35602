import { z } from 'zod';
import { deviceLabel } from '../../domain/device-label.ts';
import type { Session } from '../../domain/session.ts';
import { instant } from '../fields.ts';
import { defineOperation } from '../operation.ts';

const item = z
  .object({
    id: z.string(),
    current: z.boolean(),
    method: z.enum(['password', 'google']),
    secondFactor: z.boolean(),
    device: z.string(),
    address: z.string(),
    place: z.string().nullable(),
    createdAt: instant,
    lastUsedAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'Session' });

type Deps = {
  sessions: { list(userId: number): Promise<Session[]> };
  placeOf(address: string): { name: string } | undefined;
};

export const listSessions = defineOperation({
  name: 'auth/listSessions',
  summary: 'Where the caller is signed in',
  route: 'GET /auth/sessions',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ items: z.array(item) }),
  run: async ({ sessions, placeOf }: Deps, caller) => {
    const items = (await sessions.list(caller.userId)).map(session => ({
      ...session,
      device: deviceLabel(session.device, caller.locale),
      place: placeOf(session.address)?.name ?? null,
      current: session.id === caller.sessionId,
    }));
    return { items };
  },
});
