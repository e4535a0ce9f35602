import type { Context, IntentName } from '../model.ts';
import { type Draft, textOf } from './draft.ts';
import { hintAt } from './features.ts';
import { fillers } from './lexicon.ts';
import { compile, matchAt } from './phrases.ts';
import type { Word } from './reader.ts';
import { fold, formAt } from './text.ts';
import { quoted, type Run } from './titles.ts';

const naming = new Set(
  'llamado llamada titulado denominado que se llame llama nombre con el la de del para : - = " un una nuevo nueva named called mi otro al a en es sobre por'.split(
    ' ',
  ),
);
const ends = new Set(', . ; ! ? por para con'.split(' '));

const endOfName = (words: readonly Word[], start: number): number => {
  for (let at = start; at < words.length; at++) {
    const word = words[at];
    if (word?.kind === 'mark' && ends.has(word.form)) return at;
    if (word?.form === 'porfa' || (word?.form === 'por' && formAt(words, at + 1) === 'favor'))
      return at;
  }
  return words.length;
};

/** The name behind "proyecto", up to the end of the clause. */
const nameAfter = (draft: Draft, from: number): Run | undefined => {
  const { words } = draft.features;
  let start = from;
  while (
    naming.has(formAt(words, start)) ||
    (formAt(words, start) === ',' && naming.has(formAt(words, start + 1)))
  )
    start++;
  if ([',', ':'].includes(words[start]?.text ?? '')) start++;
  const end = endOfName(words, start);
  return words.slice(start, end).some(w => !fillers.has(w.form)) ? { start, end } : undefined;
};

/** A project that the person has, named anywhere in the clause. */
const knownIn = (draft: Draft, context: Context): Run | undefined => {
  const { words } = draft.features;
  for (const project of context.projects) {
    const name = fold(project.name)
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
    const at = words.findIndex((_, i) => name.every((part, k) => words[i + k]?.form === part));
    if (at >= 0 && name.length > 0) return { start: at, end: at + name.length };
  }
  return undefined;
};

/** "vuelve al de pisco": one word of its name. */
const hintIn = (draft: Draft, context: Context): Run | undefined => {
  const { words } = draft.features;
  const at = context.projects.map(p => hintAt(words, p.name)).find(place => place >= 0);
  return at === undefined ? undefined : { start: at, end: at + 1 };
};

const leads = [
  'en|al|del|de|para el|mi|este? proyecto|project',
  'proyecto|project',
  'en|a|de|del|al el?',
].map(p => compile(p));

const put = (draft: Draft, run: Run): void => {
  const value = { name: textOf(draft.features, run).text };
  const from = Math.max(0, run.start - 4);
  const lead = [0, 1, 2, 3]
    .map(k => from + k)
    .find(at => leads.some(parts => matchAt(parts, draft.features.words, at)?.end === run.start));
  draft.take(lead ?? run.start, run.end);
  draft.add(run, { entity: 'project_name', value });
};

/** Which words name a project, for an intent that may speak of one. */
const nameFor = (
  draft: Draft,
  intent: IntentName,
  context: Context,
  noun: number,
): Run | undefined => {
  const known = noun >= 0 || intent === 'switch_project' || intent === 'get_status';
  const full = known ? knownIn(draft, context) : undefined;
  const run =
    full ?? (intent === 'switch_project' && noun < 0 ? hintIn(draft, context) : undefined);
  if (run || intent !== 'switch_project' || noun < 0) return run;
  return quoted(draft.features.words, 0) ?? nameAfter(draft, noun + 1);
};

export const projectIn = (draft: Draft, intent: IntentName, context: Context): void => {
  const { words } = draft.features;
  const noun = words.findIndex(w => w.thing === 'project' && w.form !== 'proyectos');
  const run =
    intent === 'create_project'
      ? (quoted(words, 0) ?? nameAfter(draft, noun + 1))
      : nameFor(draft, intent, context, noun);
  if (run) put(draft, run);
  else if (intent !== 'create_project' && noun >= 0 && !draft.taken[noun])
    takeMention(draft, noun, intent);
};

/** "del proyecto" alone means the current one; "del proyecto Marte" one that is not known. */
const takeMention = (draft: Draft, noun: number, intent: IntentName): void => {
  const { words } = draft.features;
  const back =
    [3, 2, 1, 0].find(k =>
      leads.some(parts => matchAt(parts, words, noun - k)?.end === noun + 1),
    ) ?? 0;
  const after = words[noun + 1];
  const stranger =
    after &&
    /^\p{Lu}/u.test(after.text) &&
    ['get_status', 'list_tasks', 'create_task'].includes(intent);
  draft.take(noun - back, noun + 1);
  if (stranger)
    put(draft, {
      start: noun + 1,
      end: noun + (/^\p{Lu}/u.test(words[noun + 2]?.text ?? '') ? 3 : 2),
    });
};
