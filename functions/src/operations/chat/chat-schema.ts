import { z } from 'zod';
import { entityNames, intentNames, longestMessage, steps } from '../../conversation/model.ts';
import { suggestionKinds } from '../../domain/suggestion.ts';
import { wording } from '../../domain/wording.ts';
import { visible } from '../../domain/written-text.ts';
import { inBothLanguages } from '../../platform/operation.ts';
import { id, instant } from '../fields.ts';

/** Kept as it was typed, so that offsets into it stay true; longer texts are refused unread. */
export const messageText = z
  .string()
  .max(longestMessage, { abort: true })
  .regex(visible, { error: inBothLanguages(wording.visibleText) })
  .meta({
    examples: ['crea una tarea para revisar el contrato, que la haga Ana, para el viernes'],
  });

export const sessionId = z.string().regex(/^[\w-]{1,64}$/);

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
    /** What the bot added of its own accord; its words are part of the reply. */
    suggestions: z
      .array(z.object({ kind: z.enum(suggestionKinds), text: z.string(), taskIds: z.array(id) }))
      .optional(),
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
