import { loopback } from './part.ts';
import { databaseUrl } from './postgres.ts';
import type { Secrets } from './secrets.ts';
import type { StackPorts } from './stack.ts';
import { storageBucket, storageKeyId } from './storage.ts';

export const project = 'demo-pm-bot';

/** What functions, tests and benches need to know to use the pieces. */
export const environment = (
  ports: StackPorts,
  secrets: Secrets,
  gatewayUrl = `http://${loopback}:5000`,
): Record<string, string> => ({
  ...secrets,
  PMBOT_ENV: 'local',
  GCLOUD_PROJECT: project,
  DATABASE_URL: databaseUrl(ports.postgres),
  UPSTASH_REDIS_REST_URL: `http://${loopback}:${ports.redisRest}`,
  STORAGE_ORIGIN: `http://${loopback}:${ports.storage}`,
  STORAGE_BUCKET: storageBucket,
  STORAGE_KEY_ID: storageKeyId,
  SMTP_URL: `smtp://${loopback}:${ports.smtp}`,
  MAIL_FROM: 'PM-Bot <no-reply@pm-bot.local>',
  PUBLIC_URL: gatewayUrl,
  ALLOWED_ORIGINS: gatewayUrl,
  TRUSTED_HOPS: process.env.TRUSTED_HOPS ?? '0',
  RATE_LIMIT_PER_MINUTE: process.env.RATE_LIMIT_PER_MINUTE ?? '100',
  FIRESTORE_EMULATOR_HOST: `${loopback}:${ports.firestore}`,
  PUBSUB_EMULATOR_HOST: `${loopback}:${ports.pubsub}`,
  // Without it Google's clients look for a metadata server, in vain and for seconds.
  METADATA_SERVER_DETECTION: 'none',
});
