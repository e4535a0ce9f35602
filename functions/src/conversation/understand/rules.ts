import type {
  Context,
  Entity,
  IntentName,
  Segment,
  Signal,
  Understand,
  Understanding,
} from '../model.ts';
import { takenUp } from './antecedents.ts';
import { type Answer, answersAt, saysNoMore } from './bare-answers.ts';
import { type Clause, clausesOf } from './clauses.ts';
import type { Draft } from './draft.ts';
import { extract } from './extract.ts';
import { extrasOf } from './extras.ts';
import { askedAgain, followUp, isAnother, likewise, lone } from './follow-ups.ts';
import { gather, isFragment } from './fragments.ts';
import { impliedIn } from './implied.ts';
import { changeBy, ofAnswer, segment } from './making.ts';
import { otherTask } from './other-task.ts';
import type { Word } from './reader.ts';
import { newName } from './renaming.ts';
import { replyTo } from './replies.ts';
import { conditioned, joined, several } from './segments.ts';
import { signalsOf } from './signals.ts';
import { formAt, tokenise } from './text.ts';
import { verdictOf } from './verdicts.ts';
import { distinct, greeted, once, toUnderstanding, turned, understood, undone } from './whole.ts';

/** "no, el lunes es festivo, el martes": one value, and a few words about it. */
const isMended = ({ entities, features: f, taken }: Draft, { awaiting, last }: Context): boolean =>
  awaiting === 'idle' &&
  last !== undefined &&
  works.has(last) &&
  entities.length === 1 &&
  f.named === undefined &&
  !f.head?.verbs.some(v => v.form === 'imp') &&
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
export const unread = (clause: Clause, context: Context, signals: Signal[]): Segment =>
  followUp(clause, context, signals) ??
  lone(clause, context, signals) ??
  segment(clause.tokens, 'out_of_scope', clause.features.offTopic ? 0.9 : 0.3, { signals });

/** What is understood only by what was said before: "¿y Majo?", "esa también", "mejor el jueves". */
const ofEllipsis = (clause: Clause, context: Context, signals: Signal[]): Segment | undefined => {
  const { confidence } = clause;
  const repeated =
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

/** All that the clause says of what it wishes. */
const wishOf = (
  { features: f, tokens, intent, confidence }: Clause & { intent: IntentName },
  context: Context,
  signals: Signal[],
): Segment => {
  const implied = impliedIn(f, intent);
  const read = implied?.workload ? { entities: [], reference: {} } : extract(f, intent, context);
  if (isAnother(f.words, intent, read.entities)) signals.push('same');
  const said = intent === 'create_task' ? signals : signals.filter(signal => signal !== 'same');
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

const understanding = (heard: Segment[]): Understanding => toUnderstanding(once(heard));

/** "cómo va" is made of "¿cómo?" and "va", and is neither; so is "déjala sin asignar". */
const asksAfterAll = ([first]: Clause[], lead: Answer[]): boolean =>
  lead.length > 1 && first?.intent !== undefined && first.confidence >= 0.93;

/** "¿seguro?" asks back: it agrees to nothing. */
const asksBack = (words: readonly Word[], lead: Answer[], { awaiting }: Context): boolean =>
  awaiting === 'awaiting_confirmation' &&
  lead.every(({ intent }) => intent === 'affirm') &&
  formAt(words, lead.at(-1)?.end ?? -1) === '?';

/** Nothing but answers, or one that settles it with a reason behind: "volvé para atrás, la necesito". */
const isAnswer = (words: readonly Word[], lead: Answer[], clauses: Clause[]): boolean => {
  if (saysNoMore(words, lead)) return true;
  const decided = lead.some(({ intent }) => intent === 'undo' || intent === 'cancel');
  const [first] = lead;
  const dropped =
    first?.intent === 'cancel' &&
    /^(?:olvid|cancel|dej)/.test(words[first.start]?.form ?? '') &&
    words.length - (lead.at(-1)?.end ?? 0) < 8;
  return (
    decided && clauses.every(c => !c.intent || c.confidence < 0.7 || (dropped && !commands(c)))
  );
};

const commands = ({ features: f }: Clause): boolean =>
  f.head?.verbs.some(v => v.form === 'imp') ?? false;

const withExtras = (clause: Clause, base: Segment): Segment[] => [base, ...extrasOf(clause, base)];

/** A clause that is nothing but an answer ("sí,") is read as one. */
const heard = (clause: Clause, context: Context): Segment[] => {
  const { words } = clause.features;
  const said = answersAt(words);
  if (said.length === 0 || !saysNoMore(words, said) || asksAfterAll([clause], said))
    return withExtras(clause, ofClause(clause, context));
  return distinct(said).map(answer => ofAnswer(clause.tokens, answer, context));
};

/** The engine made of rules: tables of words and grammar, no training. */
export const understandByRules: Understand = (text, context) => {
  const tokens = tokenise(text);
  const clauses = clausesOf(tokens, context);
  const words = clauses.flatMap(clause => clause.features.words);
  const lead = answersAt(words);
  if (asksBack(words, lead, context))
    return understanding([ofAnswer(tokens, { signal: 'repeat', start: 0, end: 0 }, context)]);
  if (lead.length > 0 && isAnswer(words, lead, clauses) && !asksAfterAll(clauses, lead))
    return understanding(
      understood(
        distinct(lead).map(answer => ofAnswer(tokens, answer, context)),
        context,
      ),
    );
  const other = otherTask(tokens, context);
  if (other) return understanding([other]);
  const renamed = clauses.length === 1 ? newName(clauses[0] as Clause, context) : undefined;
  if (renamed) return understanding([renamed]);
  const verdict = verdictOf(tokens, clauses, lead, context);
  if (verdict)
    return understanding([
      verdict.answer,
      ...verdict.rest.flatMap(clause => heard(clause, context)),
    ]);
  const reply = replyTo(tokens, clauses, lead, context);
  if (reply) return understanding(reply);
  const wishes = takenUp(
    clauses,
    clauses.map(clause => heard(clause, context)),
  );
  const said = conditioned(
    joined(greeted(turned(undone(wishes, context), context), tokens, words, context)),
    words,
  );
  return understanding(understood(said, context).flatMap(wish => several(wish, text)));
};
