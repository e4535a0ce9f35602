import { firebaseAuth } from './custom-tokens.ts';

/** Firebase's own record of a person, which signing in with a custom token creates. */
export const firebaseUsers = {
  /** Also ends every Firebase login of theirs. Succeeds when there is none. */
  removeUser: async (userId: number): Promise<void> => {
    const { errors } = await (await firebaseAuth()).deleteUsers([String(userId)]);
    const [failure] = errors;
    if (failure) throw failure.error;
  },
};
