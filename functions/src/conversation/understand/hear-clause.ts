import type { Context, Entity, IntentName, Segment, Signal } from '../model.ts';
import { type Answer, answersAt, saysNoMore } from './bare-answers.ts';
import type { Clause } from './clauses.ts';
import type { Draft } from './draft.ts';
import { extract } from './extract.ts';
import { extrasOf } from './extras.ts';
import { commands } from './features.ts';
import { askedAgain, asksOfThose, followUp, isAnother, likewise, lone } from './follow-ups.ts';
import { gather, isFragment } from './fragments.ts';
import { impliedIn } from './implied.ts';
import { changeBy, ofAnswer, segment } from './making.ts';
import { newName } from './renaming.ts';
import { signalsOf } from './signals.ts';
import { distinct } from './whole.ts';

/** "no, el lunes es festivo, el martes": one value, and a few words about it. */
const isMended = ({ entities, features: f, taken }: Draft, { awaiting, last }: Context): boolean =>
  awaiting === 'idle' &&
  last !== undefined &&
  works.has(last) &&
  entities.length === 1 &&
  f.named === undefined &&
  !commands(f) &&
  f.words.filter((w, at) => w.kind === 'word' && !taken[at]).length <= 7;

/** "mejor solo alta": behind a change of that kind the bare word is enough. */
const isAboutValue = ({ last }: Context): boolean =>
  last === 'set_priority' || last === 'update_status';

/** What is pointed at ("esa para Ana") is plain, a bare value right behind a change nearly so. */
const sureness = ({ last }: Context, points: boolean): number => {
  if (points) return 0.9;
  return last !== undefined && works.has(last) ? 0.86 : 0.75;
};

/** What is to be deleted can be given nothing more: "no, mejor ponla en progreso" is a wish of its own. */
const activeFor = ({ entity }: Entity, { active }: Context): IntentName | undefined =>
  active === 'delete_task' && changeBy[entity] ? undefined : active;

/** "lo mismo para Luis" right behind a creation makes one more; behind a change it changes. */
const wishFor = ({ entity }: Entity, { last }: Context, same: boolean): IntentName | undefined =>
  same && last === 'create_task' ? last : changeBy[entity];

const ofFragment = (clause: Clause, context: Context, signals: Signal[]): Segment | undefined => {
  const { draft, reference } = gather(clause.features, context, {
    name: false,
    bare: isAboutValue(context),
  });
  const corrects = signals.includes('correction');
  const same = signals.includes('same');
  if (!same && !isFragment(draft) && !(corrects && isMended(draft, context))) return undefined;
  const [first] = draft.entities;
  if (!first) return undefined;
  const active = activeFor(first, context);
  const intent = active ?? wishFor(first, context, same);
  if (!intent) return undefined;
  const points = Object.keys(reference).length > 0;
  const target = points ? reference : { pronoun: true as const };
  const found = segment(clause.tokens, intent, sureness(context, corrects || same || points), {
    entities: draft.entities,
    reference: target,
    signals,
  });
  return active ? { ...found, reply: true } : found;
};

/** No rule fits: a follow-up of the last question, something off the subject, or not understood. */
const unread = (clause: Clause, context: Context, signals: Signal[]): Segment =>
  followUp(clause, context, signals) ??
  lone(clause, context, signals) ??
  segment(clause.tokens, 'out_of_scope', clause.features.offTopic ? 0.9 : 0.3, { signals });

/** "no, perdón, a Ecommerce": another project, right behind a move to one. */
const otherProject = (clause: Clause, context: Context, signals: Signal[]): Segment | undefined => {
  const { features: f, tokens } = clause;
  const names = f.namesProject || f.hintsProject;
  if (context.last !== 'switch_project' || !signals.includes('correction') || !names)
    return undefined;
  return segment(tokens, 'switch_project', 0.9, {
    ...extract(f, 'switch_project', context),
    signals,
  });
};

/** What is understood only by what was said before: "¿y Majo?", "esa también", "mejor el jueves". */
const ofEllipsis = (clause: Clause, context: Context, signals: Signal[]): Segment | undefined => {
  const { confidence } = clause;
  const repeated =
    otherProject(clause, context, signals) ??
    askedAgain(clause, context, signals) ??
    (confidence < 0.9 ? likewise(clause, context, signals) : undefined);
  if (repeated) return repeated;
  const same = signals.includes('same') && confidence < 0.9;
  const bare = same || signals.includes('correction') || confidence < 0.85;
  return bare ? ofFragment(clause, context, signals) : undefined;
};

const ofClause = (clause: Clause, context: Context): Segment => {
  const { features: f, tokens, intent, confidence } = clause;
  const signals = signalsOf(clause);
  const elliptic = ofEllipsis(clause, context, signals);
  if (elliptic) return elliptic;
  if (!intent) return unread(clause, context, signals);
  const working = confidence >= (intent === 'create_task' ? 0.8 : 0.9) && works.has(intent);
  if (f.offTopic && !working && !f.things.has('tasks'))
    return segment(tokens, 'out_of_scope', 0.9, { signals });
  const renamed = newName(clause, context);
  if (renamed) return renamed;
  return wishOf({ ...clause, intent }, context, signals);
};

const keepsSame = new Set<IntentName>(['create_task', 'list_tasks']);

/** All that the clause says of what it wishes. */
const wishOf = (
  { features: f, tokens, intent, confidence }: Clause & { intent: IntentName },
  context: Context,
  signals: Signal[],
): Segment => {
  const implied = impliedIn(f, intent);
  const read = implied?.workload ? { entities: [], reference: {} } : extract(f, intent, context);
  if (isAnother(f.words, intent, read.entities)) signals.push('same');
  if (intent === 'list_tasks' && asksOfThose(f, context)) signals.push('same');
  const said = keepsSame.has(intent) ? signals : signals.filter(signal => signal !== 'same');
  const found = segment(tokens, intent, confidence, { ...read, signals: said });
  return implied ? { ...found, implied } : found;
};

/** "la obra está frenada por la lluvia" speaks of work, whatever else it names. */
const works = new Set<IntentName>([
  'create_task',
  'update_status',
  'add_comment',
  'assign_task',
  'set_due_date',
  'set_priority',
  'delete_task',
]);

/** "cómo va" is made of "¿cómo?" and "va", and is neither; so is "déjala sin asignar". */
export const asksAfterAll = ([first]: Clause[], lead: Answer[]): boolean =>
  lead.length > 1 && first?.intent !== undefined && first.confidence >= 0.93;

const withExtras = (clause: Clause, base: Segment): Segment[] => [base, ...extrasOf(clause, base)];

/** A clause that is nothing but an answer ("sí,") is read as one. */
export const heard = (clause: Clause, context: Context): Segment[] => {
  const { words } = clause.features;
  const said = answersAt(words);
  if (said.length === 0 || !saysNoMore(words, said) || asksAfterAll([clause], said))
    return withExtras(clause, ofClause(clause, context));
  return distinct(said).map(answer => ofAnswer(clause.tokens, answer, context));
};
