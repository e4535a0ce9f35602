import { z } from 'zod';
import { consentPurposes } from '../../domain/consent.ts';
import { instant } from '../fields.ts';

export const consentFields = {
  purpose: z.enum(consentPurposes),
  policyVersion: z.string().regex(/^[\w.-]{1,40}$/),
  granted: z.boolean(),
};

export const consent = z.object({ ...consentFields, decidedAt: instant });

export type ConsentView = z.input<typeof consent>;
