import { z } from 'zod';
import { handoverStates } from '../../domain/handover.ts';
import { id, instant } from '../fields.ts';

export const handover = z
  .object({
    id,
    projectId: id,
    askerId: id,
    askerName: z.string(),
    askedAt: instant,
    takenBy: id.nullable(),
    takerName: z.string().nullable(),
    takenAt: instant.nullable(),
    resolvedAt: instant.nullable(),
    state: z.enum(handoverStates),
  })
  .meta({ id: 'Handover' });

export const handoverWithMessages = handover
  .extend({
    messages: z
      .array(z.object({ role: z.enum(['user', 'bot']), text: z.string(), at: instant }))
      .nullable(),
  })
  .meta({
    id: 'HandoverWithMessages',
    description:
      'The last ten messages up to the call, for whoever took it and while it is theirs; null for everybody else',
  });
