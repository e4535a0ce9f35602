import { contextWords, passwordFault } from '../../domain/password-policy.ts';
import { refusal } from '../refusal.ts';
import { wording } from './auth-wording.ts';

export type PasswordRules = {
  /** True when the password is among those that are tried first: common, leaked, or a plain pattern. */
  isGuessable(password: string, context: string[]): Promise<boolean>;
  /** True when a list of breached passwords is at hand and has it. */
  isBreached(password: string): Promise<boolean>;
};

/** Fails with the reason when a new password breaks the rules. `about` is what others know of the person. */
export const requireGoodPassword = async (
  rules: PasswordRules,
  password: string,
  about: string[],
): Promise<void> => {
  const fault = passwordFault(password, about) ?? (await knownFault(rules, password, about));
  if (!fault) return;
  throw refusal('password', wording.password[fault]);
};

const knownFault = async (rules: PasswordRules, password: string, about: string[]) => {
  const [guessable, breached] = await Promise.all([
    rules.isGuessable(password, contextWords(about)),
    rules.isBreached(password),
  ]);
  if (guessable) return 'common';
  return breached ? 'breached' : undefined;
};
