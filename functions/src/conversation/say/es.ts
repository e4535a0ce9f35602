import type { Goal, ProjectFigures, TaskFilter } from '../decide/state.ts';
import { details, narrowed, personName, rows, wish } from './describe.ts';
import { figuresText, workloadText } from './es-figures.ts';
import { dayText, enumerated, plain, priorityNames, quote, statusNames } from './format.ts';
import { type Catalogue, number, type Params, task, tasks, text } from './speech.ts';

const examples: Record<string, string> = {
  idle: 'Por ejemplo: «crea una tarea para revisar el contrato, para Ana, el viernes», «marca el informe como hecho» o «¿cómo va el proyecto?».',
  awaiting_task_title:
    'Dime en pocas palabras qué hay que hacer, por ejemplo «revisar el contrato».',
  awaiting_assignee: 'Dime un nombre del equipo, «yo» o «nadie».',
  awaiting_due_date: 'Dime un día, por ejemplo «el viernes», «20 de marzo» o «sin fecha».',
  awaiting_priority: 'Puede ser baja, media, alta o urgente.',
  awaiting_task: 'Dime el título de la tarea o su número en la lista.',
  awaiting_status: 'Puede ser por hacer, en progreso, bloqueada, en revisión o hecha.',
  awaiting_project: 'Dime el nombre del proyecto.',
  awaiting_confirmation: 'Contesta «sí» o «no», o dime qué cambio.',
  awaiting_comment: 'Escribe el comentario tal como quieres que quede.',
  awaiting_email: 'Necesito una dirección como ana@ejemplo.com.',
};
const example = (params: Params): string => examples[text(params.asking)] ?? examples.idle ?? '';

/** The day, where it was set together with the person. */
const dated = (params: Params): string => {
  const { dueDate } = (params.slots ?? {}) as Goal['slots'];
  return dueDate ? `, para el ${dayText(dueDate, 'es')}` : '';
};

const changed = (params: Params, name: string | undefined): string => {
  const { title, status, priority, dueDate } = task(params);
  const named = quote(title);
  if (params.intent === 'update_status')
    return status === 'done'
      ? `¡Hecho! ${named} queda terminada.`
      : `Listo, ${named} está ahora ${statusNames.es[status]}.`;
  if (params.intent === 'rename_task') return `Listo, ahora se llama ${named}.`;
  if (params.intent === 'assign_task')
    return name
      ? `Listo, ${named} es ahora de ${plain(name)}${dated(params)}.`
      : `Listo, ${named} queda sin responsable.`;
  if (params.intent === 'set_due_date')
    return dueDate
      ? `Listo, ${named} es para el ${dayText(dueDate, 'es')}.`
      : `Listo, ${named} queda sin fecha.`;
  return `Listo, ${named} tiene ahora prioridad ${priorityNames.es[priority]}.`;
};

const bulk = (params: Params): string => {
  const n = number(params.count);
  const slots = (params.slots ?? {}) as Goal['slots'];
  const person =
    slots.assignee && 'fullName' in slots.assignee ? slots.assignee.fullName : undefined;
  if (params.intent === 'update_status')
    return `Listo, ${n} tareas están ahora como «${statusNames.es[slots.status ?? 'todo']}».`;
  if (params.intent === 'assign_task')
    return person
      ? `Listo, ${n} tareas son ahora de ${plain(person)}.`
      : `Listo, ${n} tareas quedan sin responsable.`;
  if (params.intent === 'set_due_date')
    return slots.dueDate
      ? `Listo, ${n} tareas son para el ${dayText(slots.dueDate, 'es')}.`
      : `Listo, ${n} tareas quedan sin fecha.`;
  return `Listo, ${n} tareas tienen ahora prioridad ${priorityNames.es[slots.priority ?? 'medium']}.`;
};

