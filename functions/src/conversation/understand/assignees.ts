import { givenNames } from './given-names.ts';
import { nicknames } from './nicknames.ts';
import { type FoundPerson, memberAt, personAt, type Team } from './people.ts';
import { type Classes, longestAt, type Match, table } from './phrases.ts';
import type { Word } from './reader.ts';
import { formAt } from './text.ts';

const doing =
  'haga|hace|hagan|hara|lleve|lleva|tome|toma|vea|maneje|maneja|resuelva|resuelve|atienda|atiende|cubra|realice|ejecute|agarre|agarra|coja|coge|trabaje|termine|revise|prepare|mire|complete';
const seeTo = 'encargue|encarga|ocupe|ocupa|encargara|ocupara|encargaria';

/** Phrases that name who does the work. `<who>` takes any name, `<member>` only a known one. */
const rows: [string, 'strong' | 'weak' | 'duty'][] = [
  ['<assign> a|al|para|: al? <who>', 'strong'],
  ['<hand> a|para <who>', 'strong'],
  [`que la|lo|las|los|le ${doing} mejor? <who>`, 'strong'],
  [`la|lo|las|los ${doing} <who>`, 'strong'],
  ['que la|lo|las|los siga|sigan|pueda|vuelva|quiero|termine <deed> <member>', 'strong'],
  ['que la|lo|las|los siga|sigan <gerund> <member>', 'strong'],
  ['que <member> la|lo|las|los siga|sigan <gerund>?', 'strong'],
  [`que <who> la|lo|las|los ${doing}`, 'strong'],
  [`<member> la|lo|las|los ${doing}`, 'strong'],
  [`que se ${seeTo} de? ella|ello|eso|esto|esta? <who>`, 'strong'],
  [`se ${seeTo} de? ella|ello|eso|esto? <who>`, 'strong'],
  [`que <who> se ${seeTo} de? ella|ello|eso|esto?`, 'strong'],
  [`<member> se ${seeTo} de? ella|ello|eso|esto?`, 'strong'],
  ['que sea|vaya|entre|fuera <member>', 'strong'],
  ['que le entre|meta|de <member>', 'strong'],
  ['pase|pasa|pasar|queda|quede a|en manos de <member>', 'strong'],
  ['se queda|quedan|quede|quedaria|quedara con <member>', 'strong'],
  ['a mi nombre|cargo|cuenta', 'strong'],
  ['pasa|pase|pasara a? ser? de|para|a <member>', 'strong'],
  ['que? se haga|hace|hara cargo <who>', 'strong'],
  ['que? <who> se haga|hace|hara cargo', 'strong'],
  ['que la|lo|las|los <deed> <member>', 'strong'],
  ['que <member> la|lo|las|los <deed>', 'strong'],
  ['que? <member> se queda|quedaria|quede|encarga|ocupa con|de', 'strong'],
  ['<member> tiene|tendria|debe|deberia que', 'duty'],
  ['<member> debe|deberia', 'duty'],
  ['<member> va a', 'duty'],
  ['le pides|pedis|dices|decis|avisas|encargas a <member> que', 'duty'],
  [
    'dile|decile|digale|pidele|pedile|pidale|encargale|encarguele|solicitale|recuerdale|recordale|avisale|encomiendale|mandale a <member> que',
    'duty',
  ],
  ['<task> a <member>', 'strong'],
  ['a cargo de|: <who>', 'strong'],
  ['con? encargad@|responsable|responsables|assignee|owner|duen@ es|sera|a|de|:? <who>', 'strong'],
  ['a nombre de <who>', 'strong'],
  ['por cuenta de <who>', 'strong'],
  ['le toca a <who>', 'strong'],
  ['@ <who>', 'strong'],
  ['"|»|” para|a <proper>', 'strong'],
  ['assigned to <who>', 'strong'],
  ['la|lo|las|los <own> <self>', 'strong'],
  ['la|lo|las|los <deed> <member>', 'strong'],
  ['me la|lo|las|los <deed> <proper>', 'strong'],
  [',|-|– <member> ,|-|–|.', 'strong'],
  ['<self> la|lo|las|los hago|llevo|veo|agarro|tomo', 'strong'],
  ['me la|lo|las|los asigno|quedo|encargo|paso|llevo|agarro|tomo|echo', 'strong'],
  ['que? <self> me encargo|ocupo de? ella|eso|esto?', 'strong'],
  ['me encargo|ocupo <self>', 'strong'],
  ['para <member>', 'weak'],
  ['para <named>', 'weak'],
  ['para <self>', 'weak'],
  ['for|to <member>', 'weak'],
  ['<task> para|de <proper>', 'strong'],
  ['para|a <proper> la|una|otra|esta <task> de|:', 'strong'],
];

const phrases = table(rows);

export type FoundAssignee = {
  start: number;
  end: number;
  person: FoundPerson;
  strong: boolean;
  /** "Luis tiene que …": what follows is the work itself. */
  duty?: true;
};

const honours = new Set(
  'senor senora senorita doctor doctora ingeniero ingeniera licenciado licenciada jefe jefa companero companera'.split(
    ' ',
  ),
);

