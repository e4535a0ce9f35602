import type { Context, Segment } from '../model.ts';
import { Draft, textOf } from './draft.ts';
import { featuresOf } from './features.ts';
import { segment } from './making.ts';
import { longestAt, table } from './phrases.ts';
import { read } from './reader.ts';
import type { Token } from './text.ts';
import { quoted, type Run } from './titles.ts';

/** Words behind which the title stands that a task in the making is to have instead. */
const leads = table<true>([
  ['titulo|nombre es|era|seria|sea|va :?', true],
  ['titulo|nombre debe|deberia|tiene|tendria que? ser :?', true],
  ['titulo|nombre a|por|: :?', true],
  ['que se? llame|titule|diga :?', true],
  ['llamala|llamalo|llamale|titulala|titulalo|nombrala :?', true],
  ['en realidad es :', true],
]);

const farthest = 8;

/** "no, el título es comprar galletas", while a task is being put together; nothing elsewhere. */
export const titleAnew = (tokens: readonly Token[], context: Context): Segment | undefined => {
  const making = context.active === 'create_task' && context.awaiting !== 'idle';
  if (!making || context.awaiting === 'awaiting_task_title') return undefined;
  const words = tokens.map(read);
  const lead = words
    .slice(0, farthest)
    .map((_, at) => longestAt(leads, words, at))
    .find(match => match !== undefined);
  const draft = new Draft(featuresOf(tokens, context));
  const run = lead && titleFrom(draft, lead.end);
  if (!run) return undefined;
  const { text } = textOf(draft.features, run);
  draft.add(run, { entity: 'task_title', value: { title: text } });
  const said = { entities: draft.entities, signals: ['correction' as const] };
  return { ...segment(tokens, 'create_task', 0.9, said), reply: true };
};

const titleFrom = ({ features: { words } }: Draft, from: number): Run | undefined => {
  const quote = quoted(words, from);
  if (quote) return quote;
  let end = words.length;
  while (end > from && words[end - 1]?.kind === 'mark') end--;
  return end > from ? { start: from, end } : undefined;
};
