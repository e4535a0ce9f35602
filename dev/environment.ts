import { loopback } from './part.ts';
import type { Secrets } from './secrets.ts';
import type { Services } from './stack.ts';

export const project = 'demo-pm-bot';

/** What functions, tests and benches need to know to use the pieces. */
export const environment = (
  services: Services,
  secrets: Secrets,
  gatewayUrl = `http://${loopback}:5000`,
): Record<string, string> => ({
  ...secrets,
  PMBOT_ENV: 'local',
  GCLOUD_PROJECT: project,
  DATABASE_URL: services.postgres.url,
  UPSTASH_REDIS_REST_URL: services.bridge.url,
  SMTP_URL: services.mail.smtpUrl,
  MAIL_FROM: 'PM-Bot <no-reply@pm-bot.local>',
  PUBLIC_URL: gatewayUrl,
  ALLOWED_ORIGINS: gatewayUrl,
  TRUSTED_HOPS: process.env.TRUSTED_HOPS ?? '0',
  RATE_LIMIT_PER_MINUTE: process.env.RATE_LIMIT_PER_MINUTE ?? '100',
  FIRESTORE_EMULATOR_HOST: services.firestore.url,
  PUBSUB_EMULATOR_HOST: services.pubsub.url,
  // Without it Google's clients look for a metadata server, in vain and for seconds.
  METADATA_SERVER_DETECTION: 'none',
});
