import type { Context, Entity, Segment, Signal } from '../model.ts';
import { type Answer, isFiller } from './bare-answers.ts';
import type { Clause } from './clauses.ts';
import { type Draft, textOf } from './draft.ts';
import { extract } from './extract.ts';
import { type Features, featuresOf } from './features.ts';
import { gather, isFragment, titleOf } from './fragments.ts';
import { nobodyIn, undatedIn } from './implied.ts';
import { knowsAll } from './known-tasks.ts';
import { segment } from './making.ts';
import { read, readLoosely } from './reader.ts';
import { articles, type Token } from './text.ts';

const wishes = ({ features: f }: Clause): boolean =>
  f.head !== undefined || f.object !== undefined || f.opening.duty || f.opening.wish;

/** A full command heard while the bot waits for something else is a digression, not an answer. */
const isCommand = (clauses: readonly Clause[], context: Context): boolean => {
  const first = clauses.find(clause => clause.intent);
  if (!first) return false;
  if (first.features.question && first.confidence >= 0.85) return true;
  if (context.awaiting === 'awaiting_task_title')
    return (
      first.confidence >= 0.9 &&
      (first.features.head?.verbs.some(v => v.form === 'imp' || v.form === 'past') ?? false)
    );
  if (tellsWhat(first, context)) return false;
  const bound = context.awaiting === 'awaiting_task' ? 0.9 : 0.84;
  return first.confidence >= bound && wishes(first);
};

/** "la que vence el viernes" describes one of several, "que quede sin asignar" names nobody. */
const tellsWhat = (clause: Clause, { awaiting }: Context): boolean =>
  (awaiting === 'awaiting_task' && tellsWhich(clause)) ||
  (awaiting === 'awaiting_assignee' && nobodyIn(clause.features.words) !== undefined);

const tellsWhich = ({ features: { words, opening } }: Clause): boolean =>
  articles.has(words[opening.end]?.form ?? '') && words[opening.end + 1]?.form === 'que';

const named: Partial<Record<Context['awaiting'], true>> = { awaiting_assignee: true };
const barely: Partial<Record<Context['awaiting'], true>> = {
  awaiting_priority: true,
  awaiting_status: true,
};

const reply = (
  tokens: readonly Token[],
  entities: Entity[],
  context: Context,
  signals: Signal[],
  reference: Segment['reference'] = {},
): Segment => ({
  ...segment(tokens, context.active ?? 'create_task', 0.85, {
    entities: entities.toSorted((a, b) => a.start - b.start),
    reference,
    signals,
  }),
  reply: true,
});

const isAwaited = (context: Context): boolean =>
  context.awaiting !== 'idle' && context.active !== undefined;

/** What is an answer as it stands, whatever its words would be elsewhere. */
const wholeReply = (tokens: readonly Token[], context: Context): Segment | undefined => {
  if (context.awaiting === 'awaiting_comment') return commented(tokens, context);
  return context.awaiting === 'awaiting_assignee' && pointsAtPerson(tokens)
    ? reply(tokens, [], context, ['that_person'])
    : undefined;
};

/** Reads the message as the answer to what was asked; nothing when it is something else. */
export const replyTo = (
  tokens: Token[],
  clauses: Clause[],
  lead: readonly Answer[],
  context: Context,
): Segment[] | undefined => {
  if (!isAwaited(context)) return undefined;
  const whole = wholeReply(tokens, context);
  if (whole) return [whole];
  if (isCommand(clauses, context) || clauses.some(isOffTopic)) return undefined;
  const turned = lead.find(answer => answer.intent === 'deny' || answer.intent === 'affirm');
  const rest = turned && turned === lead[0] ? tokens.slice(turned.end) : tokens;
  // A "what?" in front of more than that asks for nothing to be repeated.
  const signals = lead.flatMap(({ signal }) => (signal && signal !== 'repeat' ? [signal] : []));
  const found = gathered(rest, context, [
    ...(turned?.intent === 'deny' ? ['correction' as const] : []),
    ...signals,
  ]);
  return signals.length > 0 || found.complete ? [found.said] : otherwise(rest, context, found);
};

const around = new Set(
  'para a con que la lo se haga lleve tome hace asignasela pasasela dasela ponsela mismo misma . ! ,'.split(
    ' ',
  ),
);

