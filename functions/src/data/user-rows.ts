import { sql } from 'kysely';
import { normalEmail } from '../domain/user.ts';
import type { Database } from './database.ts';

export const userColumns = [
  'users.id',
  'users.email',
  'users.full_name as fullName',
  'users.avatar_url as avatarUrl',
  'users.email_verified as emailVerified',
  'users.status',
  'users.timezone',
  'users.locale',
  'users.created_at as createdAt',
] as const;

export const byEmail = (db: Database, email: string) =>
  db.selectFrom('users').where(sql<string>`lower(users.email)`, '=', normalEmail(email));
