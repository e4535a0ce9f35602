import { type Histogram, mergedHistograms, quantile } from './histogram.ts';

/** Days `YYYY-MM-DD`, both included. */
export type Span = { from: string; to: string };

/** What the turns of one day in one project came to. */
export type ChatDay = {
  day: string;
  turns: number;
  /** Begun that day. */
  conversations: number;
  people: number;
  marks: Record<string, number>;
  latency: Histogram;
};

/** What became of one kind of wish on one day. */
export type ChatFlowDay = {
  day: string;
  flow: string;
  outcomes: Record<string, number>;
  seconds: Histogram;
};

export type UnknownPhrase = { phrase: string; count: number; people: number };

const sumOf = <T>(rows: readonly T[], valueOf: (row: T) => number): number =>
  rows.reduce((sum, row) => sum + valueOf(row), 0);

const spread = (histogram: Histogram, high: number) => {
  const [median, upper] = [quantile(histogram, 0.5), quantile(histogram, high)];
  return median === undefined || upper === undefined ? null : { median, upper };
};

/** Wishes that are still open count neither as done nor as left. */
const flowFigures = (flow: string, rows: readonly ChatFlowDay[]) => {
  const total = (what: string) => sumOf(rows, ({ outcomes }) => outcomes[what] ?? 0);
  const [started, done, cancelled] = [total('started'), total('done'), total('cancelled')];
  const [failed, abandoned] = [total('failed'), total('abandoned')];
  const over = done + cancelled + failed + abandoned;
  const took = spread(mergedHistograms(rows.map(row => row.seconds)), 0.9);
  return {
    flow,
    started,
    done,
    cancelled,
    failed,
    abandoned,
    completionPercent: over === 0 ? null : Math.round((done / over) * 100),
    secondsToDone: took && { median: took.median, p90: took.upper },
  };
};

/** Days summed up to the figures of a whole span. */
export const chatFigures = (days: readonly ChatDay[], flowDays: readonly ChatFlowDay[]) => {
  const mark = (name: string) => sumOf(days, ({ marks }) => marks[name] ?? 0);
  const took = spread(mergedHistograms(days.map(day => day.latency)), 0.95);
  const flows = [...new Set(flowDays.map(row => row.flow))].map(flow =>
    flowFigures(
      flow,
      flowDays.filter(row => row.flow === flow),
    ),
  );
  return {
    turns: sumOf(days, day => day.turns),
    conversations: sumOf(days, day => day.conversations),
    fallbacks: mark('fallback'),
    corrections: mark('correction'),
    cancellations: mark('cancel'),
    undos: mark('undo'),
    handovers: mark('handover'),
    latencyMs: took && { median: took.median, p95: took.upper },
    flows: flows.toSorted((a, b) => b.started - a.started),
  };
};
