import type { IntentName } from '../model.ts';
import { type FoundAssignee, recipientOf } from './assignees.ts';
import { type Features, hasAct } from './features.ts';
import { impliedIn, nobodyIn } from './implied.ts';
import { memberAt, type Team } from './people.ts';
import { formAt } from './text.ts';

type Find = (f: Features, team: Team) => FoundAssignee | undefined;

const last: Find = f => f.assignees.at(-1);

/** Where to look for the person when no phrase of handing over names one. */
const finders: Partial<Record<IntentName, Find[]>> = {
  create_task: [f => givenTo(f), f => toldOf(f), f => addressed(f), last],
  assign_task: [
    (f, team) => recipientOf(f.words, team, f.dates),
    last,
    (f, team) => selfByVerb(f, team),
    (f, team) => loneMember(f, team),
  ],
  add_member: [(f, team) => recipientOf(f.words, team), f => nameAfterVerb(f)],
  list_tasks: [last, (f, team) => loneMember(f, team)],
};

/** The person that an intent is about, and the words that say so. */
export const assigneeFor = (
  f: Features,
  intent: IntentName,
  team: Team,
): FoundAssignee | undefined => {
  const wished = intent === 'create_task' ? wishedPerson(f) : undefined;
  const strong = wished ?? f.assignees.findLast(each => each.strong);
  if (strong) return strong;
  // "sácale el responsable a secar yerba": what follows names a task, unless it is somebody of the team.
  const emptied = intent === 'assign_task' && impliedIn(f, intent)?.nobody;
  for (const find of finders[intent] ?? []) {
    const found = find(f, team);
    if (found && !(emptied && 'unknown' in found.person.value)) return found;
  }
  return undefined;
};

/** "asígname", "me encargo", "tomo la de pruebas". */
const speaksOfSelf = (
  f: Features,
  { verbs, at, clitics }: NonNullable<Features['head']>,
): boolean => {
  if (hasAct(f, 'take') || formAt(f.words, at) === 'hago') return true;
  if (!clitics.includes('me')) return false;
  const first = verbs.some(v => v.form === 'pres') && formAt(f.words, at).endsWith('o');
  return first || hasAct(f, 'assign', 'give', 'put');
};

/** The speaker, where only the verb says so. */
const selfByVerb = (f: Features, team: Team): FoundAssignee | undefined => {
  const person = team.people.find(each => each.userId === team.me);
  if (!f.head || !person || nobodyIn(f.words) || !speaksOfSelf(f, f.head)) return undefined;
  const said = f.words.findIndex(w => w.form === 'yo');
  const at = said >= 0 ? said : f.head.at;
  const place = { start: at, end: at + 1 };
  const { userId, fullName } = person;
  return { ...place, strong: true, person: { ...place, value: { userId, fullName } } };
};

/** "necesito que Ana revise …": who follows "que". */
const wishedPerson = (f: Features): FoundAssignee | undefined => {
  const after = formAt(f.words, f.opening.end) === 'que' ? f.opening.end + 1 : f.opening.end;
  if (formAt(f.words, after - 1) !== 'que') return undefined;
  const person = f.members.find(each => each.start === after);
  return person && { start: after, end: person.end, person, strong: true };
};

/** "créale a Ana una tarea": the one that it is made for. */
const givenTo = (f: Features): FoundAssignee | undefined => {
  if (!f.head?.clitics.some(c => c.startsWith('le'))) return undefined;
  const at = f.head.at + 1;
  const person = formAt(f.words, at) === 'a' && f.members.find(each => each.start === at + 1);
  return person ? { start: at, end: person.end, person, strong: true } : undefined;
};

/** "apunta que Selu escriba el pasodoble": who is to do what is noted. */
const toldOf = (f: Features): FoundAssignee | undefined => {
  const at = (f.head?.at ?? -2) + 1;
  const person = formAt(f.words, at) === 'que' && f.members.find(each => each.start === at + 1);
  return person ? { start: at, end: person.end, person, strong: true } : undefined;
};

/** "Maruja: cotizar la campana". */
const addressed = (f: Features): FoundAssignee | undefined => {
  const person = f.members.find(each => each.start === f.opening.end);
  return person && f.words[person.end]?.text === ':'
    ? { start: person.start, end: person.end + 1, person, strong: true }
    : undefined;
};

const loneMember = (f: Features, team: Team): FoundAssignee | undefined => {
  for (let at = f.opening.end; at < f.words.length; at++) {
    const person = memberAt(f.words, at, team);
    if (person) return { start: at, end: person.end, person, strong: false };
  }
  return undefined;
};

const nameAfterVerb = (f: Features): FoundAssignee | undefined => {
  const at = (f.head?.at ?? -1) + 1;
  const word = f.words[at];
  if (word?.kind !== 'word' || !/^\p{Lu}/u.test(word.text)) return undefined;
  const second = /^\p{Lu}/u.test(f.words[at + 1]?.text ?? '') ? 2 : 1;
  const name = f.words
    .slice(at, at + second)
    .map(w => w.text)
    .join(' ');
  return {
    start: at,
    end: at + second,
    strong: true,
    person: { start: at, end: at + second, value: { unknown: true, name } },
  };
};
