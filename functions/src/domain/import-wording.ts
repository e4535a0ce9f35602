import type { Text } from '../platform/failure.ts';
import type { ImportIssue } from './import.ts';

/** What people read about a row of a file. */
export const importWording: Record<ImportIssue['code'], Text> = {
  title_missing: { es: 'Sin título: la fila se omite.', en: 'No title: the row is left out.' },
  title_cut: {
    es: 'El título pasa de 500 caracteres y se corta.',
    en: 'The title is longer than 500 characters and is cut.',
  },
  status_unknown: {
    es: 'No conozco ese estado: queda «Por hacer».',
    en: 'Unknown state: it will be “To do”.',
  },
  priority_unknown: {
    es: 'No conozco esa prioridad: queda la habitual del proyecto.',
    en: 'Unknown priority: the usual one of the project is taken.',
  },
  type_unknown: {
    es: 'No conozco ese tipo: queda como tarea.',
    en: 'Unknown type: it will be a task.',
  },
  date_invalid: {
    es: 'La fecha no existe o no se entiende: queda sin fecha.',
    en: 'The date does not exist or is not understood: it is left open.',
  },
  start_after_due: {
    es: 'Empieza después de su fecha de entrega: queda sin fecha de inicio.',
    en: 'It starts after it is due: its start is left open.',
  },
  points_invalid: {
    es: 'Los puntos no son un número válido: quedan sin estimar.',
    en: 'The points are no valid number: they are left open.',
  },
  person_unknown: {
    es: 'Nadie con ese nombre puede trabajar en el proyecto: queda sin responsable.',
    en: 'Nobody of that name can work in the project: it is left unassigned.',
  },
  sprint_unknown: {
    es: 'Ningún sprint abierto del proyecto se llama así: queda sin sprint.',
    en: 'No open sprint of the project has that name: it is left without one.',
  },
  field_invalid: {
    es: 'El valor no cabe en ese campo del proyecto: queda vacío.',
    en: 'The value does not fit that field of the project: it is left empty.',
  },
  column_ignored: {
    es: 'Esta columna no se importa. Crea antes un campo del proyecto con su nombre si la quieres.',
    en: 'This column is not brought. Make a field of the project with its name first if you want it.',
  },
};
