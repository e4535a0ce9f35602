import { z } from 'zod';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import { defineOperation } from '../operation.ts';
import { profile } from './auth-fields.ts';

type Deps = { users: { find(id: number): Promise<User | undefined> } };

export const getMe = defineOperation({
  name: 'auth/getMe',
  summary: 'The account of the caller',
  route: 'GET /auth/me',
  access: 'user',
  input: z.strictObject({}),
  output: profile,
  run: async ({ users }: Deps, caller) => {
    const user = await users.find(caller.userId);
    if (!user) throw new Failure('unauthenticated');
    return user;
  },
});
