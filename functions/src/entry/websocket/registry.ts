import { Failure } from '../../platform/failure.ts';
import type { Connection } from './connection.ts';
import type { Limits } from './limits.ts';

/** The connections of this instance, by person, within their limits. */
export const registry = (limits: Limits) => {
  const connections = new Set<Connection>();
  const people = new Map<number, Set<Connection>>();
  const owners = new Map<Connection, number>();
  const networks = new Map<string, number>();
  let reserved = 0;

  /** Counts a connection of a network in; the answer counts it out again, once. */
  const reserve = (network: string): (() => void) => {
    const held = networks.get(network) ?? 0;
    if (reserved >= limits.connections) throw new Failure('unavailable', { retryAfter: 5 });
    if (held >= limits.connectionsPerNetwork) throw new Failure('rate_limited', { retryAfter: 30 });
    reserved++;
    networks.set(network, held + 1);
    return () => {
      reserved--;
      const left = (networks.get(network) ?? 1) - 1;
      if (left > 0) networks.set(network, left);
      else networks.delete(network);
    };
  };

  const enter = (one: Connection, userId: number): boolean => {
    const own = people.get(userId) ?? new Set();
    if (own.size >= limits.connectionsPerPerson) return false;
    people.set(userId, own.add(one));
    owners.set(one, userId);
    return true;
  };

  const remove = (one: Connection): void => {
    connections.delete(one);
    const userId = owners.get(one);
    if (userId === undefined) return;
    owners.delete(one);
    const own = people.get(userId);
    own?.delete(one);
    if (own?.size === 0) people.delete(userId);
  };

  return {
    reserve,
    enter,
    remove,
    add: (one: Connection) => void connections.add(one),
    of: (userId: number): Iterable<Connection> => people.get(userId) ?? [],
    all: (): Connection[] => [...connections],
    size: (): number => connections.size,
  };
};

export type Registry = ReturnType<typeof registry>;
