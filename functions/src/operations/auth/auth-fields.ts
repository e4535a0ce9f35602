import { z } from 'zod';
import { invisible } from '../../domain/written-text.ts';
import { inBothLanguages } from '../../platform/operation.ts';
import { instant } from '../fields.ts';
import { preferences } from '../notifications/preference-schema.ts';
import { wording } from './auth-wording.ts';

/** Longest password: far beyond any phrase, far below what would make hashing it a burden. */
const longestPassword = 256;

export const password = z
  .string()
  .min(1)
  .max(longestPassword)
  .meta({ format: 'password', examples: ['catorce patos cruzan el lago'] });
export const oneTimeToken = z.string().regex(/^[\w-]{20,100}$/);

/** Six digits of an authenticator, or a recovery code with or without its hyphens. */
export const secondFactorCode = z
  .string()
  .regex(/^(?:\d{6}|[\dA-HJKMNP-TV-Za-hjkmnp-tv-z-]{26,30})$/)
  .meta({ examples: ['123456'] });

// Among letters and marks there are some that show nothing: a name is not made of those alone.
const namePattern = new RegExp(
  `^(?![ ${invisible}]*$) *[\\p{L}\\p{M}\\p{N}.'’·()-][\\p{L}\\p{M}\\p{N} .'’·()-]*$`,
  'u',
);

/** Names as people write them; nothing that could act as a mail header, an address or a link. */
export const personName = z
  .string()
  .regex(namePattern, { error: inBothLanguages(wording.badName) })
  .max(255)
  .trim()
  .meta({ examples: ['Ana Torres'] });

export const locale = z.enum(['es', 'en']);

export const profile = z.object({
  id: z.int(),
  email: z.string(),
  fullName: z.string(),
  avatarUrl: z.string().nullable(),
  emailVerified: z.boolean(),
  status: z.enum(['pending_verification', 'active', 'disabled', 'erased']),
  timezone: z.string(),
  locale,
  createdAt: instant,
});

/** The same as its owner sees it, with what they want to hear of. */
export const account = profile.extend({ notificationPreferences: preferences });

export const signedIn = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  tokenType: z.literal('Bearer'),
  expiresIn: z.int(),
  firebaseToken: z.string(),
  user: profile,
});

export const accepted = z.object({ status: z.literal('accepted') });
