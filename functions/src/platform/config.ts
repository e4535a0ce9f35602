import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform(text =>
    text
      .split(',')
      .map(part => part.trim())
      .filter(Boolean),
  );

const environment = z.object({
  PMBOT_ENV: z.enum(['local', 'test', 'production']).default('production'),
  GCLOUD_PROJECT: z.string().min(1),
  PUBLIC_URL: z.url(),
  ALLOWED_ORIGINS: list,
  DATABASE_URL: z.string().optional(),
  INSTANCE_CONNECTION_NAME: z.string().optional(),
  DB_USER: z.string().optional(),
  DB_NAME: z.string().optional(),
  DB_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(5),
  UPSTASH_REDIS_REST_URL: z.url(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default('PM-Bot <no-reply@pm-bot.example>'),
  TOKEN_KEYS: z.string().optional(),
  PASSWORD_PEPPERS: z.string().optional(),
  FIELD_KEYS: z.string().optional(),
  /** Private keys of clients that encrypt their payloads; without them none may. */
  PAYLOAD_KEYS: z.string().optional(),
  /** Opens /metrics to whoever sends it; a short one, such as `off`, opens it to nobody. */
  METRICS_TOKEN: z.string().default('off'),
  STORAGE_ORIGIN: z.url().default('https://storage.googleapis.com'),
  STORAGE_BUCKET: z.string().optional(),
  STORAGE_KEY_ID: z.string().optional(),
  STORAGE_KEY_SECRET: z.string().optional(),
  GOOGLE_ISSUER: z.url().default('https://accounts.google.com'),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  /** Client ids of our phone applications, whose ID tokens count as well. */
  GOOGLE_MOBILE_CLIENT_IDS: list,
  /** Service with the range protocol of Pwned Passwords, such as https://api.pwnedpasswords.com. */
  BREACHED_PASSWORDS_URL: z.url().optional(),
  /** Longest that choosing a password waits for its answer, in milliseconds. */
  BREACHED_PASSWORDS_WAIT_MS: z.coerce.number().int().min(1).max(60_000).default(300),
  /** JSON table of address ranges and where they are; without it travel is not judged. */
  PLACES_FILE: z.string().optional(),
  TRUSTED_HOPS: z.coerce.number().int().min(0).max(10).default(1),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(100),
});

export type Config = z.output<typeof environment>;

let parsed: Config | undefined;

/** Reads the environment once, when first asked. Names the variables that are missing or wrong. */
export const config = (): Config => {
  if (parsed) return parsed;
  const result = environment.safeParse(process.env);
  if (!result.success) {
    const names = result.error.issues.map(issue => issue.path.join('.')).join(', ');
    throw new Error(`Configuration is incomplete or wrong: ${names}`);
  }
  parsed = result.data;
  return parsed;
};

const listener = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('0.0.0.0'),
});

/**
 * Where a server of our own listens; Cloud Run sets the port. Not part of the rest: for functions PORT is
 * the platform's affair, and the emulator puts a path there.
 */
export const listenerConfig = (): z.output<typeof listener> => listener.parse(process.env);

/** Whether this process serves requests rather than events; known before the configuration is complete. */
export const servesRequests = (): boolean => process.env['FUNCTION_SIGNATURE_TYPE'] === 'http';

/** Whether the framework may go on wrapping requests in domains (see decision 7). */
export const keepsDomains = (): boolean => process.env['KEEP_DOMAINS'] === 'true';

/** Whether the functions emulator runs us. */
export const isEmulated = (): boolean => process.env['FUNCTIONS_EMULATOR'] === 'true';

/** The Auth emulator's tokens carry no signature: believed only where it runs, and never in production. */
export const trustsAuthEmulator = (): boolean =>
  config().PMBOT_ENV !== 'production' && process.env['FIREBASE_AUTH_EMULATOR_HOST'] !== undefined;
