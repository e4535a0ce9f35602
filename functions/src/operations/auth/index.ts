import type { AnyOperation } from '../../platform/operation.ts';
import { addAddressRule } from './add-address-rule.ts';
import { beginGoogle } from './begin-google.ts';
import { changePassword } from './change-password.ts';
import { completeGoogle } from './complete-google.ts';
import { confirmEmailChange } from './confirm-email-change.ts';
import { confirmTotp } from './confirm-totp.ts';
import { connectGoogle } from './connect-google.ts';
import { decideConsent } from './decide-consent.ts';
import { deleteMe } from './delete-me.ts';
import { disableTotp } from './disable-totp.ts';
import { disconnectGoogle } from './disconnect-google.ts';
import { downloadExport } from './download-export.ts';
import { endOtherSessions } from './end-other-sessions.ts';
import { endSession } from './end-session.ts';
import { enrolTotp } from './enrol-totp.ts';
import { forgotPassword } from './forgot-password.ts';
import { getMe } from './get-me.ts';
import { getPublicKeys } from './get-public-keys.ts';
import { listAddressRules } from './list-address-rules.ts';
import { listAllSecurityEvents } from './list-all-security-events.ts';
import { listConsents } from './list-consents.ts';
import { listFailedMails } from './list-failed-mails.ts';
import { listSecurityEvents } from './list-security-events.ts';
import { listSessions } from './list-sessions.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { logoutEverywhere } from './logout-everywhere.ts';
import { reauthenticate } from './reauthenticate.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';
import { removeAddressRule } from './remove-address-rule.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';
import { requestEmailChange } from './request-email-change.ts';
import { requestExport } from './request-export.ts';
import { resendVerification } from './resend-verification.ts';
import { resetPassword } from './reset-password.ts';
import { returnFromGoogle } from './return-from-google.ts';
import { sendFailedMails } from './send-failed-mails.ts';
import { setAccountStatus } from './set-account-status.ts';
import { signInWithGoogleToken } from './sign-in-with-google-token.ts';
import { undoEmailChange } from './undo-email-change.ts';
import { updateMe } from './update-me.ts';
import { verifyEmail } from './verify-email.ts';
import { verifySecondFactor } from './verify-second-factor.ts';

/** Everything that the sign-in service does. */
export const authOperations = [
  register,
  verifyEmail,
  resendVerification,
  login,
  verifySecondFactor,
  beginGoogle,
  returnFromGoogle,
  completeGoogle,
  signInWithGoogleToken,
  connectGoogle,
  disconnectGoogle,
  refresh,
  logout,
  logoutEverywhere,
  forgotPassword,
  resetPassword,
  changePassword,
  reauthenticate,
  getMe,
  updateMe,
  deleteMe,
  requestEmailChange,
  confirmEmailChange,
  undoEmailChange,
  listSessions,
  endSession,
  endOtherSessions,
  enrolTotp,
  confirmTotp,
  disableTotp,
  renewRecoveryCodes,
  listSecurityEvents,
  listAllSecurityEvents,
  setAccountStatus,
  listFailedMails,
  sendFailedMails,
  listAddressRules,
  addAddressRule,
  removeAddressRule,
  requestExport,
  downloadExport,
  listConsents,
  decideConsent,
  getPublicKeys,
] as const satisfies readonly AnyOperation[];
