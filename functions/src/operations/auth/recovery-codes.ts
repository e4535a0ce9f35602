import { z } from 'zod';

export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

export type RecoveryCodesDeps = {
  tokens: { recoveryCode(): string; digest(token: string): Buffer };
  secondFactors: { replaceRecoveryCodes(userId: number, digests: Buffer[]): Promise<void> };
};

const howMany = 10;

/** Draws a new set; the old one is dead. The codes are shown now and never again. */
export const replaceRecoveryCodes = async (
  { tokens, secondFactors }: RecoveryCodesDeps,
  userId: number,
): Promise<string[]> => {
  const codes = Array.from({ length: howMany }, () => tokens.recoveryCode());
  await secondFactors.replaceRecoveryCodes(
    userId,
    codes.map(code => tokens.digest(code.replaceAll('-', ''))),
  );
  return codes;
};
