import { type Draft, type Extraction, textOf } from './draft.ts';
import type { Features } from './features.ts';
import { isSure } from './known-tasks.ts';
import type { Team } from './people.ts';
import { compile, matchAt } from './phrases.ts';
import type { Word } from './reader.ts';
import { findReferences, merged } from './references.ts';
import { formAt } from './text.ts';
import { quoted, type Run, trimTitle } from './titles.ts';

const separators = [
  'tambien que',
  'diciendo|indicando|avisando que? :?',
  'que diga|dice :?',
  ':',
  'que',
].map(p => compile(p));
const taskLeads = [
  'en|a|sobre la|el|lo|esa|esta|mi tarea|task|ticket|de|del|pendiente',
  'en|a|sobre esa|esta|ella|la|el',
  'al',
].map(p => compile(p));

/** "deja un comentario en el cemento": in front of a task that there is. */
const leadOfKnown = ({ words, named }: Features, from: number): number => {
  if (!isSure(named)) return -1;
  const lead = words.findLastIndex((w, at) => at < named.start && into.has(w.form));
  return lead >= from && lead >= named.start - 2 ? lead : -1;
};
const into = new Set(['en', 'a', 'al', 'sobre']);

const lastTaskLead = (f: Features, from: number): number => {
  for (let at = f.words.length - 1; at >= from; at--)
    if (taskLeads.some(parts => matchAt(parts, f.words, at))) return at;
  return leadOfKnown(f, from);
};

const bodyOf = (f: Features, from: number): { body: Run; task: Run } => {
  const quote = quoted(f.words, from);
  if (quote) return { body: quote, task: { start: from, end: quote.start } };
  for (let at = from; at < f.words.length; at++)
    for (const parts of separators) {
      const match = matchAt(parts, f.words, at);
      if (!match) continue;
      const body = { start: match.end, end: f.words.length };
      const task = { start: from, end: at };
      // Behind a colon all is said word for word.
      return formAt(f.words, match.end - 1) === ':' ? { body, task } : withTail(f, body, task);
    }
  const lead = lastTaskLead(f, from);
  if (lead < 0)
    return { body: { start: from, end: f.words.length }, task: { start: from, end: from } };
  return { body: { start: from, end: lead }, task: { start: lead, end: f.words.length } };
};

/** Only a task can follow: one that there is, or one that is called so. */
const isTask = ({ words, named }: Features, from: number): boolean =>
  (isSure(named) && named.start >= from) ||
  words.slice(from, from + 4).some(w => w.thing === 'task');

/** "comenta que falta la firma en la tarea del contrato": the task is at the end. */
const withTail = (f: Features, body: Run, task: Run): { body: Run; task: Run } => {
  if (task.end > task.start) return { body, task };
  const lead = lastTaskLead(f, body.start);
  if (lead <= body.start || !isTask(f, lead)) return { body, task };
  return { body: { start: body.start, end: lead }, task: { start: lead, end: body.end } };
};

/** "ponga un comentario ahí, …": where it goes, not what it says. */
const leads = (words: readonly Word[], at: number): boolean =>
  words[at]?.kind === 'mark' ||
  (['ahi', 'aqui', 'aca'].includes(words[at]?.form ?? '') && words[at + 1]?.kind === 'mark');

const trimmed = (f: Features, run: Run): Run => {
  let { start, end } = run;
  while (start < end && leads(f.words, start)) start++;
  while (end > start && ['.', ',', '"', '»', '”', ';'].includes(f.words[end - 1]?.text ?? ''))
    end--;
  return { start, end };
};

const noting = new Set(['anotar', 'comentar', 'apuntar', 'escribir', 'poner', 'agregar']);

/** "en la de las etiquetas anota: …": where the verb stands, when the task is named in front of it. */
export const noteBehind = ({ words, opening }: Features): number => {
  if (words[opening.end]?.form !== 'en') return -1;
  const at = words.findIndex(
    (w, i) => i > opening.end && w.verbs.some(v => v.form === 'imp' && noting.has(v.infinitive)),
  );
  const next = words[at + 1];
  return at > 0 && (next?.text === ':' || next?.form === 'que') ? at : -1;
};

/** What is to be noted, and where the task is named: in front of the command or behind it. */
const partsOf = (f: Features): { body: Run; task: Run } => {
  const noun = f.words.findIndex(w => w.thing === 'comment');
  const from = Math.max(
    f.head ? f.head.at + 1 : f.opening.end,
    noun >= 0 && noun < (f.head?.at ?? 0) + 5 ? noun + 1 : 0,
  );
  const behind = noteBehind(f);
  const start = f.opening.end;
  if (behind >= 0) return { body: bodyOf(f, behind + 1).body, task: { start, end: behind } };
  if (f.head?.fronted) return { body: bodyOf(f, from).body, task: { start, end: f.head.at } };
  return bodyOf(f, from);
};

/** "y otro comentario: …" goes to the same task as the last. */
const addsAnother = ({ words }: Features): boolean =>
  words.some(
    (w, at) => w.thing === 'comment' && ['otro', 'otra'].includes(words[at - 1]?.form ?? ''),
  );

/** The free text of a comment, and the task that it belongs to. */
export const commentOf = (draft: Draft, f: Features, team: Team): Extraction => {
  const { body, task } = partsOf(f);
  const text = trimmed(f, body);
  const references = findReferences(f.words.slice(0, task.end), team).filter(
    r => r.start >= task.start,
  );
  const busy = references.some(
    r => r.reference.pronoun || r.reference.ordinals || r.reference.taskId || r.reference.of,
  );
  const title = busy ? undefined : trimTitle(f.words, task, 'sought');
  if (title) draft.add(title, { entity: 'task_title', value: { title: textOf(f, title).text } });
  if (text.end > text.start)
    draft.add(text, { entity: 'comment', value: { comment: textOf(f, text).text } });
  const same = f.head?.clitics.some(c => /^l[aeo]s?$/.test(c)) || addsAnother(f);
  const clitic = !title && same ? { pronoun: true as const } : {};
  return {
    entities: draft.entities.toSorted((a, b) => a.start - b.start),
    reference: { ...clitic, ...merged(references) },
  };
};
