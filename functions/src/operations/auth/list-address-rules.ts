import { z } from 'zod';
import { defineOperation } from '../operation.ts';
import { type AddressRuleView, addressRule } from './address-rule-schema.ts';
import { type AdminDeps, requireAdmin } from './require-admin.ts';

type Deps = AdminDeps & { addressRules: { list(): Promise<AddressRuleView[]> } };

export const listAddressRules = defineOperation({
  name: 'auth/listAddressRules',
  summary: 'The allowed and denied addresses; for administrators',
  route: 'GET /auth/admin/address-rules',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ items: z.array(addressRule) }),
  failures: ['forbidden'],
  run: async (deps: Deps, caller) => {
    await requireAdmin(deps, caller);
    return { items: await deps.addressRules.list() };
  },
});
