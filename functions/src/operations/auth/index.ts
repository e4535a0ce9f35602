import type { AnyOperation } from '../../platform/operation.ts';
import { forgotPassword } from './forgot-password.ts';
import { getMe } from './get-me.ts';
import { getPublicKeys } from './get-public-keys.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { resendVerification } from './resend-verification.ts';
import { verifyEmail } from './verify-email.ts';

/** Everything that the sign-in service does. */
export const authOperations: AnyOperation[] = [
  register,
  verifyEmail,
  resendVerification,
  login,
  refresh,
  logout,
  forgotPassword,
  getMe,
  getPublicKeys,
];
