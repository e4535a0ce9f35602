import type { Context, IntentName, Segment, Understand } from '../model.ts';
import { takenUp } from './antecedents.ts';
import { type Answer, answersAt, closingAnswer, saysNoMore } from './bare-answers.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { commands } from './features.ts';
import { asksAfterAll, heard } from './hear-clause.ts';
import { tellsDeed } from './implied.ts';
import { ofAnswer } from './making.ts';
import { otherTask } from './other-task.ts';
import type { Word } from './reader.ts';
import { newName } from './renaming.ts';
import { replyTo } from './replies.ts';
import { conditioned, joined, several } from './segments.ts';
import { formAt, type Token, tokenise } from './text.ts';
import { titleAnew } from './title-anew.ts';
import { verdictOf } from './verdicts.ts';
import { distinct, greeted, once, toUnderstanding, turned, understood, undone } from './whole.ts';

/** "¿seguro?" asks back and "sí, digo, no" says both: neither agrees to anything. */
const decidesNothing = (words: readonly Word[], lead: Answer[], { awaiting }: Context): boolean => {
  if (awaiting !== 'awaiting_confirmation' || !saysNoMore(words, lead)) return false;
  const says = (intent: IntentName) => lead.some(answer => answer.intent === intent);
  const asked = formAt(words, lead.at(-1)?.end ?? -1) === '?';
  return says('affirm') && (says('deny') || asked);
};

/** How whole answers begin behind which nothing more is wished: "olvídalo, …", "deshazlo, …". */
const dropping = /^(?:olvid|cancel|dej)/;
const takingBack = /^(?:desh|revi|rever|anul)/;

/** What stands behind such an answer gives the reason for it, unless it commands. */
const givesReason = (words: readonly Word[], lead: Answer[]): boolean => {
  const rest = words.length - (lead.at(-1)?.end ?? 0);
  const begins = (answer: Answer | undefined, pattern: RegExp) =>
    pattern.test(formAt(words, answer?.start ?? -1));
  return (
    rest < 8 &&
    (begins(lead[0], dropping) || lead.slice(0, 2).some(each => begins(each, takingBack)))
  );
};

/** Nothing but answers, or one that settles it with a reason behind: "volvé para atrás, la necesito". */
const isAnswer = (words: readonly Word[], lead: Answer[], clauses: Clause[]): boolean => {
  if (saysNoMore(words, lead)) return true;
  if (!lead.some(({ intent }) => intent === 'undo' || intent === 'cancel')) return false;
  const settled = givesReason(words, lead);
  return clauses.every(
    c =>
      !c.intent ||
      c.confidence < 0.7 ||
      (settled && (c.intent === 'undo' || !commands(c.features))),
  );
};

/** "ya llegó el recibo, ciérrala": news of something that is no task, and then what to do. */
const leadsUp = (clause: Clause, next: Clause | undefined, { titles }: Context): boolean =>
  titles !== undefined &&
  next?.features.head !== undefined &&
  next.features.head.clitics.some(c => c.startsWith('l')) &&
  next.confidence >= 0.85 &&
  tellsDeed(clause.features) &&
  clause.features.named === undefined;

const isUnread = ({ intent, confidence }: Segment): boolean =>
  intent === 'out_of_scope' && confidence < 0.5;

/** A message as it is looked at from all sides. */
type Message = {
  tokens: Token[];
  clauses: Clause[];
  words: Word[];
  /** The answers that its first words give. */
  lead: Answer[];
  /** The answer that its last words give. */
  last: Answer | undefined;
};

/** Nothing but whole answers: "sí, dale", "no, olvídalo". */
const answered = ({ tokens, clauses, words, lead }: Message, context: Context) => {
  if (decidesNothing(words, lead, context))
    return [ofAnswer(tokens, { signal: 'repeat', start: 0, end: 0 }, context)];
  if (lead.length === 0 || !isAnswer(words, lead, clauses) || asksAfterAll(clauses, lead))
    return undefined;
  const said = distinct(lead).map(answer => ofAnswer(tokens, answer, context));
  return understood(said, context);
};

/** What says one thing as a whole, whatever its clauses would be by themselves. */
const asWhole = (message: Message, context: Context): Segment[] | undefined => {
  const { tokens, clauses, lead, last } = message;
  const answer = answered(message, context);
  if (answer) return answer;
  const one =
    titleAnew(tokens, context) ??
    (last?.intent === 'undo' ? undefined : otherTask(tokens, context)) ??
    (clauses.length === 1 ? newName(clauses[0] as Clause, context) : undefined);
  if (one) return [one];
  const verdict = verdictOf(tokens, clauses, lead, context);
  if (verdict) return [verdict.answer, ...verdict.rest.flatMap(clause => heard(clause, context))];
  return replyTo(tokens, clauses, lead, context);
};

/** "¿cómo funciona esto? no lo he usado nunca": asked first, and told why. */
const openingTalk = (lead: readonly Answer[]): Answer | undefined =>
  lead.find(({ intent, signal }) => intent === 'help' || signal === 'human');

/** What the first or the last words say of the talk, where the rest wishes nothing. */
const onlyTalk = (
  wishes: readonly Segment[],
  { words, lead, last }: Message,
): Answer | undefined => {
  if (wishes.every(wish => isUnread(wish) || wish.intent === 'greet') && wishes.some(isUnread))
    return last ?? openingTalk(lead);
  // "es la primera vez que uso esto, ¿qué puedes hacer?"
  const asks = last?.intent === 'help' && words[last.start - 1]?.kind === 'mark';
  return asks && wishes.every(({ confidence }) => confidence < 0.9) ? last : undefined;
};

/** The wishes of the clauses, one after the other. */
const wishesOf = (message: Message, context: Context): Segment[] => {
  const { tokens, clauses, words } = message;
  const wishes = takenUp(
    clauses,
    clauses.map((clause, at) =>
      leadsUp(clause, clauses[at + 1], context) ? [] : heard(clause, context),
    ),
    context,
  );
  const only = onlyTalk(wishes, message);
  if (only) return [ofAnswer(tokens, only, context)];
  const said = conditioned(
    joined(greeted(turned(undone(wishes, context), context), tokens, words, context)),
    words,
  );
  return understood(said, context);
};

/** The engine made of rules: tables of words and grammar, no training. */
export const understandByRules: Understand = (text, context) => {
  const tokens = tokenise(text);
  const clauses = clausesOf(tokens, context);
  const words = clauses.flatMap(clause => clause.features.words);
  const message = { tokens, clauses, words, lead: answersAt(words), last: closingAnswer(words) };
  const said =
    asWhole(message, context) ?? wishesOf(message, context).flatMap(wish => several(wish, text));
  return toUnderstanding(once(said));
};
