import type { Text } from '../platform/failure.ts';

/** Sentences of the API that say what went wrong and what to do about it. */
export const wording = {
  idempotencyKeyReused: {
    es: 'Esta Idempotency-Key ya se usó con otros datos. Usa una nueva.',
    en: 'This Idempotency-Key was used with other data. Use a new one.',
  },
  invalidCursor: {
    es: 'El cursor no es válido. Empieza otra vez sin cursor.',
    en: 'The cursor is not valid. Start again without one.',
  },
  assigneeNotMember: {
    es: 'La persona asignada no es miembro del proyecto. Agrégala primero.',
    en: 'The assignee is no member of the project. Add them first.',
  },
  assigneeCannotWork: {
    es: 'Esa persona solo puede ver el proyecto. Dale el rol de miembro para asignarle tareas.',
    en: 'That person may only view the project. Make them a member to assign tasks.',
  },
  noAccount: {
    es: 'Nadie con ese correo tiene cuenta todavía.',
    en: 'Nobody with that e-mail has an account yet.',
  },
  alreadyMember: {
    es: 'Esa persona ya es miembro del proyecto.',
    en: 'That person is a member already.',
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
} as const satisfies Record<string, Text>;
