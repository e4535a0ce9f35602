import type { Text } from '../platform/failure.ts';

/** Sentences of the API that say what went wrong and what to do about it. */
export const wording = {
  idempotencyKeyReused: {
    es: 'Esta Idempotency-Key ya se usó con otros datos. Usa una nueva.',
    en: 'This Idempotency-Key was used with other data. Use a new one.',
  },
  unknownTimezone: {
    es: 'Zona horaria IANA, por ejemplo Europe/Madrid.',
    en: 'An IANA time zone, for example Europe/Madrid.',
  },
  timeOfDay: {
    es: 'Una hora de 00:00 a 23:59, por ejemplo 22:00.',
    en: 'A time from 00:00 to 23:59, for example 22:00.',
  },
  visibleText: {
    es: 'Escribe texto visible, sin caracteres de control.',
    en: 'Write visible text, without control characters.',
  },
  conversationBusy: {
    es: 'Aún estoy con tu mensaje anterior. Envía este de nuevo en un segundo.',
    en: 'I am still at your earlier message. Send this one again in a second.',
  },
  spanOutOfBounds: {
    es: 'El periodo termina después de empezar y abarca 366 días como máximo.',
    en: 'A span ends after it begins and covers 366 days at most.',
  },
  handoverTaken: {
    es: 'Otra persona ya tomó esta petición, o ya está atendida.',
    en: 'Somebody else took this request already, or it has been seen to.',
  },
  invalidCursor: {
    es: 'El cursor no es válido. Empieza otra vez sin cursor.',
    en: 'The cursor is not valid. Start again without one.',
  },
  assigneeNotMember: {
    es: 'La persona asignada no es miembro del proyecto. Agrégala primero.',
    en: 'The assignee is no member of the project. Add them first.',
  },
  newOwnerNotMember: {
    es: 'Esa persona no es miembro del proyecto. Agrégala primero.',
    en: 'That person is no member of the project. Add them first.',
  },
  assigneeCannotWork: {
    es: 'Esa persona solo puede ver el proyecto. Dale el rol de miembro para asignarle tareas.',
    en: 'That person may only view the project. Make them a member to assign tasks.',
  },
  alreadyMember: {
    es: 'Esa persona ya es miembro del proyecto.',
    en: 'That person is a member already.',
  },
  youAreMember: {
    es: 'Ya formas parte de este proyecto.',
    en: 'You are part of this project already.',
  },
  roleOutOfReach: {
    es: 'No puedes dar ni cambiar un rol igual o superior al tuyo.',
    en: 'You may not give or change a role at or above your own.',
  },
  ownerStays: {
    es: 'El propietario no puede salir del proyecto ni perder su rol. Transfiere antes la propiedad.',
    en: 'The owner may not leave or lose the role. Transfer ownership first.',
  },
  changedMeanwhile: {
    es: 'Alguien lo cambió antes que tú. Revisa el estado actual y vuelve a intentarlo.',
    en: 'Somebody changed it before you. Look at the current state and try again.',
  },
  nothingToChange: {
    es: 'Indica al menos un campo para cambiar.',
    en: 'Give at least one field to change.',
  },
  projectArchived: {
    es: 'El proyecto está archivado. Sácalo del archivo para cambiarlo.',
    en: 'The project is archived. Take it out of the archive to change it.',
  },
  datesOutOfOrder: {
    es: 'La fecha de inicio no puede ser posterior a la de entrega.',
    en: 'The start date may not come after the due date.',
  },
  parentUnknown: {
    es: 'La tarea superior no existe en este proyecto.',
    en: 'There is no such parent task in this project.',
  },
  parentCycle: {
    es: 'Una tarea no puede ser subtarea de sí misma ni de sus subtareas.',
    en: 'A task may not be a subtask of itself or of its subtasks.',
  },
  parentTooDeep: {
    es: 'Las subtareas no pueden anidarse tanto.',
    en: 'Subtasks may not be nested that deeply.',
  },
  sprintUnknown: {
    es: 'El sprint no existe en este proyecto.',
    en: 'There is no such sprint in this project.',
  },
  sprintOver: {
    es: 'Ese sprint ya terminó. Elige otro.',
    en: 'That sprint is over. Choose another.',
  },
  customFieldNeeded: {
    es: 'Di con customFieldId de qué campo es el valor.',
    en: 'Say by customFieldId which field the value is of.',
  },
  customFieldUnknown: {
    es: 'Este campo no existe en el proyecto.',
    en: 'The project has no such field.',
  },
  customFieldValue: {
    es: 'El valor no corresponde al tipo del campo.',
    en: "The value does not fit the field's type.",
  },
  relationCycle: {
    es: 'Esa relación cerraría un círculo de bloqueos o duplicados.',
    en: 'That relation would close a circle of blocks or duplicates.',
  },
  relatedUnknown: {
    es: 'La otra tarea no existe en este proyecto.',
    en: 'There is no such other task in this project.',
  },
  mentionNotMember: {
    es: 'Solo puedes mencionar a miembros del proyecto.',
    en: 'You may only mention members of the project.',
  },
  onlyAuthor: {
    es: 'Solo quien lo escribió puede cambiarlo.',
    en: 'Only its author may change it.',
  },
  fieldNameTaken: {
    es: 'El proyecto ya tiene un campo con ese nombre.',
    en: 'The project has a field of that name already.',
  },
  tooMany: {
    es: 'Se alcanzó el máximo permitido.',
    en: 'The allowed maximum is reached.',
  },
  uploadMissing: {
    es: 'El archivo aún no se ha subido, o no tiene el tamaño anunciado.',
    en: 'The file is not uploaded yet, or its size is not the announced one.',
  },
  restoreTooLate: {
    es: 'Pasaron más de 30 días desde que se borró.',
    en: 'It was deleted more than 30 days ago.',
  },
  itemUnknown: {
    es: 'Ese elemento no está en la lista de esta tarea.',
    en: 'That item is not on the checklist of this task.',
  },
  optionsForChoices: {
    es: 'Las opciones van solo en los campos de elección, y ahí hacen falta.',
    en: 'Options belong to choice fields only, and those need them.',
  },
  invitationJustSent: {
    es: 'La invitación se acaba de enviar. Espera un minuto antes de repetirla.',
    en: 'The invitation was just sent. Wait a minute before sending it again.',
  },
  invitationSettled: {
    es: 'La invitación ya se respondió o se canceló.',
    en: 'The invitation was answered or taken back already.',
  },
  templateUnknown: {
    es: 'No hay ninguna plantilla con ese nombre. Mira las tuyas en /projects/templates.',
    en: 'There is no such template. See /projects/templates.',
  },
  sprintSpan: {
    es: 'Un sprint dura entre 1 y 90 días.',
    en: 'A sprint lasts between 1 and 90 days.',
  },
  sprintState: {
    es: 'El sprint no está en un estado que permita esto.',
    en: 'The sprint is not in a state that allows this.',
  },
  sprintRunning: {
    es: 'Ya hay un sprint en curso. Complétalo primero.',
    en: 'A sprint is running already. Complete it first.',
  },
  webhookAddress: {
    es: 'La dirección debe ser https, en el puerto habitual, y estar en internet.',
    en: 'The address must be https, on the usual port, and on the internet.',
  },
  graphSyntax: {
    es: 'La consulta no es GraphQL válido para este esquema.',
    en: 'The query is not valid GraphQL for this schema.',
  },
  graphVariables: {
    es: 'Las variables no son las que la consulta declara.',
    en: 'The variables are not those that the query declares.',
  },
  graphOperation: {
    es: 'Di con operationName cuál de las operaciones quieres.',
    en: 'Say by operationName which of the operations you want.',
  },
  graphTooDeep: {
    es: 'La consulta es demasiado profunda. Pide menos niveles.',
    en: 'The query is too deep. Ask for fewer levels.',
  },
  graphTooCostly: {
    es: 'La consulta pide demasiado de una vez. Reduce los «first».',
    en: 'The query asks for too much at once. Lower the `first` arguments.',
  },
  graphFirst: {
    es: '«first» va de 1 a 100.',
    en: '`first` goes from 1 to 100.',
  },
  graphFailed: {
    es: 'Esta parte no se pudo leer.',
    en: 'This part could not be read.',
  },
  importUnreadable: {
    es: 'No encuentro tareas en el archivo. En CSV hace falta una columna «Título»; de Trello, el JSON del tablero.',
    en: 'There are no tasks in the file. CSV needs a column “Title”; Trello, the JSON of a board.',
  },
  importTooLong: {
    es: 'El archivo trae más de 2.000 tareas. Divídelo.',
    en: 'The file holds more than 2,000 tasks. Split it.',
  },
  importFarTooLong: {
    es: 'El archivo trae más de 20.000 filas. Divídelo.',
    en: 'The file holds more than 20,000 rows. Split it.',
  },
  importsRunning: {
    es: 'Ya hay tres importaciones en marcha en este proyecto. Espera a que termine una.',
    en: 'Three imports of this project are running. Wait until one has ended.',
  },
  importOver: {
    es: 'La importación ya terminó.',
    en: 'The import has ended already.',
  },
} as const satisfies Record<string, Text>;
