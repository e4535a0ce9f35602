import { z } from 'zod';
import { roles } from '../../domain/permission.ts';
import { id, instant } from '../fields.ts';

export const member = z
  .object({
    projectId: id,
    userId: id,
    fullName: z.string(),
    email: z.string(),
    avatarUrl: z.string().nullable(),
    role: z.enum(roles),
    joinedAt: instant,
  })
  .meta({ id: 'Member' });

/** Roles that can be handed out; ownership is transferred instead. */
export const grantableRole = z.enum(['viewer', 'member', 'manager']);
