import type { Person, PersonValue } from '../model.ts';
import { givenNames } from './given-names.ts';
import { fillers, thingOf } from './lexicon.ts';
import { nicknames } from './nicknames.ts';
import { read } from './reader.ts';
import { distance } from './spelling.ts';
import { fold, formAt, type Token } from './text.ts';

export type FoundPerson = { start: number; end: number; value: PersonValue };
export type Team = { people: readonly Person[]; me: number };

type Names = { full: string; parts: string[] };

// A project's people are read again for every word; folding their names once is enough.
const known = new WeakMap<Person, Names>();

const namesIn = (person: Person): Names => {
  const before = known.get(person);
  if (before) return before;
  const full = fold(person.fullName);
  const names = { full, parts: full.split(/\s+/).filter(Boolean) };
  known.set(person, names);
  return names;
};

const namesOf = (person: Person): string[] => namesIn(person).parts;

const bearsPetName = (person: Person, word: string): boolean => {
  const pets = nicknames.get(word);
  if (!pets) return false;
  const { full } = namesIn(person);
  return pets.some(name => full === name || full.startsWith(`${name} `));
};

const bears = (person: Person, word: string): boolean =>
  namesOf(person).includes(word) || bearsPetName(person, word);

/** First names count before surnames: "Martín" is Martín Ruiz rather than Ana Martín. */
const preferFirstNames = (people: Person[], word: string): Person[] => {
  const first = people.filter(p => namesOf(p)[0] === word);
  return first.length > 0 ? first : people;
};

const narrowed = (people: Person[], token: Token | undefined): Person[] => {
  if (token?.kind !== 'word') return [];
  if (token.form.length === 1 && token.text !== token.form)
    return people.filter(p =>
      namesOf(p)
        .slice(1)
        .some(name => name.startsWith(token.form)),
    );
  return people.filter(p => namesOf(p).slice(1).includes(token.form));
};

const extend = (people: Person[], tokens: readonly Token[], at: number) => {
  let group = people;
  let end = at + 1;
  for (;;) {
    const skip = ['de', 'del', 'la'].includes(tokens[end]?.form ?? '') ? 1 : 0;
    const fewer = narrowed(group, tokens[end + skip]);
    if (fewer.length === 0 || fillers.has(tokens[end + skip]?.form ?? '')) return { group, end };
    group = fewer;
    end += skip + 1;
  }
};

const valueOf = (group: Person[]): PersonValue => {
  const [only] = group;
  if (only && group.length === 1) return { userId: only.userId, fullName: only.fullName };
  return { candidates: group.map(({ userId, fullName }) => ({ userId, fullName })) };
};

/** A member named exactly, by first name, surname, full name or pet name. */
export const memberAt = (tokens: readonly Token[], at: number, team: Team) => {
  const token = tokens[at];
  if (token?.kind !== 'word' || fillers.has(token.form)) return undefined;
  const bearers = team.people.filter(person => bears(person, token.form));
  if (bearers.length === 0) return undefined;
  const { group, end } = extend(bearers, tokens, at);
  const chosen = end === at + 1 ? preferFirstNames(group, token.form) : group;
  return { start: at, end, value: valueOf(chosen) } satisfies FoundPerson;
};

/** A member whose name was mistyped by a letter or two; the first letter is nearly always right. */
const misspeltAt = (tokens: readonly Token[], at: number, team: Team): FoundPerson | undefined => {
  const word = tokens[at]?.form ?? '';
  const slips = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
  // "Marta" is somebody else than María, not a slip of the finger.
  if (!slips || tokens[at]?.kind !== 'word' || givenNames.has(word)) return undefined;
  const close = (person: Person): boolean =>
    namesOf(person).some(
      name => name.length >= 3 && name[0] === word[0] && distance(word, name, slips) <= slips,
    );
  const group = team.people.filter(close);
  if (group.length === 0) return undefined;
  const extended = extend(group, tokens, at);
  return { start: at, end: extended.end, value: valueOf(extended.group) };
};

const self = new Set(['yo', 'mi', 'me', 'conmigo', 'myself', 'i']);
const nobody = new Set(['nadie', 'ninguno', 'ninguna', 'nobody', 'none']);

const days = new Set(['hoy', 'manana', 'pasado', 'ya', 'ahora', 'porfa']);

/** "mi" without accent is also "my": then a noun follows. */
const isNoun = (token: Token | undefined): boolean =>
  token?.kind === 'word' && !fillers.has(token.form) && !days.has(token.form);

const selfAt = (tokens: readonly Token[], at: number, team: Team): FoundPerson | undefined => {
  const token = tokens[at];
  if (!token || !self.has(token.form)) return undefined;
  const after = tokens[at + 1];
  if (token.text.toLowerCase() === 'mi' && isNoun(after)) return undefined;
  const person = team.people.find(each => each.userId === team.me);
  const end = after?.form === 'mismo' || after?.form === 'misma' ? at + 2 : at + 1;
  return person && { start: at, end, value: { userId: person.userId, fullName: person.fullName } };
};

const ordinary = new Set(
  'despues antes serio veras quien alguien todos todas nadie el ella ellos ellas eso esto esa ese esta este otra otro mas ver si no ya hoy ahora luego favor porfa la lo tarde tiempo mano cargo cabo alta baja media'.split(
    ' ',
  ),
);

const couldBeName = (token: Token | undefined): token is Token =>
  token?.kind === 'word' &&
  token.form.length > 1 &&
  !fillers.has(token.form) &&
  !ordinary.has(token.form) &&
  !thingOf.has(token.form);

const capital = (token: Token | undefined): boolean => /^\p{Lu}/u.test(token?.text ?? '');

/** A name that nobody in the team bears, where the sentence has room for nothing but a name. */
const strangerAt = (tokens: readonly Token[], at: number): FoundPerson | undefined => {
  const token = tokens[at];
  if (!couldBeName(token)) return undefined;
  if (!capital(token) && read(token).verbs.length > 0) return undefined;
  const second = tokens[at + 1];
  const end = capital(token) && capital(second) && couldBeName(second) ? at + 2 : at + 1;
  const name = tokens
    .slice(at, end)
    .map(each => each.text)
    .join(' ');
  return { start: at, end, value: { unknown: true, name } };
};

/** Whoever stands where a person must stand. */
export const personAt = (
  tokens: readonly Token[],
  at: number,
  team: Team,
): FoundPerson | undefined => {
  const token = tokens[at];
  if (!token) return undefined;
  if (nobody.has(token.form)) return { start: at, end: at + 1, value: { none: true } };
  return (
    selfAt(tokens, at, team) ??
    memberAt(tokens, at, team) ??
    misspeltAt(tokens, at, team) ??
    strangerAt(tokens, at)
  );
};

/** "pásaselos a ella", "para él": by the accent, which tells him from an article. */
export const pronounIn = (words: readonly Token[]): { start: number; end: number } | undefined => {
  const at = words.findIndex(
    ({ text }, i) =>
      /^(?:él|ella)$/i.test(text) && ['a', 'para', 'con'].includes(formAt(words, i - 1)),
  );
  return at < 0 ? undefined : { start: at - 1, end: at + 1 };
};
