import { z } from 'zod';
import { allPreferences, type Preferences } from '../../domain/notification-preferences.ts';
import type { User } from '../../domain/user.ts';
import { Failure } from '../../platform/failure.ts';
import { defineOperation } from '../operation.ts';
import { account } from './auth-fields.ts';

type Deps = {
  users: {
    find(id: number): Promise<User | undefined>;
    preferences(id: number): Promise<Preferences>;
  };
};

export const getMe = defineOperation({
  name: 'auth/getMe',
  summary: 'The account of the caller',
  route: 'GET /auth/me',
  access: 'user',
  input: z.strictObject({}),
  output: account,
  run: async ({ users }: Deps, caller) => {
    const { userId } = caller;
    const [user, chosen] = await Promise.all([users.find(userId), users.preferences(userId)]);
    if (!user) throw new Failure('unauthenticated');
    return { ...user, notificationPreferences: allPreferences(chosen) };
  },
});