/** "pues para él", "que la haga ella": the accent, or the end of the message, tells him from an article. */
const pointsAtPerson = (tokens: readonly Token[]): boolean => {
  const words = tokens.map(token => read(token)).filter(word => !isFiller(word));
  const at = words.findIndex(({ text }, i) => {
    const said = text.toLowerCase();
    return said === 'él' || said === 'ella' || (said === 'el' && i === words.length - 1 && i > 0);
  });
  return at >= 0 && words.every(({ form }, i) => i === at || around.has(form));
};

/** "¿y va a llover mañana?" answers nothing. */
const isOffTopic = ({ features: f }: Clause): boolean => f.offTopic && f.question;

type Gathered = { said: Segment; draft: Draft; complete: boolean };

const gathered = (tokens: readonly Token[], context: Context, signals: Signal[]): Gathered => {
  const features = featuresOf(tokens, context);
  const { draft, reference } = gather(features, context, {
    name: named[context.awaiting] ?? false,
    bare: barely[context.awaiting] ?? false,
  });
  const absent: Signal[] = undatedIn(features.words) ? ['no_date'] : [];
  const said = reply(tokens, draft.entities, context, [...signals, ...absent], reference);
  return { said, draft, complete: isFragment(draft) };
};

/** What is more than bare values: a title, or whatever of it can be used. */
const otherwise = (
  tokens: readonly Token[],
  context: Context,
  { draft, said }: Gathered,
): Segment[] | undefined =>
  context.awaiting === 'awaiting_task_title'
    ? [titled(tokens, context, said.signals)]
    : open(tokens, draft, context, said.signals, said.reference);

/** Waiting for a comment, all that is said is the comment. */
const commented = (tokens: readonly Token[], context: Context): Segment => {
  const words = tokens.map(token => read(token));
  const { text } = textOf({ words }, { start: 0, end: words.length });
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? 0;
  return reply(
    tokens,
    [{ entity: 'comment', value: { comment: text }, text, start, end }],
    context,
    [],
  );
};

/** Waiting for a title, whatever is said is one, with a deadline or a name in it taken out. */
const titled = (tokens: readonly Token[], context: Context, signals: Signal[]): Segment => {
  const features = { ...featuresOf(tokens, context) };
  const verb =
    features.head && tokens[features.head.at]
      ? readLoosely(tokens[features.head.at] as Token)
      : undefined;
  const making =
    verb?.verbs.some(v => v.acts.includes('create') && v.form === 'imp') && features.object;
  if (!making) features.head = undefined;
  features.opening = { end: 0, wish: false, duty: false };
  const { entities } = extract(features, 'create_task', context);
  return reply(tokens, entities, context, signals);
};

const open = (
  tokens: readonly Token[],
  draft: Draft,
  context: Context,
  signals: Signal[],
  reference: Segment['reference'],
): Segment[] | undefined => {
  if (context.awaiting === 'awaiting_task' && mayBeTitle(draft.features, context))
    titleOf(draft.features, draft, 'sought', context.titles);
  else if (context.awaiting === 'awaiting_project') projectName(draft);
  const some = draft.entities.length > 0 || Object.keys(reference).length > 0;
  return some ? [reply(tokens, draft.entities, context, signals, reference)] : undefined;
};

/** Where all titles are known, only one of them or a noun with its article can be meant. */
const mayBeTitle = (f: Features, { titles }: Context): boolean => {
  if (isAside(f)) return false;
  if (!knowsAll(titles)) return true;
  return (f.named?.score ?? 0) >= 0.5 || f.words.some(w => nounLeads.has(w.form));
};
const nounLeads = new Set(['el', 'la', 'lo', 'los', 'las', 'al', 'del']);

/** "¿y si le escribes a mi mamá?" names no task. */
const isAside = ({ question, words, opening }: Features): boolean =>
  question && !articles.has(words[opening.end]?.form ?? '');

const projectName = (draft: Draft): void => {
  const title = titleOf(draft.features, draft, 'sought');
  if (!title) return;
  draft.entities.length = 0;
  draft.entities.push({
    entity: 'project_name',
    value: { name: title.text },
    text: title.text,
    start: title.start,
    end: title.end,
  });
};
