import type { Context, EntityValue, IntentName, Reference } from '../model.ts';
import { type FoundAssignee, recipientOf } from './assignees.ts';
import { commentOf } from './comments.ts';
import { Draft, type Extraction, textOf } from './draft.ts';
import { type Features, hasAct, type Span } from './features.ts';
import { impliedIn } from './implied.ts';
import { memberAt, type Team } from './people.ts';
import { projectIn } from './projects.ts';
import { findReferences, merged } from './references.ts';
import { formAt } from './text.ts';
import { freeRuns, quoted, type Run, trimTitle } from './titles.ts';

type Kind =
  | 'assignee'
  | 'due_date'
  | 'status'
  | 'priority'
  | 'title'
  | 'project'
  | 'comment'
  | 'email';

/** What each intent speaks of. What is left of the clause is the title, where one is wanted. */
const wants: Partial<Record<IntentName, readonly Kind[]>> = {
  create_task: ['assignee', 'due_date', 'priority', 'title'],
  update_status: ['status', 'title'],
  get_status: ['project', 'title'],
  assign_task: ['assignee', 'due_date', 'title'],
  set_due_date: ['due_date', 'title'],
  set_priority: ['priority', 'title'],
  list_tasks: ['assignee', 'due_date', 'status', 'priority', 'project', 'title'],
  add_comment: ['comment', 'title'],
  delete_task: ['status', 'title'],
  create_project: ['project'],
  switch_project: ['project'],
  add_member: ['email', 'assignee'],
};

const anyTask: IntentName[] = [
  'create_task',
  'update_status',
  'get_status',
  'assign_task',
  'set_due_date',
  'set_priority',
  'list_tasks',
  'delete_task',
];
const allOf: IntentName[] = [];
/** The nouns that belong to the command of an intent rather than to a title. */
const own: Partial<Record<string, IntentName[]>> = {
  task: anyTask,
  tasks: anyTask,
  status: ['update_status', 'get_status'],
  summary: ['get_status'],
  priority: ['set_priority'],
  deadline: ['set_due_date'],
  backlog: ['list_tasks'],
};

/** Whether the verb asks for a task rather than being what is to be done ("hay que llamar"). */
const isMaking = (f: Features): boolean => {
  if (f.opening.duty && !f.object) return false;
  return hasAct(f, 'create', 'remind') || (hasAct(f, 'do') && f.object !== undefined);
};

/** The command itself is no part of any title; the verb of a duty ("hay que llamar") is. */
const takeCommand = (draft: Draft, intent: IntentName): void => {
  const { features: f } = draft;
  draft.take(0, f.opening.end);
  const commanded = intent !== 'create_task' || isMaking(f);
  if (f.head && commanded) draft.take(f.opening.end, f.head.at + 1);
  if (!f.object || (f.head && !commanded)) return;
  const ours = (own[f.object.thing] ?? allOf).includes(intent);
  if (ours) draft.take(f.head ? f.head.at + 1 : f.opening.end, f.object.at + 1);
};

const takeSpans = <T>(
  draft: Draft,
  spans: readonly Span<T>[],
  value: (found: T) => EntityValue,
  which: 'first' | 'last',
): void => {
  const chosen = which === 'last' ? spans.at(-1) : spans[0];
  for (const span of spans) draft.take(span.from, span.end);
  if (chosen) draft.add(trimmedSpan(draft.features, chosen), value(chosen.value));
};

/** The hour behind a date stays out of the span: only the day is kept. */
const trimmedSpan = (_: Features, span: Span<unknown>): Run => ({
  start: span.start,
  end: span.shown ?? span.end,
});

const takeAssignee = (draft: Draft, found: FoundAssignee | undefined): void => {
  if (!found) return;
  draft.take(found.start, found.end);
  draft.add(found.person, { entity: 'assignee', value: found.person.value });
};

type Find = (f: Features, team: Team) => FoundAssignee | undefined;

const last: Find = f => f.assignees.at(-1);

/** Where to look for the person when no phrase of handing over names one. */
const finders: Partial<Record<IntentName, Find[]>> = {
  create_task: [last, (f, team) => selfByVerb(f, team)],
  assign_task: [
    (f, team) => recipientOf(f.words, team),
    last,
    (f, team) => selfByVerb(f, team),
    (f, team) => loneMember(f, team),
  ],
  add_member: [(f, team) => recipientOf(f.words, team), f => nameAfterVerb(f)],
  list_tasks: [last, (f, team) => loneMember(f, team)],
};

const assigneeFor = (draft: Draft, intent: IntentName, team: Team): FoundAssignee | undefined => {
  const { features: f } = draft;
  const wished = intent === 'create_task' ? wishedPerson(f, team) : undefined;
  const strong = wished ?? f.assignees.findLast(each => each.strong);
  if (strong) return strong;
  for (const find of finders[intent] ?? []) {
    const found = find(f, team);
    if (found) return found;
  }
  return undefined;
};

/** "asígname", "me encargo", "tomo la de pruebas". */
const speaksOfSelf = (
  f: Features,
  { verbs, at, clitics }: NonNullable<Features['head']>,
): boolean => {
  if (hasAct(f, 'take')) return true;
  if (!clitics.includes('me')) return false;
  const first = verbs.some(v => v.form === 'pres') && formAt(f.words, at).endsWith('o');
  return first || hasAct(f, 'assign', 'give', 'put');
};

