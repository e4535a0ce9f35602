import { z } from 'zod';
import { addDays, dateIn } from '../../domain/calendar.ts';
import {
  type ChatDay,
  type ChatFlowDay,
  chatFigures,
  type Span,
  type UnknownPhrase,
} from '../../domain/chat-figures.ts';
import { wording } from '../../domain/wording.ts';
import { date, id } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { refusal } from '../refusal.ts';

type Deps = {
  clock(): Date;
  chatFigures: {
    days(projectId: number, span: Span): Promise<ChatDay[]>;
    flowDays(projectId: number, span: Span): Promise<ChatFlowDay[]>;
    people(projectId: number, span: Span): Promise<number>;
    unknownPhrases(projectId: number, span: Span, limit: number): Promise<UnknownPhrase[]>;
  };
};

const longestSpan = 366;
const usualSpan = 30;
const phrasesShown = 50;
const count = z.int().nonnegative();

const flow = z.object({
  flow: z.string(),
  started: count,
  done: count,
  cancelled: count,
  failed: count,
  abandoned: count,
  completionPercent: z.int().nullable(),
  secondsToDone: z.object({ median: z.number(), p90: z.number() }).nullable(),
});

const analytics = z
  .object({
    projectId: id,
    from: date,
    to: date,
    turns: count,
    conversations: count,
    people: count,
    fallbacks: count,
    corrections: count,
    cancellations: count,
    undos: count,
    handovers: count,
    latencyMs: z.object({ median: z.number(), p95: z.number() }).nullable(),
    flows: z.array(flow),
    days: z.array(
      z.object({ day: date, turns: count, conversations: count, people: count, fallbacks: count }),
    ),
    unknownPhrases: z.array(z.object({ phrase: z.string(), count, people: count })),
  })
  .meta({ id: 'ChatAnalytics' });

export const getAnalytics = defineOperation({
  name: 'chat/getAnalytics',
  summary:
    'How people get on with the bot in a project: turns, wishes done and left, what was not understood. The last 30 days unless said, 366 at most; days are UTC',
  route: 'GET /chat/analytics',
  access: 'analytics.read',
  input: z.strictObject({ projectId: id, from: date.optional(), to: date.optional() }),
  output: analytics,
  refuses: ['from'],
  run: async ({ clock, chatFigures: figures }: Deps, _caller, { projectId, ...given }) => {
    const span = spanOf(given, dateIn(clock(), 'UTC'));
    const [days, flowDays, people, unknownPhrases] = await Promise.all([
      figures.days(projectId, span),
      figures.flowDays(projectId, span),
      figures.people(projectId, span),
      figures.unknownPhrases(projectId, span, phrasesShown),
    ]);
    const shown = days.map(({ day, turns, conversations, people: spoke, marks }) => ({
      day,
      turns,
      conversations,
      people: spoke,
      fallbacks: marks['fallback'] ?? 0,
    }));
    // Turns of long ago are gone, but the day with most people is known.
    const atLeast = Math.max(people, ...days.map(day => day.people));
    return {
      projectId,
      ...span,
      ...chatFigures(days, flowDays),
      people: days.length === 0 ? 0 : atLeast,
      days: shown,
      unknownPhrases,
    };
  },
});

const spanOf = (
  given: { from?: string | undefined; to?: string | undefined },
  today: string,
): Span => {
  const to = given.to ?? today;
  const from = given.from ?? addDays(to, 1 - usualSpan);
  if (from > to || addDays(from, longestSpan) <= to) throw refusal('from', wording.spanOutOfBounds);
  return { from, to };
};
