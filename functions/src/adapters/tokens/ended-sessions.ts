import type { Redis } from '@upstash/redis';
import type { SessionProof } from '../../domain/session.ts';

type Store = {
  redis(): Promise<Redis>;
  /** PostgreSQL's answer, the truth behind the copy in Redis. */
  isLive(proof: SessionProof): Promise<boolean>;
  recentlyEnded(): Promise<string[]>;
};

/** Firebase ID tokens live for an hour; no token outlives this. */
export const longestTokenMinutes = 65;
/** Stands as long as Redis has kept its data: without it, the list must be filled again. */
const marker = 'session-ended:complete';

/** Sessions that ended while tokens of theirs may still be valid: asked on every request. */
export const endedSessions = ({ redis, isLive, recentlyEnded }: Store) => {
  const remember = async (ids: string[]): Promise<void> => {
    if (ids.length === 0) return;
    const pipeline = (await redis()).pipeline();
    for (const id of ids) pipeline.set(keyOf(id), 1, { ex: longestTokenMinutes * 60 });
    await pipeline.exec();
  };

  const lookUp = async (sessionId: string): Promise<boolean> => {
    const store = await redis();
    const [ended, complete] = await store.mget<[unknown, unknown]>(keyOf(sessionId), marker);
    if (complete !== null || ended !== null) return ended !== null;
    const ids = await recentlyEnded();
    await remember(ids);
    await store.set(marker, 1);
    return ids.includes(sessionId);
  };

  return {
    remember,
    has: async (proof: SessionProof): Promise<boolean> => {
      try {
        return await lookUp(proof.sessionId);
      } catch {
        return !(await isLive(proof));
      }
    },
  };
};

const keyOf = (sessionId: string): string => `session-ended:${sessionId}`;