const collector = (words: readonly Word[], team: Team) => {
  const seen: FoundPerson[] = [];
  const keep = (found: FoundPerson | undefined, at: number) => {
    if (!found) return undefined;
    seen.push(found);
    return { value: seen.length - 1, length: found.end - at };
  };
  const bySelf = (at: number) =>
    ['yo', 'mi'].includes(words[at]?.form ?? '') ? personAt(words, at, team) : undefined;
  const act = (at: number, name: 'assign' | 'give', clitics: boolean) =>
    words[at]?.verbs.some(v => v.acts.includes(name) && (!clitics || v.clitics.length > 0))
      ? { value: 0, length: 1 }
      : undefined;
  const classes: Classes = {
    who: (_, at) => keep(personAt(words, at + (honours.has(formAt(words, at)) ? 1 : 0), team), at),
    proper: (_, at) =>
      keep(
        memberAt(words, at, team) ??
          (/^\p{Lu}/u.test(words[at]?.text ?? '') ? personAt(words, at, team) : undefined),
        at,
      ),
    member: (_, at) => keep(memberAt(words, at, team), at),
    // A first name that nobody in the project bears, where nothing follows that it would belong to.
    named: (_, at) => keep(memberAt(words, at, team) ? undefined : strangerBefore(words, at), at),
    deed: (_, at) =>
      /^\p{L}{2,}(?:[ae]n?)$/u.test(words[at]?.form ?? '') ? { value: 0, length: 1 } : undefined,
    own: (_, at) =>
      /^\p{L}{2,}o$/u.test(words[at]?.form ?? '') ? { value: 0, length: 1 } : undefined,
    gerund: (_, at) =>
      /(?:ando|iendo|yendo)$/.test(words[at]?.form ?? '') ? { value: 0, length: 1 } : undefined,
    self: (_, at) => keep(bySelf(at), at),
    // In "sin asignar a Luis" the first two words tell which tasks, not what to do.
    assign: (_, at) => (words[at - 1]?.form === 'sin' ? undefined : act(at, 'assign', false)),
    hand: (_, at) => handed(words, at),
    task: (_, at) => (words[at]?.thing === 'task' ? { value: 0, length: 1 } : undefined),
  };
  return { seen, classes };
};

const after = new Set('para el a al hoy manana pasado antes con en y , . !'.split(' '));

const strangerBefore = (words: readonly Word[], at: number): FoundPerson | undefined => {
  const word = words[at];
  const next = formAt(words, at + 1);
  const known = givenNames.has(word?.form ?? '') || nicknames.has(word?.form ?? '');
  if (!word || !known || !/^\p{Lu}/u.test(word.text)) return undefined;
  if (next !== '' && !after.has(next)) return undefined;
  return { start: at, end: at + 1, value: { unknown: true, name: word.text } };
};

const hands = new Set(['dar', 'pasar', 'dejar', 'mandar', 'cargar', 'enviar']);

/** "dásela", "pásala", "déjasela": handing over, told from "dale prioridad" by the object pronoun. */
const handed = (words: readonly Word[], at: number) => {
  const found = words[at]?.verbs.some(
    v => hands.has(v.infinitive) && v.clitics.some(c => /^l[oa]s?$/.test(c)),
  );
  return found ? { value: 0, length: 1 } : undefined;
};

const personOf = (match: Match, seen: FoundPerson[]): FoundPerson | undefined => {
  const index =
    match.values.who ??
    match.values.member ??
    match.values.proper ??
    match.values.named ??
    match.values.self;
  return index === undefined ? undefined : seen[index];
};

const selfIn = (words: readonly Word[], from: number, team: Team): FoundPerson | undefined => {
  const person = team.people.find(each => each.userId === team.me);
  const at = formAt(words, from) === 'a' ? from + 1 : from;
  return ['me', 'mi'].includes(formAt(words, at)) && person
    ? { start: at, end: at + 1, value: { userId: person.userId, fullName: person.fullName } }
    : undefined;
};

export const findAssignees = (words: readonly Word[], team: Team): FoundAssignee[] => {
  const found: FoundAssignee[] = [];
  const { seen, classes } = collector(words, team);
  for (let at = 0; at < words.length; at++) {
    const match = longestAt(phrases, words, at, classes);
    const person = match && (personOf(match, seen) ?? selfIn(words, at, team));
    if (!match || !person || refused(words, at, match.end) || entitles(words, at)) continue;
    found.push({
      start: at,
      end: match.end,
      person,
      strong: match.meaning !== 'weak',
      ...(match.meaning === 'duty' && { duty: true as const }),
    });
    at = match.end - 1;
  }
  return found;
};

/** "la mamita Vilma" at the very beginning is what she is called. */
const entitles = (words: readonly Word[], at: number): boolean =>
  at === 0 && ['la', 'las', 'los'].includes(formAt(words, 0)) && words[1]?.verbs.length === 0;

/** "que no lo haga Karina": whom it is not to be. */
const refused = (words: readonly Word[], start: number, end: number): boolean =>
  words.slice(Math.max(0, start - 1), end).some(w => w.form === 'no');

/** "asigna el informe a Ana": the last "a" before a name, far from its verb. */
export const recipientOf = (
  words: readonly Word[],
  team: Team,
  dates: readonly { start: number; end: number }[] = [],
): FoundAssignee | undefined =>
  lastBehindTo(words, team, dates, memberAt) ?? lastBehindTo(words, team, dates, personAt);

/** Somebody of the team rather than a word that might be a name: "a Milena, que él sale a licencia". */
const lastBehindTo = (
  words: readonly Word[],
  team: Team,
  dates: readonly { start: number; end: number }[],
  find: typeof personAt,
): FoundAssignee | undefined => {
  for (let at = words.length - 1; at >= 0; at--) {
    if (!['a', 'al', 'para', 'to'].includes(words[at]?.form ?? '')) continue;
    if (dates.some(date => date.start <= at + 1 && at + 1 < date.end)) continue;
    const titled = honours.has(words[at + 2]?.form ?? '') ? 2 : 0;
    const person = find(words, at + 1 + titled, team);
    if (person) return { start: at, end: person.end, person, strong: true };
  }
  return undefined;
};
