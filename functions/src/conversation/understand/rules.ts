import type {
  Context,
  Entity,
  IntentName,
  Reference,
  Segment,
  Signal,
  Understand,
  Understanding,
} from '../model.ts';
import { takenUp } from './antecedents.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { extract } from './extract.ts';
import {
  type Answer,
  answersAt,
  gather,
  isCorrection,
  isFragment,
  isSame,
  saysNoMore,
} from './fragments.ts';
import { impliedIn } from './implied.ts';
import { otherTask } from './other-task.ts';
import type { Word } from './reader.ts';
import { newName } from './renaming.ts';
import { replyTo } from './replies.ts';
import { conditioned, joined, several } from './segments.ts';
import { type Token, tokenise } from './text.ts';

const segment = (
  tokens: readonly Token[],
  intent: IntentName,
  confidence: number,
  parts: { entities?: Entity[]; reference?: Reference; signals?: Signal[] } = {},
): Segment => ({
  intent,
  confidence: Math.round(confidence * 100) / 100,
  start: tokens[0]?.start ?? 0,
  end: tokens.at(-1)?.end ?? 0,
  entities: parts.entities ?? [],
  reference: parts.reference ?? {},
  signals: parts.signals ?? [],
});

const ofAnswer = (tokens: readonly Token[], answer: Answer, context: Context): Segment => {
  if (answer.intent) return segment(tokens, answer.intent, 0.97);
  const intent = answer.signal === 'thanks' ? 'greet' : (context.active ?? 'help');
  const said = segment(tokens, intent, 0.9, { signals: answer.signal ? [answer.signal] : [] });
  return context.active ? { ...said, reply: true } : said;
};

/** "el jueves", "mejor Ana": which change a bare value asks for. */
const changeBy: Partial<Record<Entity['entity'], IntentName>> = {
  due_date: 'set_due_date',
  assignee: 'assign_task',
  priority: 'set_priority',
  status: 'update_status',
};

const ofFragment = (clause: Clause, context: Context, signals: Signal[]): Segment | undefined => {
  const { draft, reference } = gather(clause.features, context, { name: false, bare: false });
  if (!isFragment(draft) && !signals.includes('same')) return undefined;
  const [first] = draft.entities;
  const intent = first && (context.active ?? changeBy[first.entity]);
  if (!intent) return undefined;
  const target = Object.keys(reference).length > 0 ? reference : { pronoun: true as const };
  const confidence = signals.includes('correction') || signals.includes('same') ? 0.9 : 0.75;
  const found = segment(clause.tokens, intent, confidence, {
    entities: draft.entities,
    reference: target,
    signals,
  });
  return context.active ? { ...found, reply: true } : found;
};

const isConditional = (words: readonly Token[]): boolean =>
  words.length > 3 && words.slice(0, 2).some(w => w.text.toLowerCase() === 'si');

const signalsOf = ({ features: f }: Clause): Signal[] => {
  const said: [Signal, boolean][] = [
    ['question', f.question],
    ['same', isSame(f.words)],
    ['correction', isCorrection(f.words)],
    ['negated', !f.opening.duty && isNegated(f.words)],
    ['conditional', isConditional(f.words)],
  ];
  return said.filter(([, holds]) => holds).map(([signal]) => signal);
};

/** "y otra para Paco": one more like the last, as nothing says what it would be. */
const isAnother = (words: readonly Token[], intent: IntentName, entities: Entity[]): boolean =>
  intent === 'create_task' &&
  words.slice(0, 3).some(w => w.form === 'otra' || w.form === 'otro') &&
  entities.length > 0 &&
  !entities.some(e => e.entity === 'task_title');

const articles = new Set(['el', 'la', 'lo', 'los', 'las']);

/** "y el informe" right after a question asks the same of another task. */
const followUp = ({ features: f, tokens }: Clause, context: Context, signals: Signal[]) => {
  const { last } = context;
  const named = articles.has(f.words[f.opening.end]?.form ?? '');
  if ((last !== 'get_status' && last !== 'list_tasks') || !named) return undefined;
  if (f.words[0]?.form !== 'y' || f.head || f.words.length > 8) return undefined;
  return segment(tokens, last, 0.75, { ...extract(f, last, context), signals });
};

/** No rule fits: a follow-up of the last question, something off the subject, or not understood. */
const unread = (clause: Clause, context: Context, signals: Signal[]): Segment =>
  followUp(clause, context, signals) ??
  segment(clause.tokens, 'out_of_scope', clause.features.offTopic ? 0.9 : 0.3, { signals });

const ofClause = (clause: Clause, context: Context): Segment => {
  const { features: f, tokens, intent, confidence } = clause;
  const signals = signalsOf(clause);
  const fragment = ofFragment(clause, context, signals);
  const bare = signals.includes('same') || signals.includes('correction') || confidence < 0.85;
  if (fragment && bare) return fragment;
  if (!intent) return unread(clause, context, signals);
  const working = intent === 'create_task' ? confidence >= 0.8 : isWork(intent, confidence);
  if (f.offTopic && !working) return segment(tokens, 'out_of_scope', 0.9, { signals });
  const renamed = newName(clause, context);
  if (renamed) return renamed;
  const implied = impliedIn(f, intent);
  const read = extract(f, intent, context);
  if (isAnother(f.words, intent, read.entities)) signals.push('same');
  const found = segment(tokens, intent, confidence, { ...read, signals });
  return implied ? { ...found, implied } : found;
};

