import { log } from '../../platform/log.ts';
import type { Connection } from './connection.ts';
import type { Limits } from './limits.ts';
import type { Registry } from './registry.ts';

/** Tells whose feed has news; `onLive` whenever listening begins. */
export type Listen = (told: { onNews(userIds: number[]): void; onLive(): void }) => {
  isLive(): boolean;
  close(): void;
};

/** Keeps connections told and alive: at once when Redis says so, and by looking at intervals. */
export const followNews = (listen: Listen, limits: Limits, open: Registry): (() => void) => {
  const listener = listen({
    onNews: userIds => {
      for (const userId of userIds) pull(open.of(userId));
    },
    onLive: () => pull(open.all()),
  });
  const beats = setInterval(() => {
    for (const one of open.all()) one.beat().catch(report);
  }, limits.heartbeatMs);
  let sweeping: NodeJS.Timeout;
  const sweep = (): void => {
    pull(open.all());
    for (const one of open.all()) one.keep().catch(report);
    plan();
  };
  const plan = (): void => {
    const { told, untold } = limits.sweepMs;
    sweeping = setTimeout(sweep, listener.isLive() ? told : untold);
  };
  plan();
  return () => {
    clearInterval(beats);
    clearTimeout(sweeping);
    listener.close();
  };
};

const report = (error: unknown): void => log.error('ws.upkeep_failed', error);

const pull = (connections: Iterable<Connection>): void => {
  for (const one of connections) one.pull().catch(report);
};
