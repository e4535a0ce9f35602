import { z } from 'zod';
import { invitationStates } from '../../domain/invitation.ts';
import { id, instant } from '../fields.ts';
import { grantableRole } from '../members/member-schema.ts';

const shape = {
  id,
  projectId: id,
  email: z.string(),
  role: grantableRole,
  state: z.enum(invitationStates),
  inviterId: id.nullable(),
  inviterName: z.string().nullable(),
  requestedAt: instant,
  expiresAt: instant,
  createdAt: instant,
};

export const invitation = z.object(shape).meta({ id: 'Invitation' });

/** As its addressee sees it. */
export const ownInvitation = z
  .object({
    id,
    projectId: id,
    projectName: z.string(),
    role: grantableRole,
    inviterName: z.string().nullable(),
    expiresAt: instant,
  })
  .meta({ id: 'OwnInvitation' });

/** 256 bits, base64url. */
export const invitationToken = z.string().regex(/^[\w-]{43}$/);
