import type { GoogleChecks, GoogleIdentity } from '../../domain/google-identity.ts';

export type Google = {
  begin(): Promise<{ url: string; checks: GoogleChecks }>;
  complete(answer: Record<string, string>, checks: GoogleChecks): Promise<GoogleIdentity>;
  verifyIdToken(idToken: string): Promise<GoogleIdentity>;
};

export type PendingSignIns = {
  put(key: string, value: Record<string, string>): Promise<void>;
  take(key: string): Promise<Record<string, string> | undefined>;
};
