import type { ProjectFigures } from '../decide/state.ts';
import { workloads } from './describe.ts';
import { count, enumerated, plain } from './format.ts';
import type { Speech } from './speech.ts';

/** How a project stands, in one sentence. */
export const figuresText = (f: ProjectFigures): string => {
  if (f.total === 0) return 'todavía no tiene tareas.';
  const by = f.byStatus;
  const parts = [
    `${by.done} de ${count(f.total, 'tarea hecha', 'tareas hechas')} (${f.completionPercent} %)`,
    by.in_progress > 0 && `${by.in_progress} en progreso`,
    by.in_review > 0 && `${by.in_review} en revisión`,
    by.blocked > 0 && count(by.blocked, 'bloqueada', 'bloqueadas'),
    by.todo > 0 && `${by.todo} por hacer`,
  ];
  const notes = [
    f.overdue > 0 && count(f.overdue, 'vencida', 'vencidas'),
    f.dueThisWeek > 0 && `${f.dueThisWeek} para esta semana`,
    f.unassigned > 0 && `${f.unassigned} sin responsable`,
  ].filter(Boolean);
  return `${parts.filter(Boolean).join(', ')}.${notes.length > 0 ? ` Ojo: ${notes.join(', ')}.` : ''}`;
};

/** Who has how much open, most first, and who has nothing. */
export const workloadText = ({ byAssignee }: ProjectFigures, speech: Speech): string => {
  const loads = workloads(byAssignee, speech);
  if (loads.busy.length === 0) return 'Nadie tiene tareas abiertas.';
  const lines = loads.busy.map(
    ({ name, open, overdue }, at) =>
      `${at + 1}. ${plain(name)}: ${open}${overdue > 0 ? ` (${count(overdue, 'vencida', 'vencidas')})` : ''}`,
  );
  const free =
    loads.free.length > 0
      ? `\nSin tareas: ${enumerated(loads.free.map(plain), 'es', 'conjunction')}.`
      : '';
  return `Tareas abiertas de cada quien:\n${lines.join('\n')}${free}`;
};
