import { fieldCipher } from '../../adapters/encryption/field-cipher.ts';
import { parseKeyRing } from '../../adapters/encryption/key-ring.ts';
import type { FieldCipher } from '../../domain/field-cipher.ts';
import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';
import { database, redis } from './connections.ts';

/** What every service needs to tell who calls. */
export const accessTokens = once(async () => {
  const [tokens, { parseSigningKeys }] = await Promise.all([
    import('../../adapters/tokens/access-tokens.ts'),
    import('../../adapters/tokens/signing-keys.ts'),
  ]);
  const { TOKEN_KEYS, PUBLIC_URL } = config();
  return tokens.accessTokens(parseSigningKeys(TOKEN_KEYS), PUBLIC_URL);
});

let shared: FieldCipher | undefined;

export const cipher = (): FieldCipher => {
  shared ??= fieldCipher(parseKeyRing('FIELD_KEYS', config().FIELD_KEYS));
  return shared;
};

export const endedSessions = once(async () => {
  const [list, { sessionRepository }] = await Promise.all([
    import('../../adapters/tokens/ended-sessions.ts'),
    import('../../data/sessions.ts'),
  ]);
  const sessions = sessionRepository(await database(), cipher());
  return list.endedSessions({
    redis,
    isLive: async ({ userId, sessionId }) =>
      (await sessions.proofOf(userId, sessionId)) !== undefined,
    recentlyEnded: () => sessions.endedWithin(list.longestTokenMinutes),
  });
});
