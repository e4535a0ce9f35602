import { attemptBudget } from '../../adapters/attempts/attempt-budget.ts';
import { parseKeyRing } from '../../adapters/encryption/key-ring.ts';
import { mintCustomToken } from '../../adapters/firebase/custom-tokens.ts';
import { googleSignIn } from '../../adapters/google/google-sign-in.ts';
import { pendingSignIns } from '../../adapters/google/pending-sign-ins.ts';
import { breachedPasswords } from '../../adapters/passwords/breached-passwords.ts';
import { passwordHasher } from '../../adapters/passwords/password-hasher.ts';
import { passwordStrength } from '../../adapters/passwords/password-strength.ts';
import { placeTable } from '../../adapters/places/places.ts';
import { digestOf, randomToken, recoveryCode } from '../../adapters/tokens/random-tokens.ts';
import { totp } from '../../adapters/totp/totp.ts';
import { addressRuleRepository } from '../../data/address-rules.ts';
import { authMethodRepository } from '../../data/auth-methods.ts';
import { consentRepository } from '../../data/consents.ts';
import type { Database } from '../../data/database.ts';
import { exportRepository } from '../../data/exports.ts';
import { failedMailRepository } from '../../data/failed-mails.ts';
import { knownDeviceRepository } from '../../data/known-devices.ts';
import { oneTimeTokenRepository } from '../../data/one-time-tokens.ts';
import { personalDataRepository } from '../../data/personal-data.ts';
import { refreshTokenRepository } from '../../data/refresh-tokens.ts';
import { challengeRepository, secondFactorRepository } from '../../data/second-factors.ts';
import { securityEventRepository } from '../../data/security-events.ts';
import { sessionRepository } from '../../data/sessions.ts';
import { signInRepository } from '../../data/sign-ins.ts';
import { summaryRepository } from '../../data/summaries.ts';
import { userRepository } from '../../data/users.ts';
import type { NewSecurityEvent } from '../../domain/security-event.ts';
import { clientNetwork } from '../../platform/address.ts';
import { config } from '../../platform/config.ts';
import { log } from '../../platform/log.ts';
import type { Visitor } from '../../platform/operation.ts';
import { clock, redis } from './connections.ts';
import { payloads } from './payloads.ts';
import { accessTokens, cipher, endedSessions } from './tokens.ts';

/** What sign-in operations may ask for. */
export const authArea = (db: Database) => ({
  clock,
  users: userRepository(db),
  authMethods: authMethodRepository(db),
  sessions: sessionRepository(db, cipher()),
  signIns: loggedSignIns(db),
  refreshTokens: refreshTokenRepository(db),
  oneTimeTokens: oneTimeTokenRepository(db, cipher()),
  knownDevices: knownDeviceRepository(db),
  summaries: summaryRepository(db),
  secondFactors: secondFactorRepository(db, cipher()),
  challenges: challengeRepository(db),
  personalData: personalDataRepository(db, cipher()),
  addressRules: addressRuleRepository(db),
  consents: consentRepository(db),
  failedMails: failedMailRepository(db),
  exports: exportRepository(db),
  securityEvents: securityLog(db),
  ...shared(),
});

/** What does not depend on the transaction. */
const makeShared = () => ({
  attempts: attemptBudget(redis),
  passwords: passwordHasher(parseKeyRing('PASSWORD_PEPPERS', config().PASSWORD_PEPPERS)),
  passwordRules: {
    ...passwordStrength,
    isBreached: breachedPasswords(
      config().BREACHED_PASSWORDS_URL,
      config().BREACHED_PASSWORDS_WAIT_MS,
    ),
  },
  networkBudgets: networkBudgets(config().RATE_LIMIT_PER_MINUTE),
  accountKey: (email: string) => cipher().fingerprint('account', email).toString('base64url'),
  sealAddress: (email: string) => cipher().seal(queuedAddress, email),
  openAddress: (sealed: string) => cipher().open(queuedAddress, sealed),
  google: google(),
  pendingSignIns: pendingSignIns(redis, cipher),
  totp: totp(clock),
  placeOf: placeTable(config().PLACES_FILE),
  publicKeys: async () => {
    const [signing, encrypting] = await Promise.all([accessTokens(), payloads()]);
    return [...signing.publicKeys(), ...encrypting.publicKeys()];
  },
  endedSessions: {
    remember: async (ids: string[]) => (await endedSessions()).remember(ids),
  },
  tokens: {
    random: randomToken,
    recoveryCode,
    digest: digestOf,
    device: deviceOf,
    successorOf,
    signAccess: async (proof: Parameters<typeof mintCustomToken>[0]) =>
      (await accessTokens()).sign(proof),
    mintFirebase: mintCustomToken,
  },
});

let made: ReturnType<typeof makeShared> | undefined;

const shared = () => {
  made ??= makeShared();
  return made;
};

const google = () => {
  const settings = config();
  return googleSignIn({
    issuer: settings.GOOGLE_ISSUER,
    clientId: settings.GOOGLE_CLIENT_ID,
    clientSecret: settings.GOOGLE_CLIENT_SECRET,
    mobileClientIds: settings.GOOGLE_MOBILE_CLIENT_IDS,
    redirectUri: `${settings.PUBLIC_URL.replace(/\/$/, '')}/auth/oauth/google/callback`,
    insecure: settings.PMBOT_ENV !== 'production',
  });
};

const queuedAddress = 'outbox.address';

/** Events go to the table and, without personal details, to the log. */
const securityLog = (db: Database) => {
  const repository = securityEventRepository(db, cipher());
  return {
    ...repository,
    record: async (event: NewSecurityEvent): Promise<void> => {
      await repository.insert(event);
      print(event);
    },
  };
};

const loggedSignIns = (db: Database) => {
  const repository = signInRepository(db, cipher());
  const start: typeof repository.start = async (session, signIn) => {
    const others = await repository.start(session, signIn);
    for (const event of signIn.events) print(event);
    return others;
  };
  return { ...repository, start };
};

const print = ({ device: _device, ...event }: NewSecurityEvent): void =>
  log.info('security.event', { ...event, at: new Date().toISOString() });

/** A quarter of what a network may ask in a minute may be a failed sign-in in a quarter of an hour. */
const networkBudgets = (perMinute: number) => ({
  failedSignIns: Math.ceil(perMinute / 4),
  registrations: perMinute,
  mailRequests: perMinute,
});

/** Same network and same program: good enough to tell a usual place from a strange one. */
const deviceOf = ({ address, userAgent }: Visitor): Buffer =>
  cipher().fingerprint('device', `${clientNetwork(address)}\n${userAgent}`);

/**
 * The token that follows is computed, not drawn: a repeated request gets the same one again without
 * its ever being stored.
 */
const successorOf = (refreshToken: string): string =>
  cipher().fingerprint('refresh', refreshToken).toString('base64url');
