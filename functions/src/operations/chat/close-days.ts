import { log } from '../../platform/log.ts';
import type { InTransaction } from '../operation.ts';

export type CloseDaysDeps = {
  chatFigures: { daysToClose(): Promise<string[]> };
  inTransaction: InTransaction<{ chatFigures: { closeDay(day: string): Promise<boolean> } }>;
};

/**
 * Sums past days up, so that their figures outlive the turns. Each day is a transaction of its own: after
 * a crash the next run goes on with the day at which it happened, and a second run finds nothing to do.
 */
export const closeDays = async ({
  chatFigures,
  inTransaction,
}: CloseDaysDeps): Promise<string[]> => {
  const closed: string[] = [];
  for (const day of await chatFigures.daysToClose())
    if (await inTransaction(unit => unit.chatFigures.closeDay(day))) closed.push(day);
  log.info('chat.days_closed', { count: closed.length, last: closed.at(-1) });
  return closed;
};
