import type { IntentName } from '../model.ts';
import { asidesIn } from './asides.ts';
import type { Draft } from './draft.ts';
import {
  deedIn,
  doneIn,
  impliedIn,
  onItIn,
  ownDeedIn,
  settledIn,
  shiftIn,
  stuckIn,
} from './implied.ts';
import { pronounIn } from './people.ts';
import { scan } from './phrases.ts';
import type { Word } from './reader.ts';
import { otherDoer } from './signals.ts';
import { type Run, soughtTails } from './titles.ts';

const reporting = new Set([
  'ya',
  'la',
  'lo',
  'las',
  'los',
  'se',
  'no',
  'recien',
  'esta',
  'anda',
  'sigue',
]);

/** "Luis ya la mandó a revisión": who did it is not what was done. */
const takeSubject = (draft: Draft): void => {
  const { words, members, opening } = draft.features;
  const subject = members.find(each => each.start === opening.end);
  const next = words[subject?.end ?? words.length];
  if (subject && next && (reporting.has(next.form) || next.verbs.length > 0))
    draft.take(subject.start, subject.end);
};

/** "no la arregla Álvaro, la arregla Nelly": whom it is not. */
const otherIn = (words: readonly Word[]): Run[] => {
  const start = words.findIndex(w => w.form === 'no');
  const end = start < 0 ? undefined : otherDoer(words, start);
  return end === undefined ? [] : [{ start, end }];
};

/** How the state of the work is told around its name. */
const tellingIn = (words: readonly Word[]): Run[] => {
  const deed = deedIn(words) ?? ownDeedIn(words);
  return [
    ...(deed ? [deed] : []),
    ...onItIn(words),
    ...stuckIn(words),
    ...doneIn(words),
    ...settledIn(words),
  ];
};

/** Words around a task that name nothing of it. */
export const takeNoise = (draft: Draft, intent: IntentName): void => {
  const { words, head, opening, question } = draft.features;
  const pronoun = pronounIn(words);
  if (pronoun) draft.take(pronoun.start, pronoun.end);
  if (intent === 'create_task') return;
  if (intent === 'update_status') takeSubject(draft);
  const shift = intent === 'set_due_date' ? shiftIn(draft.features) : undefined;
  const found = [
    ...otherIn(words),
    ...(question || intent === 'list_tasks' ? [] : asidesIn(words, head?.at ?? opening.end)),
    ...(shift ? [shift] : []),
    ...scan(soughtTails, words),
    ...(intent === 'update_status' ? tellingIn(words) : []),
  ];
  for (const { start, end } of found) draft.take(start, end);
};

const telling = new Set(['past', 'past3', 'part']);

/** "ya terminé" names the status by telling; "cierra" is only the command. */
export const takeTellingVerb = (draft: Draft): void => {
  const { features: f } = draft;
  const status = impliedIn(f, 'update_status')?.status;
  const tells = f.head?.verbs.some(v => telling.has(v.form) && !v.clitics.length);
  if (!status || !f.head || !tells || f.head.loose) return;
  const run = { start: f.head.at, end: f.head.at + 1 };
  draft.add(run, { entity: 'status', value: { status } });
};
