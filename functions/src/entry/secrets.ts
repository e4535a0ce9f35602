import { isEmulated } from '../platform/config.ts';

const names = [
  'UPSTASH_REDIS_REST_TOKEN',
  'TOKEN_KEYS',
  'PASSWORD_PEPPERS',
  'FIELD_KEYS',
  'PAYLOAD_KEYS',
  'SMTP_URL',
  'GOOGLE_CLIENT_SECRET',
  'STORAGE_KEY_SECRET',
  'METRICS_TOKEN',
];

/** Secrets to bind at deployment; the local stack hands the same names over as plain variables. */
export const secretNames = (): string[] => (isEmulated() ? [] : names);
