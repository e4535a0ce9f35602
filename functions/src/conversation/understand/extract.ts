import type { Context, EntityValue, IntentName, Reference } from '../model.ts';
import type { FoundAssignee } from './assignees.ts';
import { commentOf } from './comments.ts';
import { Draft, type Extraction, textOf } from './draft.ts';
import { type Features, hasAct, type Span } from './features.ts';
import { impliedIn, nobodyIn, onIt, shiftIn, stuckIn, undatedIn } from './implied.ts';
import { asTitle } from './infinitive.ts';
import type { Team } from './people.ts';
import { scan, table } from './phrases.ts';
import { projectIn } from './projects.ts';
import type { Word } from './reader.ts';
import { findReferences, merged } from './references.ts';
import { formAt } from './text.ts';
import { freeRuns, quoted, type Run, soughtTails, trimTitle } from './titles.ts';
import { assigneeFor } from './whom.ts';

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
  if (f.object && f.head?.verbs.some(v => v.infinitive === 'dar')) return true;
  return hasAct(f, 'create', 'remind') || (hasAct(f, 'do') && f.object !== undefined);
};

/** The command itself is no part of any title; the verb of a duty ("hay que llamar") is. */
const takeCommand = (draft: Draft, intent: IntentName): void => {
  const { features: f } = draft;
  draft.take(0, f.opening.end);
  const commanded = intent !== 'create_task' || isMaking(f);
  if (f.head && commanded) draft.take(f.head.fronted ? f.head.at : f.opening.end, f.head.at + 1);
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

/** "sin asignar", "sin fecha": that there is to be none is an answer too. */
const takeAbsences = (draft: Draft, intent: IntentName): void => {
  const { words } = draft.features;
  const nobody = nobodyIn(words);
  const undated = undatedIn(words);
  const none = { none: true as const };
  const named = draft.entities.some(each => each.entity === 'assignee');
  if (nobody && !named && (intent === 'create_task' || intent === 'assign_task')) {
    draft.take(nobody.start, nobody.end);
    draft.add(nobody, { entity: 'assignee', value: none });
  }
  if (undated && (intent === 'create_task' || intent === 'set_due_date')) {
    draft.take(undated.start, undated.end);
    draft.add(undated, { entity: 'due_date', value: none });
  }
};

/** Words around a task that name nothing of it. */
const takeNoise = (draft: Draft, intent: IntentName): void => {
  const { words } = draft.features;
  if (intent === 'create_task') return;
  const shift = intent === 'set_due_date' ? shiftIn(draft.features) : undefined;
  const found = [
    ...(shift ? [shift] : []),
    ...scan(soughtTails, words),
    ...(intent === 'update_status' ? [...scan(onIt, words), ...stuckIn(words)] : []),
  ];
  for (const { start, end } of found) draft.take(start, end);
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

/** "una tarea para ventas: llamar a …": what follows the colon is the title. */
const afterColon = (f: Features, run: Run | undefined): Run | undefined => {
  if (!run) return undefined;
  const colon = f.words.findIndex((w, at) => at > run.start && at < run.end - 1 && w.text === ':');
  if (colon < 0 || f.words[colon + 1]?.kind === 'number') return run;
  return trimTitle(f.words, { start: colon + 1, end: run.end }, 'new') ?? run;
};

/** "necesito que Ana | revise …", "que alguien | llame …": the verb is a subjunctive. */
const isWishedOfSomebody = (f: Features, at: number): boolean => {
  const member = f.members.find(each => each.end === at)?.start ?? -1;
  const somebody = formAt(f.words, at - 1) === 'alguien' ? at - 1 : member;
  if (f.assignees.some(each => each.duty && each.end === at)) return true;
  if (formAt(f.words, at - 1) === 'que' && formAt(f.words, at - 2) === 'para') return true;
  return somebody > 0 && formAt(f.words, somebody - 1) === 'que';
};

const takeTitle = (draft: Draft, intent: IntentName): void => {
  const { features: f } = draft;
  const kind = intent === 'create_task' ? 'new' : 'sought';
  const quote = quoted(f.words, 0);
  const runs = freeRuns(draft.taken).flatMap(run => trimTitle(f.words, run, kind) ?? []);
  const size = (run: Run) => run.end - run.start;
  const longest = kind === 'new' ? runs[0] : runs.toSorted((a, b) => size(b) - size(a))[0];
  const inside = quote && longest && longest.start < quote.start - 1 && longest.end > quote.start;
  const run = (inside ? undefined : quote) ?? (kind === 'new' ? afterColon(f, longest) : longest);
  if (!run) return;
  const { text } = textOf(f, run);
  const wished = intent === 'create_task' && isWishedOfSomebody(f, run.start);
  draft.add(run, { entity: 'task_title', value: { title: wished ? asTitle(text) : text } });
};

const takeReferences = (draft: Draft, intent: IntentName, team: Team): Reference => {
  if (intent === 'create_task') return {};
  const { features: f } = draft;
  const found = findReferences(f.words, team).filter(
    each =>
      !draft.taken[each.end - 1] || each.start < f.opening.end || each.end - 1 === f.object?.at,
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
  return clitic || pronoun || asksOfLast(draft, intent) ? { pronoun: true } : rest;
};

/** Questions that only one task can be asked. */
const aboutOne = table<true>([
  ['para cuando es|esta|era|toca|vence|queda|quedo', true],
  ['cuando vence|es|se', true],
  ['quien la|lo tiene|lleva|hace', true],
  ['de quien es|era', true],
]);

/** "¿ya se terminó?" asks after the task last spoken of. */
const asksOfLast = ({ features: f }: Draft, intent: IntentName): boolean =>
  intent === 'get_status' &&
  (hasAct(f, 'finish', 'start', 'block') || scan(aboutOne, f.words).length > 0) &&
  !f.things.has('project') &&
  !f.things.has('sprint');

const asking = new Set(
  'hacer algo alguna alguno quedo quedaron tan avanzado avanzada bien mal hizo estoy estamos mano cosa cosas eso lleva toca responsable encargado que cual cuales cuantas cuantos cuanto cuanta como quien quienes tiene tienen tengo tenemos hay son es estan esta quedan queda faltan falta lista listado hace haciendo haces anda andan va van vamos viene vienen tal toca tocan estado estatus punto situacion avance avances resumen progreso sigue siguen marcha pasa paso onda novedades sabe cuando vence vencen donde todo lleva llevamos trabajando trabaja metido pendiente actual general dia'.split(
    ' ',
  ),
);

const isAsked = (word: Word | undefined): boolean =>
  asking.has(word?.form ?? '') || word?.thing === 'tasks' || word?.thing === 'task';

/** The words of the question itself are no part of what is asked about. */
const takeAsking = (draft: Draft): void => {
  const { words } = draft.features;
  const first = draft.features.opening.end;
  for (let at = first; at < words.length; at++)
    if (isAsked(words[at]) && words[at - 1]?.form !== 'de') draft.take(at, at + 1);
  for (const { start, end } of draft.features.members)
    if (words[start - 1]?.form !== 'de') draft.take(start, end);
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
  if (kinds.has('assignee')) takeAssignee(draft, assigneeFor(f, intent, team));
  if (kinds.has('email')) email(draft);
  takeAbsences(draft, intent);
  takeNoise(draft, intent);
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
