import { isVisible } from './written-text.ts';

/** What a browser's way to Google and back is checked against. */
export type GoogleChecks = { state: string; nonce: string; verifier: string };

/** Who a Google account belongs to, as its ID token says. */
export type GoogleIdentity = {
  issuer: string;
  subject: string;
  email: string | undefined;
  /** Google speaks for this mailbox: a Gmail address, or one of a Workspace domain that it hosts. */
  ownsMailbox: boolean;
  name: string;
};

/** What of a verified ID token counts. Anything but a true `email_verified` means no. */
export const googleIdentity = (
  issuer: string,
  subject: string,
  claims: Record<string, unknown>,
): GoogleIdentity => {
  const email =
    typeof claims['email'] === 'string' ? claims['email'].trim().toLowerCase() : undefined;
  return {
    issuer,
    subject,
    email,
    ownsMailbox: claims['email_verified'] === true && isAuthoritative(email, claims['hd']),
    name: nameOf(claims['name'], email),
  };
};

const isAuthoritative = (email: string | undefined, hostedDomain: unknown): boolean => {
  const domain = email?.split('@')[1];
  return domain !== undefined && (domain === 'gmail.com' || domain === hostedDomain);
};

/** Names come from outside: only what a person's name may hold gets in. */
const nameOf = (name: unknown, email: string | undefined): string => {
  const plain = typeof name === 'string' ? name.replaceAll(/[^\p{L}\p{M}\p{N} .'’·()-]/gu, '') : '';
  const short = plain.trim().slice(0, 255);
  return isVisible(short) ? short : (email?.split('@')[0] ?? 'PM-Bot');
};