/** The voice of the bot in Spanish: neutral tú, friendly, short. */
export const es: Catalogue = {
  greet: p =>
    text(p.name)
      ? [`¡Hola! Estamos en ${quote(text(p.name))}. ¿Qué hacemos?`]
      : ['¡Hola! ¿En qué te ayudo?', '¡Hola! Dime qué necesitas.', '¡Hola! ¿Qué hacemos hoy?'],
  goodbye: ['¡Hasta luego!', '¡Nos vemos!', '¡Que te vaya bien!'],
  thanks: ['¡De nada!', '¡Con gusto!', '¡Para eso estoy!'],
  fine: ['De acuerdo. Dime si necesitas algo.', 'Perfecto. Aquí estoy si necesitas algo.'],
  help: [
    'Puedo crear tareas («crea una tarea para revisar el contrato, para Ana, el viernes»), cambiarlas («marca el informe como hecho», «pásala al lunes», «asígnala a Luis»), mostrarlas («¿qué tengo esta semana?»), decirte cómo va el proyecto y deshacer lo último. ¿Qué hacemos?',
  ],
  help_asking: p => `${example(p)} Si prefieres dejarlo, di «cancela».`,
  out_of_scope: [
    'Con eso no puedo ayudarte: yo llevo proyectos y tareas. Di «ayuda» y te cuento qué sé hacer.',
    'Eso se sale de lo mío, que son los proyectos y las tareas. ¿Te ayudo con alguna?',
  ],
  not_understood: p => [
    `No te entendí bien. ${example(p)}`,
    `Perdona, no lo entendí. ${example(p)}`,
  ],
  choices: p =>
    p.asking === 'idle' || !p.asking
      ? 'Sigo sin entenderte. ¿Qué quieres hacer: crear una tarea, cambiar una, ver tus tareas o saber cómo va el proyecto?'
      : `Sigo sin entenderte. ${example(p)} También puedes decir «cancela».`,
  handover: [
    'Prefiero no inventar. Dejé avisado en el proyecto que necesitas ayuda de una persona.',
  ],
  handover_alone: [
    'Prefiero no inventar, pero todavía no estás en ningún proyecto y no hay a quién avisar. Crea uno o pide que te inviten.',
  ],
  waiting: ['Claro, aquí espero.', 'Tranquilo, te espero.'],
  where_we_are: (p, s) => {
    const last = p.task
      ? ` Lo último fue ${quote(task(p).title)} (${statusNames.es[task(p).status]}, ${details(task(p), s)}).`
      : '';
    return text(p.name)
      ? `Estamos en ${quote(text(p.name))}.${last} ¿Qué hacemos?`
      : '¿Qué hacemos?';
  },
  nothing_to_repeat: ['Todavía no te había dicho nada.'],
  cancelled: ['Listo, lo dejo así.', 'De acuerdo, cancelado.', 'Vale, no hago nada.'],
  nothing_to_cancel: ['No hay nada a medias. ¿Qué hacemos?'],
  nothing_to_cancel_undo: ['No hay nada a medias. Si quieres revertir lo último, di «deshaz».'],
  dropped: p =>
    p.intent === 'delete_task'
      ? 'De acuerdo, no borro nada.'
      : ['De acuerdo, no lo hago.', 'Vale, lo dejo sin hacer.'],
  not_done_unsure: ['Entonces no lo hago por ahora. Cuando lo tengas claro, me dices.'],
  conditional: ['No puedo esperar a que se cumpla una condición.'],
  left_as_is: ['De acuerdo, lo dejo como está.'],
  back_to: ['Volvamos a lo de antes.', 'Sigamos con lo que estábamos.'],
  nothing_to_undo: ['No tengo nada que deshacer.'],
  undo_too_late: [
    'Ya pasaron más de diez minutos; eso no lo puedo deshacer. Dime qué cambio y lo hago.',
  ],
  undone: ['Listo, lo deshice.', 'Hecho, todo como estaba.'],
  no_projects: ['Todavía no tienes ningún proyecto. Creemos el primero.'],
  project_unknown: p => `No encuentro el proyecto ${quote(text(p.name))} entre los tuyos.`,
  project_entered: p =>
    `Estamos en ${quote(text(p.name))}: ${figuresText(p.figures as ProjectFigures)}`,
  project_created: p => `¡Listo! Creé el proyecto ${quote(text(p.name))} y ya estamos en él.`,
  workload: (p, s) => workloadText(p.figures as ProjectFigures, s),
  members_elsewhere: [
    'Sacar a alguien del proyecto no se hace por aquí: quien administra lo hace en la lista de miembros. Sus tareas sí te las puedo pasar a otra persona.',
  ],
  project_status: p => `${quote(text(p.name))}: ${figuresText(p.figures as ProjectFigures)}`,
  ask_project: p => `¿En qué proyecto: ${enumerated((p.names as string[]).map(plain), 'es')}?`,
  ask_project_name: ['¿Cómo se llama el proyecto?', '¿Qué nombre le ponemos al proyecto?'],
  ask_title: ['¿Qué hay que hacer?', '¿Cómo titulo la tarea?'],
  ask_new_title: ['¿Cómo se llama ahora?', '¿Qué título le pongo?'],
  title_too_long: p => `Ese título es muy largo: caben ${number(p.most)} caracteres.`,
  ask_assignee: p =>
    p.intent === 'create_task'
      ? text(p.title)
        ? [
            `¿Quién se encarga de ${quote(text(p.title))}?`,
            `¿A quién le asigno ${quote(text(p.title))}?`,
          ]
        : ['¿Quién la hace?', '¿A quién se la asigno?']
      : number(p.tasks) > 1
        ? '¿A quién se las asigno?'
        : `¿A quién le asigno ${quote(text(p.title))}?`,
  ask_assignee_again: p =>
    `¿Quién la hace entonces? Si quieres, di «invita a ${plain(text(p.name))}».`,
  which_person: p => `¿A quién te refieres: ${enumerated((p.names as string[]).map(plain), 'es')}?`,
  person_unknown: p => `No hay nadie llamado ${plain(text(p.name))} en el proyecto.`,
  ask_due_date: p =>
    p.intent === 'create_task'
      ? p.again
        ? `¿Qué fecha límite le pongo a ${quote(text(p.title))}?`
        : ['¿Para cuándo?', '¿Qué fecha límite le pongo?']
      : text(p.title)
        ? `¿Para qué fecha dejo ${quote(text(p.title))}?`
        : '¿Para qué fecha?',
  noted: p => `De acuerdo, ${plain(text(p.name))}.`,
  date_past: p => `El ${dayText(text(p.date), 'es')} ya pasó.`,
  ask_priority: p =>
    `¿Qué prioridad le pongo${text(p.title) ? ` a ${quote(text(p.title))}` : ''}: baja, media, alta o urgente?`,
  ask_status: p =>
    `¿A qué estado paso ${p.title ? quote(text(p.title)) : 'la tarea'}: por hacer, en progreso, bloqueada, en revisión o hecha?`,
  ask_task: ['¿Qué tarea?', '¿De qué tarea hablamos?'],
  ask_comment: p => `¿Qué comento en ${quote(text(p.title))}?`,
  ask_email: p =>
    text(p.name) ? `¿Cuál es el correo de ${plain(text(p.name))}?` : '¿A qué correo la invito?',
  which_task: (p, s) => `Hay varias. ¿Cuál?\n${rows(tasks(p), s)}`,
  task_unknown: p =>
    text(p.title)
      ? `No encuentro ninguna tarea como ${quote(text(p.title))}. ¿Cuál es?`
      : 'No encuentro esa tarea. ¿Cuál es?',
  task_unknown_near: (p, s) =>
    `No encuentro ${quote(text(p.title))}. ¿Es alguna de estas?\n${rows(tasks(p), s)}`,
  none_match: ['No hay tareas así.', 'No encontré tareas que cumplan eso.'],
  confirm: (p, s) => confirmation(p.goal as Goal, wish(p.goal as Goal, s)),
  task_created: (p, s) => [
    `¡Listo! Creé ${quote(task(p).title)}: ${details(task(p), s)}.`,
    `Creada: ${quote(task(p).title)}, ${details(task(p), s)}.`,
  ],
  task_updated: (p, s) => changed(p, personName(task(p).assigneeId, s)),
  tasks_updated: p => bulk(p),
  task_deleted: p => `Listo, borré ${quote(text(p.title))}. Si fue un error, di «deshaz».`,
  tasks_deleted: p => `Listo, borré ${number(p.count)} tareas. Si fue un error, di «deshaz».`,
  comment_added: p => `Listo, comenté en ${quote(text(p.title))}.`,
  member_added: p => `Listo, ${plain(text(p.name))} ya está en el proyecto.`,
  member_invited: p => `Listo, le mandé la invitación a ${plain(text(p.email))}.`,
  task_list: (p, s) =>
    `Tareas${narrowed(p.filter as TaskFilter, s)} (${tasks(p).length}):\n${rows(tasks(p), s)}`,
  task_list_empty: (p, s) => `No hay tareas${narrowed(p.filter as TaskFilter, s)}.`,
  task_detail: (p, s) =>
    `${quote(task(p).title)} está ${statusNames.es[task(p).status]}, ${details(task(p), s)}.`,
  risks_later: ['Todavía no sé calcular riesgos; pronto podré.'],
  sprint_later: ['Todavía no sé planificar sprints; pronto podré.'],
  session_restarted: [
    'Me actualicé y perdí el hilo de lo que hacíamos. Las tareas están a salvo; dime de nuevo qué necesitas.',
  ],
  welcome_back: p =>
    text(p.name)
      ? `Seguimos en ${quote(text(p.name))}. Lo que estaba a medias lo dejé sin hacer.`
      : 'Lo que estaba a medias lo dejé sin hacer.',
  last_topic: (p, s) =>
    `La última vez hablamos de ${quote(task(p).title)} (${statusNames.es[task(p).status]}, ${details(task(p), s)}). ¿Seguimos con eso?`,
  apology: ['Perdona, me enredé con eso. ¿Me lo dices de otra forma?'],
  failed_forbidden: ['No tienes permiso para hacer eso en este proyecto.'],
  failed_not_found: ['Eso ya no existe o no puedes verlo.'],
  failed_no_account: ['Esa persona todavía no tiene cuenta en PM-Bot.'],
  failed_conflict: ['Eso ya existe.'],
  failed_precondition_failed: p =>
    p.request === 'undo'
      ? 'Alguien lo cambió después, así que no lo deshago para no pisar su cambio.'
      : 'Alguien acaba de cambiar esa tarea. Mírala de nuevo y dime si sigo.',
  failed_validation_failed: ['Hay algún dato que no es válido. ¿Me lo dices de otra forma?'],
  failed_unavailable: ['Ahora mismo no puedo hacerlo. Inténtalo en unos segundos.'],
  failed_rate_limited: ['Vas muy rápido. Espera un momento e inténtalo de nuevo.'],
  failed_internal: ['Algo falló de nuestro lado y no lo hice. Inténtalo de nuevo.'],
};

const confirmation = (goal: Goal, what: string): string | readonly string[] => {
  if (goal.intent === 'delete_task') return `Voy a ${what}. ¿Seguro?`;
  if (goal.unsure) return `¿Quieres ${what}?`;
  return [`Voy a ${what}. ¿Lo hago?`, `Entonces: ${what}. ¿Está bien?`];
};

/** Quick replies that are not names. */
export const esReplies: Record<string, string> = {
  yes: 'Sí',
  no: 'No',
  nobody: 'Nadie',
  no_date: 'Sin fecha',
  today: 'Hoy',
  tomorrow: 'Mañana',
  friday: 'El viernes',
  low: 'Baja',
  medium: 'Media',
  high: 'Alta',
  urgent: 'Urgente',
  todo: 'Por hacer',
  in_progress: 'En progreso',
  in_review: 'En revisión',
  done: 'Hecha',
};
