import { z } from 'zod';
import { instant } from '../fields.ts';

export const addressRule = z
  .object({
    id: z.int(),
    effect: z.enum(['allow', 'deny']),
    range: z.string(),
    note: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'AddressRule' });

export type AddressRuleView = z.input<typeof addressRule>;
