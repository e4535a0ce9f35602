import { type Context, type IntentName, type Segment, taskChanges } from '../model.ts';
import { featuresOf } from './features.ts';
import { gather, titleOf } from './fragments.ts';
import { longestAt, table } from './phrases.ts';
import { read } from './reader.ts';
import type { Token } from './text.ts';
import { articles } from './text.ts';

/** Words by which a person takes back which task they meant, before they say the other. */
const refusing = table<true>([
  ['no|perdon|perdona|disculpa|digo|mejor|uy|ay|ah|ups|oye|che|mentira|error|nop|nel', true],
  ['es@|est@|ese|este|aquella no', true],
  ['era|es|me|quise|queria|quiero refiero|referia|decir a?', true],
  ['era|es', true],
  ['hablaba|hablo de', true],
  ['me confundi|equivoque|confundo de? tarea|cual?', true],
  [',|.|!|-|:', true],
]);

const redone: ReadonlySet<IntentName | undefined> = new Set([
  ...taskChanges,
  'add_comment',
] as const);
/** "no, esa no, la primera", "no, era el informe de ventas": the last deed went to the wrong task. */
export const otherTask = (tokens: readonly Token[], context: Context): Segment | undefined => {
  if (context.awaiting !== 'idle' || !redone.has(context.last)) return undefined;
  let at = 0;
  for (;;) {
    const match = longestAt(refusing, tokens, at);
    if (!match) break;
    at = match.end;
  }
  const words = tokens.slice(at).map(read);
  const told = tokens
    .slice(0, at)
    .some(t => ['no', 'perdon', 'digo', 'confundi', 'equivoque'].includes(t.form));
  if (!told || words.length === 0 || words.length > 8 || !articles.has(words[0]?.form ?? ''))
    return undefined;
  if (words.some(w => w.verbs.some(v => v.form === 'imp' && v.clitics.length > 0)))
    return undefined;
  return pointedAt(tokens.slice(at), context);
};

const pointedAt = (tokens: readonly Token[], context: Context): Segment | undefined => {
  const features = featuresOf(tokens, context);
  const { draft, reference } = gather(features, context, { name: false, bare: false });
  const pointed = Object.keys(reference).length > 0;
  if (draft.entities.length > 0 && !reference.of) return undefined;
  if (!pointed && !titleOf(features, draft, 'sought')) return undefined;
  return {
    intent: context.last ?? 'update_status',
    confidence: 0.9,
    start: tokens[0]?.start ?? 0,
    end: tokens.at(-1)?.end ?? 0,
    entities: pointed ? [] : draft.entities,
    reference,
    signals: ['correction', 'other_task'],
  };
};
