import type { Context, Entity, IntentName, Reference, Segment, Signal } from '../model.ts';
import type { Answer } from './bare-answers.ts';
import type { Token } from './text.ts';

export const segment = (
  tokens: readonly Token[],
  intent: IntentName,
  confidence: number,
  parts: { entities?: Entity[]; owner?: Entity; reference?: Reference; signals?: Signal[] } = {},
): Segment => ({
  intent,
  confidence: Math.round(confidence * 100) / 100,
  start: tokens[0]?.start ?? 0,
  end: tokens.at(-1)?.end ?? 0,
  entities: parts.entities ?? [],
  ...(parts.owner && { owner: parts.owner }),
  reference: parts.reference ?? {},
  signals: parts.signals ?? [],
});

/** "sin fecha", said of the task last spoken of rather than as an answer. */
const absent = (tokens: readonly Token[], signal: Signal | undefined): Segment | undefined => {
  if (signal !== 'no_date' && signal !== 'nobody') return undefined;
  const said = { reference: { pronoun: true as const }, signals: [signal] };
  return signal === 'no_date'
    ? { ...segment(tokens, 'set_due_date', 0.75, said), implied: { undated: true } }
    : { ...segment(tokens, 'assign_task', 0.75, said), implied: { nobody: true } };
};

export const ofAnswer = (tokens: readonly Token[], answer: Answer, context: Context): Segment => {
  if (answer.intent) return segment(tokens, answer.intent, 0.97);
  const alone = context.active ? undefined : absent(tokens, answer.signal);
  if (alone) return alone;
  const intent = answer.signal === 'thanks' ? 'greet' : (context.active ?? 'help');
  const said = segment(tokens, intent, 0.9, { signals: answer.signal ? [answer.signal] : [] });
  return context.active ? { ...said, reply: true } : said;
};

/** "el jueves", "mejor Ana": which change a bare value asks for. */
export const changeBy: Partial<Record<Entity['entity'], IntentName>> = {
  due_date: 'set_due_date',
  assignee: 'assign_task',
  priority: 'set_priority',
  status: 'update_status',
};
