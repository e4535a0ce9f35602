import { z } from 'zod';
import { entityNames, intentNames, longestMessage, steps } from '../../conversation/model.ts';
import { id, instant } from '../fields.ts';

/** Kept as it was typed, so that offsets into it stay true; longer texts are refused unread. */
export const messageText = z
  .string()
  .max(longestMessage)
  // oxlint-disable-next-line no-control-regex -- they are what is refused
  .regex(/^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/u)
  .refine(text => text.trim().length > 0);

export const sessionId = z.string().regex(/^[\w-]{1,64}$/);

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
};

export const timezone = z.string().min(1).max(64).refine(isTimezone);

export const chatAnswer = z
  .object({
    sessionId: z.string(),
    reply: z.object({ text: z.string(), quickReplies: z.array(z.string()) }),
    step: z.enum(steps),
    intents: z.array(z.object({ name: z.enum(intentNames), confidence: z.number() })),
    entities: z.array(
      z.object({
        entity: z.enum(entityNames),
        text: z.string(),
        start: z.int().nonnegative(),
        end: z.int().nonnegative(),
        value: z.record(z.string(), z.unknown()),
      }),
    ),
    actions: z.array(z.looseObject({ type: z.string() })),
  })
  .meta({ id: 'ChatAnswer' });

export type ChatAnswer = z.input<typeof chatAnswer>;

export const chatSession = z.object({
  sessionId: z.string(),
  projectId: id.nullable(),
  step: z.string(),
  messages: z.array(z.object({ role: z.enum(['user', 'bot']), text: z.string(), at: instant })),
  nextCursor: z.string().nullable(),
});