/** The speaker, where only the verb says so. */
const selfByVerb = (f: Features, team: Team): FoundAssignee | undefined => {
  const person = team.people.find(each => each.userId === team.me);
  if (!f.head || !person || !speaksOfSelf(f, f.head)) return undefined;
  const place = { start: f.head.at, end: f.head.at + 1 };
  const { userId, fullName } = person;
  return { ...place, strong: true, person: { ...place, value: { userId, fullName } } };
};

/** "necesito que Ana revise …": who follows "que". */
const wishedPerson = (f: Features, team: Team): FoundAssignee | undefined => {
  const at = f.opening.end;
  if (!f.opening.wish || f.words[at - 1]?.form !== 'que') return undefined;
  const person = memberAt(f.words, at, team);
  return person && { start: at, end: person.end, person, strong: true };
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

const telling = new Set(['past', 'past3', 'part']);

/** "ya terminé" names the status by telling; "cierra" is only the command. */
const takeTellingVerb = (draft: Draft): void => {
  const { features: f } = draft;
  const status = impliedIn(f, 'update_status')?.status;
  const tells = f.head?.verbs.some(v => telling.has(v.form) && !v.clitics.length);
  if (!status || !f.head || !tells || f.head.loose) return;
  const run = { start: f.head.at, end: f.head.at + 1 };
  draft.add(run, { entity: 'status', value: { status } });
};

const takeTitle = (draft: Draft, intent: IntentName): void => {
  const { features: f } = draft;
  const kind = intent === 'create_task' ? 'new' : 'sought';
  const quote = quoted(f.words, 0);
  const runs = freeRuns(draft.taken).flatMap(run => trimTitle(f.words, run, kind) ?? []);
  const size = (run: Run) => run.end - run.start;
  const longest = kind === 'new' ? runs[0] : runs.toSorted((a, b) => size(b) - size(a))[0];
  const run = quote ?? longest;
  if (run) draft.add(run, { entity: 'task_title', value: { title: textOf(f, run).text } });
};

const takeReferences = (draft: Draft, intent: IntentName, team: Team): Reference => {
  if (intent === 'create_task') return {};
  const { features: f } = draft;
  const found = findReferences(f.words, team).filter(
    each => !draft.taken[each.end - 1] || each.start < f.opening.end,
  );
  for (const each of found) draft.take(each.start, each.end);
  return merged(found);
};

/** "márcala": the pronoun of the verb points somewhere only where nothing is named. */
const pointing = (draft: Draft, intent: IntentName, reference: Reference): Reference => {
  const titled = draft.entities.some(e => e.entity === 'task_title');
  const { pronoun, ...rest } = reference;
  if (titled) return rest;
  if (intent === 'create_task' || Object.keys(rest).length > 0) return reference;
  const clitic = draft.features.head?.clitics.some(c => /^(l[oa]s?|les?)$/.test(c));
  return clitic || pronoun ? { pronoun: true } : rest;
};

const asking = new Set(
  'que cual cuales cuantas cuantos cuanto cuanta como quien quienes tiene tienen tengo tenemos hay son es estan esta quedan queda faltan falta lista listado hace haciendo haces anda andan va van vamos viene vienen tal toca tocan estado estatus punto situacion avance avances resumen progreso sigue siguen marcha pasa paso onda novedades sabe cuando vence vencen donde todo lleva llevamos trabajando trabaja metido pendiente actual general dia'.split(
    ' ',
  ),
);

/** The words of the question itself are no part of what is asked about. */
const takeAsking = (draft: Draft): void => {
  const { words } = draft.features;
  const first = draft.features.opening.end;
  for (let at = first; at < words.length; at++)
    if (asking.has(words[at]?.form ?? '') && words[at - 1]?.form !== 'de') draft.take(at, at + 1);
};

const email = (draft: Draft): void => {
  const at = draft.features.words.findIndex(w => w.kind === 'email');
  const word = draft.features.words[at];
  if (word)
    draft.add(
      { start: at, end: at + 1 },
      { entity: 'email', value: { email: word.text.toLowerCase() } },
    );
};

export const extract = (f: Features, intent: IntentName, context: Context): Extraction => {
  const draft = new Draft(f);
  const team = { people: context.people, me: context.me };
  const kinds = new Set(wants[intent] ?? []);
  takeCommand(draft, intent);
  if (kinds.has('comment')) return commentOf(draft, f, team);
  if (kinds.has('due_date'))
    takeSpans(draft, f.dates, value => ({ entity: 'due_date', value }), 'last');
  if (kinds.has('priority'))
    takeSpans(
      draft,
      f.priorities,
      priority => ({ entity: 'priority', value: { priority } }),
      'last',
    );
  if (kinds.has('assignee')) takeAssignee(draft, assigneeFor(draft, intent, team));
  if (kinds.has('email')) email(draft);
  const reference = takeReferences(draft, intent, team);
  if (kinds.has('status'))
    takeSpans(draft, f.statuses, status => ({ entity: 'status', value: { status } }), 'last');
  if (intent === 'update_status') takeTellingVerb(draft);
  projectIn(draft, intent, context);
  if (intent === 'get_status' || intent === 'list_tasks') takeAsking(draft);
  if (kinds.has('title')) takeTitle(draft, intent);
  return {
    entities: draft.entities.toSorted((a, b) => a.start - b.start),
    reference: pointing(draft, intent, reference),
  };
};
