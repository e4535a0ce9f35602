import { details, named } from './describe.ts';
import { plain, quote, statusNames } from './format.ts';
import { type Catalogue, number, type Params, task, tasks, text } from './speech.ts';

const days = (params: Params): string =>
  params.days === 1 ? '1 día' : `${number(params.days)} días`;

/** What the bot says of its own accord, and the answers that it offers with it. */
export const esSuggestions: Catalogue = {
  suggest_similar: (p, s) =>
    `Ojo, ya hay una parecida: ${quote(task(p).title)} (${statusNames.es[task(p).status]}, ${details(task(p), s)}). Si la nueva sobra, di «deshaz».`,
  suggest_assignee: p => `${plain(text(p.name))} suele hacer tareas así. ¿Se la asigno?`,
  suggest_overdue: p =>
    tasks(p).length === 1
      ? `Por cierto, se te venció ${named(tasks(p), 'es')}.`
      : `Por cierto, tienes ${tasks(p).length} tareas vencidas: ${named(tasks(p), 'es')}.`,
  suggest_blocked: p =>
    tasks(p).length === 1
      ? `${named(tasks(p), 'es')} lleva ${days(p)} bloqueada.`
      : `Hay ${tasks(p).length} tareas bloqueadas desde hace días: ${named(tasks(p), 'es')}.`,
  suggest_unassigned: p =>
    tasks(p).length === 1
      ? `${named(tasks(p), 'es')} no tiene responsable.`
      : `Hay ${tasks(p).length} tareas sin responsable: ${named(tasks(p), 'es')}.`,
  reply_undo: ['Deshaz'],
  reply_assign: p => `Asígnala a ${plain(text(p.name))}`,
  reply_overdue: ['Mis tareas vencidas'],
  reply_blocked: ['Tareas bloqueadas'],
  reply_unassigned: ['Tareas sin asignar'],
};

export const enSuggestions: Catalogue = {
  suggest_similar: (p, s) =>
    `There is one much like it: ${quote(task(p).title)} (${statusNames.en[task(p).status]}, ${details(task(p), s)}). If you do not need the new one, say “undo”.`,
  suggest_assignee: p => `${plain(text(p.name))} usually does such tasks. Shall I assign it?`,
  suggest_overdue: p =>
    tasks(p).length === 1
      ? `By the way, your task ${named(tasks(p), 'en')} is overdue.`
      : `By the way, ${tasks(p).length} tasks of yours are overdue: ${named(tasks(p), 'en')}.`,
  suggest_blocked: p =>
    tasks(p).length === 1
      ? `${named(tasks(p), 'en')} has been blocked for ${number(p.days)} days.`
      : `${tasks(p).length} tasks have been blocked for days: ${named(tasks(p), 'en')}.`,
  suggest_unassigned: p =>
    tasks(p).length === 1
      ? `${named(tasks(p), 'en')} belongs to nobody.`
      : `${tasks(p).length} tasks belong to nobody: ${named(tasks(p), 'en')}.`,
  reply_undo: ['Undo'],
  reply_assign: p => `Assign it to ${plain(text(p.name))}`,
  reply_overdue: ['Show my overdue tasks'],
  reply_blocked: ['Show blocked tasks'],
  reply_unassigned: ['Show unassigned tasks'],
};
