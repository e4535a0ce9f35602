import type { Context, IntentName, Segment } from '../model.ts';
import type { Clause } from './clauses.ts';
import { type Features, featuresOf } from './features.ts';
import { type Answer, gather, isFiller } from './fragments.ts';
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

/** Whether the words only give the command again that is to be confirmed. */
const repeats = (f: Features, active: IntentName): boolean => {
  const { head, words } = f;
  if (!head || !head.clitics.some(c => c.startsWith('l'))) return false;
  if (!head.verbs.some(v => v.acts.some(act => actsOf[active]?.includes(act)))) return false;
  const reason = words.findIndex((w, at) => at > head.at && w.kind === 'mark');
  return words.slice(head.at + 1, reason > 0 ? reason : undefined).every(isFiller);
};

const isNegated = (f: Features): boolean =>
  f.words.slice(0, f.head?.at ?? f.words.length).some(w => w.form === 'no');

/** "esa", "esos no", "todo no": what was proposed and nothing else. */
const onlyPoints = (f: Features, { people, me }: Context): boolean => {
  const taken = findReferences(f.words, { people, me });
  const free = f.words.filter((_, at) => !taken.some(r => r.start <= at && at < r.end));
  return free.every(w => isFiller(w) || pointing.has(w.form));
};
const pointing = new Set(['no', 'todo', 'toda', 'todos', 'todas', 'mejor', 'si', 'es']);

/** What the words behind a yes or no amount to; nothing when they say more. */
const verdictIn = (tokens: readonly Token[], context: Context): 'affirm' | 'deny' | undefined => {
  const f = featuresOf(tokens, context);
  if (context.active && repeats(f, context.active)) return isNegated(f) ? 'deny' : 'affirm';
  return undefined;
};

const segment = (tokens: readonly Token[], intent: IntentName): Segment => ({
  intent,
  confidence: 0.95,
  start: tokens[0]?.start ?? 0,
  end: tokens.at(-1)?.end ?? 0,
  entities: [],
  reference: {},
  signals: [],
});

/** Whether a proposal is accepted or refused in words of its own: "que sí, bórrala", "mmm no, esos no". */
export const verdictOf = (
  tokens: readonly Token[],
  clauses: readonly Clause[],
  lead: readonly Answer[],
  context: Context,
): Segment | undefined => {
  if (context.awaiting !== 'awaiting_confirmation') return undefined;
  const rest = tokens.slice(lead.at(-1)?.end ?? 0);
  const again = verdictIn(rest, context);
  if (again) return segment(tokens, again);
  const first = lead.find(each => each.intent === 'affirm' || each.intent === 'deny')?.intent;
  if (!first || lead.some(each => each.intent !== first)) return undefined;
  const unread = clauses.every(({ intent, confidence }) => !intent || confidence < 0.7);
  const f = featuresOf(rest, context);
  return onlyPoints(f, context) || (unread && saysNoValue(f, context))
    ? segment(tokens, first)
    : undefined;
};

/** "sí, fuera", "no, espérate": a few words that change nothing of what is proposed. */
const saysNoValue = (f: Features, context: Context): boolean =>
  f.words.length < 4 && gather(f, context, { name: false, bare: true }).draft.entities.length === 0;
