import {
  type Context,
  type EntityValue,
  type IntentName,
  propertyChanges,
  type Reference,
} from '../model.ts';
import { asksOfLast, asksOfSame, takeAsking } from './asked.ts';
import type { FoundAssignee } from './assignees.ts';
import { takeCommand } from './command.ts';
import { commentOf } from './comments.ts';
import { gone, upTo } from './dates/up-to.ts';
import { Draft, type Extraction } from './draft.ts';
import type { Features, Span } from './features.ts';
import { deedIn, nobodyIn, undatedIn } from './implied.ts';
import { takeNoise, takeTellingVerb } from './noise.ts';
import { ownerBehind, ownerIn } from './owners.ts';
import type { Team } from './people.ts';
import { projectIn } from './projects.ts';
import { findReferences, merged } from './references.ts';
import { asksDone } from './reports.ts';
import { mayName, takeTitle } from './sought-title.ts';
import type { Run } from './titles.ts';
import { priorityWords } from './values.ts';
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
  assign_task: ['assignee', 'title'],
  set_due_date: ['due_date', 'title'],
  set_priority: ['priority', 'title'],
  list_tasks: ['assignee', 'due_date', 'status', 'priority', 'project', 'title'],
  add_comment: ['comment', 'title'],
  delete_task: ['status', 'title'],
  create_project: ['project'],
  switch_project: ['project'],
  add_member: ['email', 'assignee'],
};

const takeSpans = <T>(
  draft: Draft,
  spans: readonly Span<T>[],
  value: (found: T) => EntityValue,
  which: 'first' | 'last',
): void => {
  const chosen = which === 'last' ? spans.at(-1) : spans[0];
  for (const span of spans) draft.take(span.from, span.end);
  if (!chosen) return;
  const found = value(chosen.value);
  const run = trimmedSpan(draft.features, chosen);
  draft.add(found.entity === 'priority' ? priorityWords(draft.features.words, run) : run, found);
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

const takeReferences = (draft: Draft, intent: IntentName, team: Team): Reference => {
  if (intent === 'create_task') return {};
  const { features: f } = draft;
  const found = findReferences(f.words, team).filter(
    each =>
      each.reference.overdue ||
      each.reference.mine ||
      !draft.taken[each.end - 1] ||
      each.start < f.opening.end ||
      each.end - 1 === f.object?.at,
  );
  for (const each of found) draft.take(each.start, each.end);
  return merged(found);
};

/** "márcala", "márcalas", "¿cómo quedó?": what was spoken of before is meant. */
const pointsBack = (draft: Draft, intent: IntentName, { last }: Context): Reference | undefined => {
  const clitics = draft.features.head?.clitics ?? [];
  if (clitics.some(c => c === 'las' || c === 'los')) return { pronoun: true, these: true };
  const pronoun = clitics.some(c => /^(l[oa]|les?)$/.test(c)) || toldOfIt(draft, intent);
  const asks = intent === 'get_status' && (asksOfLast(draft) || asksOfSame(draft, last));
  return pronoun || asks ? { pronoun: true } : undefined;
};

/** The pronoun points somewhere only where nothing is named. */
const pointing = (
  draft: Draft,
  intent: IntentName,
  reference: Reference,
  context: Context,
): Reference => {
  const titled = draft.entities.some(e => e.entity === 'task_title');
  const { pronoun: _, ...rest } = reference;
  if (titled) return rest;
  if (intent === 'create_task' || Object.keys(rest).length > 0) return reference;
  return pointsBack(draft, intent, context) ?? reference;
};

/** "ya lo tiene cotizado": the pronoun stands before what was done. */
const toldOfIt = ({ features: { words } }: Draft, intent: IntentName): boolean => {
  const deed = intent === 'update_status' ? deedIn(words) : undefined;
  return words.slice(deed?.start ?? 0, deed?.end ?? 0).some(w => /^l[oa]s?$/.test(w.form));
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

/** The days that a list is asked of. */
const asked = (f: Features, date: Features['dates'][number], context: Context) =>
  asksDone(f) ? gone(date, context) : upTo(f, date, context);

/** Values of other kinds are set aside: "pásasela a Luis para el 25" asks for a day, not for a 25th task. */
const setAside = (draft: Draft, intent: IntentName, kinds: ReadonlySet<Kind>): void => {
  if (!propertyChanges.has(intent)) return;
  const { dates, assignees } = draft.features;
  if (!kinds.has('due_date')) for (const { from, end } of dates) draft.take(from, end);
  if (kinds.has('assignee')) return;
  for (const { start, end, strong } of assignees) if (strong) draft.take(start, end);
};

/** Days, priorities, people and addresses: what can be told by itself. */
const takeValues = (
  draft: Draft,
  intent: IntentName,
  kinds: ReadonlySet<Kind>,
  context: Context,
): void => {
  const { features: f } = draft;
  if (kinds.has('due_date'))
    takeSpans(
      draft,
      intent === 'list_tasks' ? f.dates.map(date => asked(f, date, context)) : f.dates,
      value => ({ entity: 'due_date', value }),
      'last',
    );
  if (kinds.has('priority'))
    takeSpans(
      draft,
      f.priorities,
      priority => ({ entity: 'priority', value: { priority } }),
      'last',
    );
  if (kinds.has('assignee')) takeAssignee(draft, assigneeFor(f, intent, context));
  if (kinds.has('email')) email(draft);
  setAside(draft, intent, kinds);
};

/** "las bloqueadas": the status that tells which tasks are meant. */
const pickedBy = ({ filters: [picked] }: Features, intent: IntentName): Reference =>
  picked && intent !== 'create_task' ? { status: picked.value } : {};

export const extract = (f: Features, intent: IntentName, context: Context): Extraction => {
  const draft = new Draft(f);
  const team = { people: context.people, me: context.me };
  const kinds = new Set(wants[intent] ?? []);
  takeCommand(draft, intent);
  if (kinds.has('comment')) return commentOf(draft, f, team);
  takeValues(draft, intent, kinds, context);
  takeAbsences(draft, intent);
  takeNoise(draft, intent);
  const reference = takeReferences(draft, intent, team);
  const owner = reference.of && ownerIn(draft);
  if (kinds.has('status'))
    takeSpans(draft, f.statuses, status => ({ entity: 'status', value: { status } }), 'last');
  if (intent === 'update_status') takeTellingVerb(draft);
  projectIn(draft, intent, context);
  if (intent === 'get_status' || intent === 'list_tasks') takeAsking(draft);
  for (const { from, end } of f.filters) draft.take(from, end);
  if (kinds.has('title') && mayName(draft, reference, context))
    takeTitle(draft, intent, context.titles);
  return {
    entities: draft.entities.toSorted((a, b) => a.start - b.start),
    ...(owner && { owner }),
    reference: {
      ...pointing(draft, intent, reference, context),
      ...ownerBehind(draft, intent),
      ...pickedBy(f, intent),
    },
  };
};
