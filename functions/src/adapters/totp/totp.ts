import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
/** Steps before and after now whose codes pass: clocks of phones drift (RFC 6238 §5.2). */
const drift = 1;
const secretBytes = 20;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds), by the server's clock. */
export const totp = (clock: () => Date) => ({
  newSecret: (): string => base32(randomBytes(secretBytes)),

  /** The time step that a code belongs to; none when it belongs to no step near now. */
  stepOf: (secret: string, code: string): number | undefined => {
    const now = Math.floor(clock().getTime() / 1000 / stepSeconds);
    const key = fromBase32(secret);
    const steps = Array.from({ length: 2 * drift + 1 }, (_, index) => now - drift + index);
    return steps.find(step => equal(codeAt(key, step), code));
  },

  uriOf: (secret: string, account: string): string =>
    `otpauth://totp/PM-Bot:${encodeURIComponent(account)}?secret=${secret}&issuer=PM-Bot`,

  qrOf: async (uri: string): Promise<string> => {
    const [{ generate }, { toSvgSource }] = await Promise.all([
      import('lean-qr'),
      import('lean-qr/extras/svg'),
    ]);
    return toSvgSource(generate(uri), { xmlDeclaration: false });
  },
});

/** The code of one step (RFC 4226 §5.3). */
export const codeAt = (key: Buffer, step: number, length = digits): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** length;
  return String(number).padStart(length, '0');
};

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const base32 = (bytes: Buffer): string => {
  const bits = Array.from(bytes, byte => byte.toString(2).padStart(8, '0')).join('');
  return bits.replaceAll(/.{5}/g, five => alphabet[Number.parseInt(five, 2)] ?? '');
};

export const fromBase32 = (text: string): Buffer => {
  const bits = Array.from(text, letter => alphabet.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map(byte => Number.parseInt(byte, 2)));
};
