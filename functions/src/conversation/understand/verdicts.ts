import type { Context, IntentName, Segment } from '../model.ts';
import { type Answer, isFiller } from './bare-answers.ts';
import type { Clause } from './clauses.ts';
import { conditionIn } from './conditions.ts';
import { commands, type Features, featuresOf } from './features.ts';
import { gather } from './fragments.ts';
import { segment } from './making.ts';
import { openings } from './openings.ts';
import { longestAt } from './phrases.ts';
import { findReferences } from './references.ts';
import type { Token } from './text.ts';
import type { Act } from './verb-list.ts';

/** The verbs by which a wish would be given once more: "sí, bórrala", "está bien, créala". */
const actsOf: Partial<Record<IntentName, readonly Act[]>> = {
  create_task: ['create', 'do', 'put'],
  update_status: ['finish', 'start', 'block', 'reopen', 'put', 'do'],
  assign_task: ['assign', 'give', 'put'],
  set_due_date: ['put', 'postpone'],
  set_priority: ['put', 'raise', 'lower'],
  delete_task: ['remove', 'cancel'],
  add_comment: ['comment', 'create', 'put'],
  create_project: ['create', 'do'],
  add_member: ['invite', 'create', 'put'],
};

const whens = new Set([
  'ya',
  'todavia',
  'aun',
  'ahora',
  'hoy',
  'asi',
  'tal',
  'cual',
  'igual',
  'nomas',
]);

/** Whether the words only give the command again that is to be confirmed. */
const repeats = (f: Features, active: IntentName): boolean => {
  const { head, words } = f;
  if (!head || !head.clitics.some(c => c.startsWith('l'))) return false;
  if (!head.verbs.some(v => v.acts.some(act => actsOf[active]?.includes(act)))) return false;
  const reason = words.findIndex((w, at) => at > head.at && w.kind === 'mark');
  return words
    .slice(head.at + 1, reason > 0 ? reason : undefined)
    .every(w => isFiller(w) || whens.has(w.form));
};

const refusals = new Set(['no', 'ni', 'nunca', 'jamas', 'tampoco', 'nel']);

/** "no, mejor no lo elimines": one refusal in front is enough, whatever else stands there. */
const isRefused = (tokens: readonly Token[], lead: readonly Answer[], command: number): boolean =>
  lead.some(({ intent }) => intent === 'deny') ||
  tokens.some(
    ({ form }, at) =>
      at < command && refusals.has(form) && !lead.some(a => a.start <= at && at < a.end),
  );

/** "no, la otra": not what was proposed, but another of them. */
const meansAnother = (f: Features, { people, me }: Context): boolean =>
  findReferences(f.words, { people, me }).some(
    ({ reference }) => reference.other || reference.ordinals,
  );

/** "esa", "esos no", "todo no": what was proposed and nothing else. */
const onlyPoints = (f: Features, { people, me }: Context): boolean => {
  const taken = findReferences(f.words, { people, me });
  const free = f.words.filter((_, at) => !taken.some(r => r.start <= at && at < r.end));
  return free.every(w => isFiller(w) || pointing.has(w.form));
};
const pointing = new Set(['no', 'todo', 'toda', 'todos', 'todas', 'mejor', 'si', 'es']);

type Again = { answer: 'affirm' | 'deny'; clause: Clause; rest: readonly Clause[] };

/** Yes or no where the command is given again, or taken back; nothing when the words say something else. */
const givenAgain = (
  tokens: readonly Token[],
  clauses: readonly Clause[],
  lead: readonly Answer[],
  context: Context,
): Again | undefined => {
  const from = lead.at(-1)?.end ?? 0;
  let start = 0;
  for (const [at, clause] of clauses.entries()) {
    const end = start + clause.tokens.length;
    const first = Math.max(from, start);
    if (tokens.slice(first, end).some(({ kind }) => kind !== 'mark')) {
      const f = featuresOf(tokens.slice(first, end), context);
      if (!context.active || !f.head || !repeats(f, context.active)) return undefined;
      const refused = isRefused(tokens, lead, first + f.head.at);
      return { answer: refused ? 'deny' : 'affirm', clause, rest: clauses.slice(at + 1) };
    }
    start = end;
  }
  return undefined;
};

const sure = 0.95;

type Verdict = { answer: Segment; rest: Clause[] };

/** Whether a proposal is accepted or refused in words of its own, and what is wished behind: "no la borres, ciérrala". */
export const verdictOf = (
  tokens: readonly Token[],
  clauses: readonly Clause[],
  lead: readonly Answer[],
  context: Context,
): Verdict | undefined => {
  if (context.awaiting !== 'awaiting_confirmation') return undefined;
  const again = givenAgain(tokens, clauses, lead, context);
  if (again)
    return {
      answer: segment(again.clause.tokens, again.answer, sure),
      rest: again.rest.filter(isWish),
    };
  const first = answered(lead);
  if (!first || (first === 'affirm' && isOpen(clauses))) return undefined;
  const f = featuresOf(tokens.slice(lead.at(-1)?.end ?? 0), context);
  const settled = !meansAnother(f, context) && addsNothing(first, f, clauses, context);
  return settled ? { answer: segment(tokens, first, sure), rest: [] } : undefined;
};

/** Whether what stands behind a yes or no only points at it, gives a reason or says nothing of weight. */
const addsNothing = (
  first: 'affirm' | 'deny',
  f: Features,
  clauses: readonly Clause[],
  context: Context,
): boolean => {
  if (onlyPoints(f, context)) return true;
  if (first === 'affirm' && f.words.some(w => w.form === 'no')) return false;
  if (first === 'deny' && givesReason(f) && !clauses.some(clause => commands(clause.features)))
    return true;
  return !clauses.some(isWish) && saysNoValue(f, context);
};

/** Whoever asks, or makes it depend on something, has not said yes. */
const isOpen = (clauses: readonly Clause[]): boolean => {
  const words = clauses.flatMap(clause => clause.features.words);
  return words.some(w => w.text === '?') || conditionIn(words) !== undefined;
};

/** Yes or no, where the words in front say only one of them. */
const answered = (lead: readonly Answer[]): 'affirm' | 'deny' | undefined => {
  const said = new Set(lead.flatMap(({ intent }) => intent ?? []));
  const [first] = said;
  return said.size === 1 && (first === 'affirm' || first === 'deny') ? first : undefined;
};

const isWish = ({ intent, confidence }: Clause): boolean =>
  intent !== undefined && confidence >= 0.7;

/** "no, que aún no ha acabado": the reason for a refusal. */
const givesReason = ({ words }: Features): boolean =>
  reasons.has(words.find(w => w.kind !== 'mark' && !isFiller(w))?.form ?? '');
const reasons = new Set(['que', 'porque', 'todavia', 'aun']);

/** How many words are neither courtesy nor pointing. */
const weight = ({ words }: Features): number => {
  let count = 0;
  for (let at = 0; at < words.length; at++) {
    const courtesy = longestAt(openings, words, at);
    const word = words[at];
    if (courtesy?.meaning === 'polite') at = courtesy.end - 1;
    else if (word && !isFiller(word) && !pointed.has(word.form)) count++;
  }
  return count;
};
const pointed = new Set(['esa', 'ese', 'eso', 'esas', 'esos', 'esta', 'este']);

/** "sí, fuera", "no, espérate": a few words that change nothing of what is proposed. */
const saysNoValue = (f: Features, context: Context): boolean =>
  weight(f) < 4 &&
  f.members.length === 0 &&
  gather(f, context, { name: false, bare: true }).draft.entities.length === 0;
