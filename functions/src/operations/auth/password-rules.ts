import { contextWords, passwordFault } from '../../domain/password-policy.ts';
import { refusal } from '../refusal.ts';
import { wording } from './auth-wording.ts';

export type PasswordRules = {
  /** True when the password is among those that are tried first: common, leaked, or a plain pattern. */
  isGuessable(password: string, context: string[]): Promise<boolean>;
};

/** Fails with the reason when a new password breaks the rules. `about` is what others know of the person. */
export const requireGoodPassword = async (
  rules: PasswordRules,
  password: string,
  about: string[],
): Promise<void> => {
  const fault =
    passwordFault(password, about) ??
    ((await rules.isGuessable(password, contextWords(about))) ? 'common' : undefined);
  if (!fault) return;
  throw refusal('password', wording.password[fault]);
};
