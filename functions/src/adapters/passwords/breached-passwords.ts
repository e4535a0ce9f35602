import { createHash } from 'node:crypto';
import { log } from '../../platform/log.ts';

/** After a failure nobody is asked for so long: choosing a password must not be slow for everybody. */
const restMs = 30_000;
const longestAnswer = 500_000;

/**
 * Asks a service with the range protocol of Pwned Passwords whether a password is known from breaches. It
 * learns the first 20 bits of a SHA-1, which hundreds of leaked passwords share. No answer within `waitMs`
 * counts as no.
 */
export const breachedPasswords = (url: string | undefined, waitMs: number) => {
  let restsUntil = 0;
  return async (password: string): Promise<boolean> => {
    if (url === undefined || Date.now() < restsUntil) return false;
    const digest = createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase();
    try {
      return isListed(await ask(url, digest.slice(0, 5), waitMs), digest.slice(5));
    } catch (error) {
      restsUntil = Date.now() + restMs;
      log.error('passwords.breaches_unasked', error);
      return false;
    }
  };
};

const ask = async (url: string, prefix: string, waitMs: number): Promise<string> => {
  const response = await fetch(`${url.replace(/\/$/, '')}/range/${prefix}`, {
    // Padding hides from onlookers how many entries the range has.
    headers: { 'add-padding': 'true', 'user-agent': 'PM-Bot' },
    signal: AbortSignal.timeout(waitMs),
    redirect: 'error',
  });
  if (!response.ok) throw new Error(`Answered ${response.status}`);
  const text = await response.text();
  if (text.length > longestAnswer) throw new Error('Answered too much');
  return text;
};

/** Lines are `SUFFIX:COUNT`; those that only pad count zero. */
const isListed = (answer: string, suffix: string): boolean =>
  answer.split(/\r?\n/).some(line => {
    const [known, count] = line.split(':');
    return known?.toUpperCase() === suffix && Number(count) > 0;
  });
