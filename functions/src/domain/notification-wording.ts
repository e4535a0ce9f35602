import type { Locale, Text } from '../platform/failure.ts';
import type { NoticeKind, Notification, SummaryFigures } from './notification.ts';

/** Who acted without an account, or has left since. */
const nobody: Text = { es: 'Alguien', en: 'Somebody' };

const dayText = (date: string | undefined, locale: Locale): string =>
  date === undefined
    ? ''
    : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
        new Date(`${date}T00:00:00Z`),
      );

const figureWords: Record<keyof SummaryFigures, Record<Locale, [string, string]>> = {
  overdue: { es: ['vencida', 'vencidas'], en: ['overdue', 'overdue'] },
  today: { es: ['para hoy', 'para hoy'], en: ['due today', 'due today'] },
  blocked: { es: ['bloqueada', 'bloqueadas'], en: ['blocked', 'blocked'] },
};

const figuresText = (figures: SummaryFigures | undefined, locale: Locale): string =>
  (['overdue', 'today', 'blocked'] as const)
    .flatMap(key => {
      const count = figures?.[key] ?? 0;
      const [one, many] = figureWords[key][locale];
      return count > 0 ? [`${count} ${count === 1 ? one : many}`] : [];
    })
    .join(', ');

const sentences: Record<NoticeKind, Text> = {
  assigned: { es: '{actor} te asignó «{task}».', en: '{actor} assigned “{task}” to you.' },
  mentioned: { es: '{actor} te mencionó en «{task}».', en: '{actor} mentioned you in “{task}”.' },
  commented: { es: '{actor} comentó «{task}».', en: '{actor} commented on “{task}”.' },
  status_changed: {
    es: '{actor} cambió el estado de «{task}».',
    en: '{actor} changed the state of “{task}”.',
  },
  due_changed: {
    es: '{actor} cambió la fecha de «{task}».',
    en: '{actor} changed the date of “{task}”.',
  },
  due_soon: { es: '«{task}» vence el {date}.', en: '“{task}” is due on {date}.' },
  handover_requested: {
    es: '{actor} pidió la ayuda de una persona en «{project}».',
    en: '{actor} asked for the help of a person in “{project}”.',
  },
  handover_taken: {
    es: '{actor} se ocupa de tu petición en «{project}».',
    en: '{actor} is taking care of your request in “{project}”.',
  },
  handover_resolved: {
    es: '{actor} dio por atendida la petición en «{project}».',
    en: '{actor} marked the request in “{project}” as seen to.',
  },
  summary: { es: 'Hoy en «{project}»: {figures}.', en: 'Today in “{project}”: {figures}.' },
  invitation_accepted: {
    es: '{actor} aceptó tu invitación a «{project}».',
    en: '{actor} accepted your invitation to “{project}”.',
  },
  invitation_declined: {
    es: '{actor} rechazó tu invitación a «{project}».',
    en: '{actor} declined your invitation to “{project}”.',
  },
  webhook_disabled: {
    es: 'Un webhook de «{project}» lleva tres días sin responder y lo apagamos.',
    en: 'A webhook of “{project}” has not answered for three days and is switched off.',
  },
  added: { es: '{actor} te agregó a «{project}».', en: '{actor} added you to “{project}”.' },
};

/** Marks that would turn the rest of the sentence around. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g;

/** What a notification says, in its reader's language. */
export const noticeText = (
  { kind, actorName, taskTitle, projectName, facts }: Notification,
  locale: Locale,
): string =>
  sentences[kind][locale]
    .replace('{actor}', () => actorName ?? nobody[locale])
    .replace('{figures}', () => figuresText(facts.figures, locale))
    .replace('{date}', () => dayText(facts.dueDate, locale))
    .replace('{task}', () => taskTitle ?? '')
    .replace('{project}', () => projectName)
    .replaceAll(turns, '');
