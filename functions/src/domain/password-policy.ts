/** Fifteen while the password may be the only factor (NIST SP 800-63B-4 §3.1.1.2). */
export const shortestPassword = 15;

export type PasswordFault = 'too_short' | 'contextual' | 'common' | 'breached';

const productWords = ['pm-bot', 'pmbot', 'pm bot'];
/** Shorter parts of names and addresses occur in honest phrases. */
const shortestTelling = 4;

/** What others know of a person and of us, in the pieces that people build passwords from. */
export const contextWords = (about: string[]): string[] => [
  ...productWords,
  ...about.flatMap(text => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter(Boolean),
];

/** What can be said of a password by looking at it alone. */
export const passwordFault = (password: string, about: string[]): PasswordFault | undefined => {
  if (Array.from(password).length < shortestPassword) return 'too_short';
  return mostlyContext(password, about) ? 'contextual' : undefined;
};

/** Without the known words too little is left to guess. */
const mostlyContext = (password: string, about: string[]): boolean => {
  const known = contextWords(about)
    .map(word => word.toLowerCase())
    .filter(word => word.length >= shortestTelling)
    .toSorted((a, b) => b.length - a.length);
  let rest = password.toLowerCase();
  for (const word of known) rest = rest.replaceAll(word, '');
  const letters = rest.replaceAll(/[^\p{L}]/gu, '');
  return rest.length < password.length && letters.length < shortestTelling * 2;
};
