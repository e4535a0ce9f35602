import { z } from 'zod';
import { noticeKinds } from '../../domain/notification.ts';
import { wording } from '../../domain/wording.ts';
import { inBothLanguages } from '../../platform/operation.ts';

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, {
  error: inBothLanguages(wording.timeOfDay),
});
const quietHours = z.strictObject({ from: time, to: time });
const summary = z.strictObject({ time, weekends: z.boolean().default(false) });
const choice = z.boolean().optional();

/** Changes to what a person wants to hear of; what is left out stays as it is. */
export const preferenceChanges = z.strictObject({
  mail: choice,
  push: choice,
  dailyReport: choice,
  /** Whether the bot may propose things of its own accord in the chat. */
  suggestions: choice,
  kinds: z
    .partialRecord(
      z.enum(noticeKinds),
      z.strictObject({ inApp: choice, mail: choice, push: choice }),
    )
    .optional(),
  /** Local times between which phones stay silent; `null` for never. */
  quietHours: quietHours.nullable().optional(),
  /** A summary of the day in the morning; `kinds.summary` says where. `null` for none. */
  summary: summary.nullable().optional(),
});

/** Everything that holds, defaults included. */
export const preferences = z
  .object({
    mail: z.boolean(),
    push: z.boolean(),
    dailyReport: z.boolean(),
    suggestions: z.boolean(),
    kinds: z.record(
      z.enum(noticeKinds),
      z.object({ inApp: z.boolean(), mail: z.boolean(), push: z.boolean() }),
    ),
    quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
    summary: z.object({ time: z.string(), weekends: z.boolean() }).nullable(),
  })
  .meta({ id: 'NotificationPreferences' });
