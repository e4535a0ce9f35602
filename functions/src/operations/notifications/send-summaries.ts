import { dateIn } from '../../domain/calendar.ts';
import type { NewEvent } from '../../domain/event.ts';
import { type DueSummary, nextSummary, type ProjectSummary } from '../../domain/morning-summary.ts';
import type { SummaryFigures } from '../../domain/notification.ts';
import { channelsFor } from '../../domain/notification-preferences.ts';
import { log } from '../../platform/log.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';

type Moved = { userId: number; nextAt: string | null; day: string | null };

export type SummaryDeps = {
  clock(): Date;
  inTransaction: InTransaction<{
    summaries: {
      takeDue(now: Date, limit: number): Promise<DueSummary[]>;
      figures(people: { userId: number; today: string }[]): Promise<ProjectSummary[]>;
      moveOn(plans: Moved[]): Promise<void>;
    };
    outbox: AddEvents;
  }>;
};

const peopleAtOnce = 100;
/** After that it is no morning any more: the day is left out. */
const patienceMs = 4 * 3_600_000;

/**
 * Tells people in their morning what they have to do. What tells them and the next appointment are
 * written together, so a crash, a second run or a second instance neither loses nor repeats one.
 */
export const sendSummaries = async (deps: SummaryDeps): Promise<number> => {
  const now = deps.clock();
  for (let told = 0; ; ) {
    const taken = await deps.inTransaction(async ({ summaries, outbox }) => {
      const due = await summaries.takeDue(now, peopleAtOnce);
      const timely = due.filter(({ nextAt }) => now.getTime() - Date.parse(nextAt) < patienceMs);
      const days = new Map(timely.map(one => [one.userId, dateIn(now, one.timezone)]));
      const people = [...days].map(([userId, today]) => ({ userId, today }));
      const found = people.length > 0 ? await summaries.figures(people) : [];
      await outbox.add(...timely.flatMap(one => eventsFor(one, found)));
      if (due.length > 0)
        await summaries.moveOn(due.map(one => movedOn(one, now, days.get(one.userId) ?? null)));
      return { due: due.length, told: new Set(found.map(({ userId }) => userId)).size };
    });
    told += taken.told;
    if (taken.due === peopleAtOnce) continue;
    if (told > 0) log.info('summary.sent', { count: told });
    return told;
  }
};

const movedOn = (
  { userId, timezone, preferences }: DueSummary,
  now: Date,
  day: string | null,
): Moved => {
  const next = nextSummary(preferences, timezone, now, day ?? dateIn(now, timezone));
  return { userId, nextAt: next?.toISOString() ?? null, day };
};

/** One notification for each project with something in it, and one mail about all of them. */
const eventsFor = ({ userId, preferences }: DueSummary, found: ProjectSummary[]): NewEvent[] => {
  const own = found.filter(one => one.userId === userId);
  if (own.length === 0) return [];
  const sum = (key: keyof SummaryFigures) => own.reduce((all, one) => all + one.figures[key], 0);
  const notices = own.map(
    ({ projectId, figures }): NewEvent => ({
      topic: 'reminders',
      type: 'summary.due',
      projectId,
      payload: { userIds: [userId], figures },
    }),
  );
  if (!channelsFor(preferences, 'summary').mail) return notices;
  const facts = { overdue: sum('overdue'), today: sum('today'), blocked: sum('blocked') };
  return [...notices, { topic: 'mail', type: 'mail.summary', payload: { userId, facts } }];
};
