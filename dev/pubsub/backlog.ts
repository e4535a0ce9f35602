import { randomUUID } from 'node:crypto';
import { milliseconds, type Received, type WireMessage, type WireSubscription } from './wire.ts';

type Entry = { message: WireMessage; attempts: number };
type Lease = { entry: Entry; timer: NodeJS.Timeout };

export type Backlog = {
  add: (message: WireMessage) => void;
  /** Hands out up to `limit` messages; each comes back unless acknowledged within `seconds`. */
  lease: (limit: number, seconds: number) => Received[];
  acknowledge: (ackId: string) => void;
  /** Zero seconds give the message back at once. */
  extend: (ackId: string, seconds: number) => void;
  isLeased: (ackId: string) => boolean;
  /** Calls back whenever there may be something to lease. */
  onAvailable: (listener: () => void) => () => void;
  onSettled: (listener: (ackId: string) => void) => () => void;
  close: () => void;
};

const longestDefaultBackoffMs = 600_000;

/**
 * What one subscription still has to deliver. With ordering, the messages of a key stand in a lane
 * and only the first may be out: the next follows when it is acknowledged or given up.
 */
export const backlogOf = (
  settings: () => WireSubscription,
  giveUp: (message: WireMessage, attempts: number) => boolean,
): Backlog => {
  const ready = new Set<Entry>();
  const lanes = new Map<string, Entry[]>();
  const leases = new Map<string, Lease>();
  const pauses = new Set<NodeJS.Timeout>();
  const listeners = new Set<() => void>();
  const settledListeners = new Set<(ackId: string) => void>();

  // A batch is announced once, so that it leaves as a batch.
  let announcing: NodeJS.Immediate | undefined;
  const announce = () => {
    announcing ??= setImmediate(() => {
      announcing = undefined;
      for (const listener of listeners) listener();
    });
  };
  const offer = (entry: Entry) => {
    ready.add(entry);
    announce();
  };
  const laneOf = ({ message }: Entry) =>
    settings().enableMessageOrdering && message.orderingKey ? message.orderingKey : undefined;

  const add = (message: WireMessage) => {
    const entry = { message, attempts: 0 };
    const key = laneOf(entry);
    if (key === undefined) return offer(entry);
    const lane = lanes.get(key);
    if (lane) return void lane.push(entry);
    lanes.set(key, [entry]);
    offer(entry);
  };

  const finish = (entry: Entry) => {
    const key = laneOf(entry);
    if (key === undefined) return;
    const lane = lanes.get(key);
    lane?.shift();
    if (lane?.[0]) offer(lane[0]);
    else lanes.delete(key);
  };

  const release = (ackId: string): Entry | undefined => {
    const lease = leases.get(ackId);
    if (!lease) return undefined;
    clearTimeout(lease.timer);
    leases.delete(ackId);
    for (const listener of settledListeners) listener(ackId);
    return lease.entry;
  };

  const acknowledge = (ackId: string) => {
    const entry = release(ackId);
    if (entry) finish(entry);
  };

  const giveBack = (ackId: string) => {
    const entry = release(ackId);
    if (!entry) return;
    if (giveUp(entry.message, entry.attempts)) return finish(entry);
    const delay = backoff(settings(), entry.attempts);
    if (delay === 0) return offer(entry);
    const timer = setTimeout(() => {
      pauses.delete(timer);
      offer(entry);
    }, delay);
    pauses.add(timer);
  };

  const expireIn = (ackId: string, seconds: number) =>
    setTimeout(() => giveBack(ackId), seconds * 1_000);

  const lease = (limit: number, seconds: number): Received[] => {
    const taken: Received[] = [];
    for (const entry of ready) {
      if (taken.length >= limit) break;
      ready.delete(entry);
      entry.attempts += 1;
      const ackId = randomUUID();
      leases.set(ackId, { entry, timer: expireIn(ackId, seconds) });
      taken.push({ ackId, message: entry.message, deliveryAttempt: entry.attempts });
    }
    return taken;
  };

  const extend = (ackId: string, seconds: number) => {
    const held = leases.get(ackId);
    if (!held) return;
    if (seconds <= 0) return giveBack(ackId);
    clearTimeout(held.timer);
    held.timer = expireIn(ackId, seconds);
  };

  const close = () => {
    clearImmediate(announcing);
    for (const { timer } of leases.values()) clearTimeout(timer);
    for (const timer of pauses) clearTimeout(timer);
    leases.clear();
    ready.clear();
    lanes.clear();
    listeners.clear();
  };

  return {
    add,
    lease,
    acknowledge,
    extend,
    close,
    isLeased: ackId => leases.has(ackId),
    onAvailable: listener => subscribe(listeners, listener),
    onSettled: listener => subscribe(settledListeners, listener),
  };
};

const subscribe = <T>(set: Set<T>, listener: T) => {
  set.add(listener);
  return () => {
    set.delete(listener);
  };
};

/** Without a retry policy a message comes back at once, as in the real service. */
const backoff = ({ retryPolicy }: WireSubscription, attempts: number): number => {
  if (!retryPolicy) return 0;
  const shortest = milliseconds(retryPolicy.minimumBackoff, 10_000);
  const longest = milliseconds(retryPolicy.maximumBackoff, longestDefaultBackoffMs);
  return Math.min(longest, shortest * 2 ** (attempts - 1));
};
