import { timeIn } from './calendar.ts';
import { type Given, given } from './given.ts';
import { type NoticeKind, noticeKinds } from './notification.ts';

/** Where a notification can reach a person. */
export const channels = ['inApp', 'mail', 'push'] as const;
export type Channel = (typeof channels)[number];

/** Local times, `HH:MM`, between which phones stay silent; may pass midnight. */
export type QuietHours = { from: string; to: string };

/** A summary of the day at a local time, `HH:MM`, on weekends only if wanted. */
export type MorningSummary = { time: string; weekends: boolean };

/** What a person chose; what they left open follows the defaults. */
export type Preferences = Given<{
  /** Switches of a whole channel. */
  mail: boolean;
  push: boolean;
  dailyReport: boolean;
  /** Whether the bot may propose things of its own accord. */
  suggestions: boolean;
  kinds: Partial<Record<NoticeKind, Given<Record<Channel, boolean>> | undefined>>;
  /** `null` for none. */
  quietHours: QuietHours | null;
  /** `null`, or nothing, for none. */
  summary: MorningSummary | null;
}>;

export type AllPreferences = {
  mail: boolean;
  push: boolean;
  dailyReport: boolean;
  suggestions: boolean;
  kinds: Record<NoticeKind, Record<Channel, boolean>>;
  quietHours: QuietHours | null;
  summary: MorningSummary | null;
};

/** What is worth a phone's attention unless its owner says otherwise: what somebody asks of them. */
const pushed: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'assigned',
  'mentioned',
  'due_soon',
  'added',
  'invitation_accepted',
  'handover_requested',
  'handover_taken',
]);

const usualQuietHours: QuietHours = { from: '22:00', to: '07:00' };

/** Everything that holds for a person, defaults included. */
export const allPreferences = (chosen: Preferences): AllPreferences => ({
  mail: chosen.mail ?? true,
  push: chosen.push ?? true,
  dailyReport: chosen.dailyReport ?? true,
  suggestions: chosen.suggestions ?? true,
  kinds: Object.fromEntries(
    noticeKinds.map(kind => {
      const { inApp = true, mail = true, push = pushed.has(kind) } = chosen.kinds?.[kind] ?? {};
      return [kind, { inApp, mail, push }];
    }),
  ) as AllPreferences['kinds'],
  quietHours: chosen.quietHours === undefined ? usualQuietHours : chosen.quietHours,
  summary: chosen.summary ?? null,
});

/** Earlier choices with later ones on top, kind by kind and channel by channel. */
export const mergedPreferences = (chosen: Preferences, changes: Preferences): Preferences => {
  const kinds = { ...chosen.kinds };
  for (const kind of noticeKinds)
    if (changes.kinds?.[kind]) kinds[kind] = { ...kinds[kind], ...given(changes.kinds[kind]) };
  return { ...chosen, ...given(changes), kinds };
};

/** Where a kind of notification reaches a person; quiet hours are asked apart. */
export const channelsFor = (chosen: Preferences, kind: NoticeKind): Record<Channel, boolean> => {
  const { kinds, mail, push } = allPreferences(chosen);
  const wanted = kinds[kind];
  return { inApp: wanted.inApp, mail: mail && wanted.mail, push: push && wanted.push };
};

export const isQuiet = (chosen: Preferences, now: Date, timezone: string): boolean => {
  const { quietHours } = allPreferences(chosen);
  if (!quietHours) return false;
  const { from, to } = quietHours;
  const time = timeIn(now, timezone);
  return from <= to ? from <= time && time < to : from <= time || time < to;
};
