/** Protects single values at rest. The context names their place, so a value moved elsewhere fails. */
export type FieldCipher = {
  seal(context: string, plain: string): string;
  /** Throws when the value was changed, or sealed for another place. */
  open(context: string, sealed: string): string;
  /** Sealed under the current key. */
  isCurrent(sealed: string): boolean;
  /** Keyed digest of a value that is only ever compared. */
  fingerprint(context: string, plain: string): Buffer;
  /** The same under every key that is still known, the current one first: what was stored before is found. */
  fingerprints(context: string, plain: string): Buffer[];
};