/** "la obra está frenada por la lluvia" speaks of work, whatever else it names. */
const isWork = (intent: IntentName, confidence: number): boolean =>
  confidence >= 0.9 && (intent === 'update_status' || intent === 'add_comment');

const isNegated = (words: readonly { form: string }[]): boolean =>
  words
    .slice(0, 5)
    .some(
      (w, at) =>
        w.form === 'no' &&
        [
          'la',
          'lo',
          'le',
          'se',
          'me',
          'borres',
          'elimines',
          'crees',
          'marques',
          'pongas',
          'termine',
          'acabe',
          'esta',
          'hagas',
          'cambies',
          'asignes',
          'muevas',
        ].includes(words[at + 1]?.form ?? ''),
    );

const decisive = new Set<IntentName | undefined>(['cancel', 'undo', 'goodbye']);

/** "sí, dale, claro" is one yes; in "no, olvídalo" only the second counts. */
const distinct = (lead: Answer[]): Answer[] => {
  const decided = lead.some(a => decisive.has(a.intent));
  return lead.filter((a, at) => {
    if (decided && (a.intent === 'affirm' || a.intent === 'deny')) return false;
    return !lead.slice(0, at).some(b => b.intent === a.intent && b.signal === a.signal);
  });
};

const isGreeting = (words: readonly { form: string }[], answer: Answer): boolean =>
  answer.intent === 'greet' &&
  ['hola', 'buenas', 'buenos', 'buen', 'hello', 'hi', 'holi'].includes(
    words[answer.start]?.form ?? '',
  );

const understanding = (segments: Segment[]): Understanding => ({
  segments,
  // Thanks ask for nothing, so they are answered but are no intent.
  intents: segments
    .filter(({ signals }) => !signals.includes('thanks'))
    .map(({ intent, confidence }) => ({ name: intent, confidence })),
  entities: segments.flatMap(each => each.entities),
});

/** "cómo va" is made of "¿cómo?" and "va", and is neither; so is "déjala sin asignar". */
const asksAfterAll = ([first]: Clause[], lead: Answer[]): boolean =>
  lead.length > 1 && first?.intent !== undefined && first.confidence >= 0.93;

/** A clause that is nothing but an answer ("sí,") is read as one. */
const heard = (clause: Clause, context: Context): Segment[] => {
  const { words } = clause.features;
  const said = answersAt(words);
  if (said.length === 0 || !saysNoMore(words, said) || asksAfterAll([clause], said))
    return [ofClause(clause, context)];
  return distinct(said).map(answer => ofAnswer(clause.tokens, answer, context));
};

/** "no, quítale la fecha": the no is not to the whole, the rest says what to change. */
const turned = (wishes: Segment[], { awaiting }: Context): Segment[] => {
  const [first, second, ...rest] = wishes;
  if (awaiting !== 'awaiting_confirmation' || first?.intent !== 'deny' || !second) return wishes;
  if (second.confidence < 0.5) return wishes;
  return [{ ...second, signals: [...second.signals, 'correction'] }, ...rest];
};

/** The engine made of rules: tables of words and grammar, no training. */
export const understandByRules: Understand = (text, context) => {
  const tokens = tokenise(text);
  const clauses = clausesOf(tokens, context);
  const words = clauses.flatMap(clause => clause.features.words);
  const lead = answersAt(words);
  if (lead.length > 0 && saysNoMore(words, lead) && !asksAfterAll(clauses, lead))
    return understanding(distinct(lead).map(answer => ofAnswer(tokens, answer, context)));
  const other = otherTask(tokens, context);
  if (other) return understanding([other]);
  const renamed = clauses.length === 1 ? newName(clauses[0] as Clause, context) : undefined;
  if (renamed) return understanding([renamed]);
  const reply = replyTo(tokens, clauses, lead, context);
  if (reply) return understanding(reply);
  const wishes = takenUp(
    clauses,
    clauses.map(clause => heard(clause, context)),
  );
  const said = conditioned(joined(greeted(turned(wishes, context), tokens, words, context)));
  return understanding(said.flatMap(wish => several(wish, text)));
};

/** "hola crea una tarea": a greeting in front counts, and is not counted twice. */
const greeted = (
  wishes: Segment[],
  tokens: readonly Token[],
  words: readonly Word[],
  context: Context,
): Segment[] => {
  const greeting = answersAt(words).find(answer => isGreeting(words, answer));
  if (!greeting || wishes[0]?.intent === 'greet') return wishes;
  const idle = wishes.length > 1 && (wishes[0]?.confidence ?? 1) < 0.5;
  const rest = idle ? wishes.slice(1) : wishes;
  return [ofAnswer(tokens.slice(greeting.start, greeting.end), greeting, context), ...rest];
};
