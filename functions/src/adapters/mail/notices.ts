import type { MailKind } from '../../domain/mail.ts';
import type { Locale } from '../../platform/failure.ts';
import type { Words } from './words.ts';

const notYou = {
  es: 'Si no fuiste tú, cambia tu contraseña y cierra las demás sesiones.',
  en: 'If it was not you, change your password and end the other sessions.',
};

/** Mails that tell the owner of an account what happened to it. */
export const notices = {
  new_device: {
    es: {
      subject: 'Nuevo inicio de sesión',
      lines: ['Alguien entró en tu cuenta desde un dispositivo o lugar nuevo.', notYou.es],
    },
    en: {
      subject: 'New sign-in',
      lines: ['Somebody signed in to your account from a new device or place.', notYou.en],
    },
  },
  suspicious_sign_in: {
    es: {
      subject: 'Inicio de sesión inusual',
      lines: ['Un inicio de sesión en tu cuenta no se parece a los tuyos.', notYou.es],
    },
    en: {
      subject: 'Unusual sign-in',
      lines: ['A sign-in to your account does not look like yours.', notYou.en],
    },
  },
  password_changed: {
    es: {
      subject: 'Tu contraseña cambió',
      lines: [
        'Cambiamos la contraseña de tu cuenta y cerramos las demás sesiones.',
        'Si no fuiste tú, pide una nueva ahora mismo desde la aplicación.',
      ],
    },
    en: {
      subject: 'Your password changed',
      lines: [
        'We changed the password of your account and ended the other sessions.',
        'If it was not you, ask for a new one in the application right away.',
      ],
    },
  },
  refresh_reused: {
    es: {
      subject: 'Cerramos una sesión por seguridad',
      lines: [
        'Una llave de sesión ya usada volvió a aparecer, así que cerramos esa sesión.',
        'Vuelve a entrar. Si no reconoces el aviso, cambia tu contraseña.',
      ],
    },
    en: {
      subject: 'We ended a session to be safe',
      lines: [
        'A session key that was used before came back, so we ended that session.',
        'Sign in again. If this surprises you, change your password.',
      ],
    },
  },
  second_factor_enabled: {
    es: {
      subject: 'Segundo factor activado',
      lines: ['Tu cuenta pide ahora un código.', notYou.es],
    },
    en: { subject: 'Second factor on', lines: ['Your account asks for a code now.', notYou.en] },
  },
  second_factor_disabled: {
    es: {
      subject: 'Segundo factor desactivado',
      lines: ['Tu cuenta ya no pide un código al entrar.', notYou.es],
    },
    en: {
      subject: 'Second factor off',
      lines: ['Your account no longer asks for a code.', notYou.en],
    },
  },
  recovery_code_used: {
    es: {
      subject: 'Usaste un código de recuperación',
      lines: ['Te quedan {left} códigos de recuperación.', notYou.es],
    },
    en: {
      subject: 'A recovery code was used',
      lines: ['You have {left} recovery codes left.', notYou.en],
    },
  },
  google_linked: {
    es: {
      subject: 'Cuenta de Google conectada',
      lines: ['Ahora puedes entrar con Google.', notYou.es],
    },
    en: {
      subject: 'Google account connected',
      lines: ['You can sign in with Google now.', notYou.en],
    },
  },
  google_unlinked: {
    es: {
      subject: 'Cuenta de Google desconectada',
      lines: ['Ya no se puede entrar con Google en tu cuenta.', notYou.es],
    },
    en: {
      subject: 'Google account disconnected',
      lines: ['Google no longer signs in to your account.', notYou.en],
    },
  },
  digest: {
    es: {
      subject: 'Tienes avisos sin leer en PM-Bot',
      lines: [
        'Avisos sin leer: {left}.',
        'Entra para verlos. Si prefieres no recibir este resumen, desactívalo en tus preferencias.',
      ],
    },
    en: {
      subject: 'You have unread notifications on PM-Bot',
      lines: [
        'Unread notifications: {left}.',
        'Sign in to see them. Your preferences turn this summary off.',
      ],
    },
  },
  summary: {
    es: {
      subject: 'Tu día en PM-Bot',
      lines: [
        'Tareas tuyas: {overdue} vencidas, {today} para hoy, {blocked} bloqueadas.',
        'Entra para verlas, o pregunta al bot «¿qué tengo para hoy?». Tus preferencias cambian la hora o desactivan este resumen.',
      ],
    },
    en: {
      subject: 'Your day on PM-Bot',
      lines: [
        'Tasks of yours: {overdue} overdue, {today} due today, {blocked} blocked.',
        'Sign in to see them, or ask the bot “what do I have for today?”. Your preferences change the hour or turn this summary off.',
      ],
    },
  },
  handover_requested: {
    es: {
      subject: 'Alguien de tu proyecto pide ayuda',
      lines: [
        'Una persona de un proyecto que gestionas pidió al bot hablar con alguien.',
        'Entra para ver quién es y tomar la petición. Tus preferencias desactivan estos correos.',
      ],
    },
    en: {
      subject: 'Somebody in your project asks for help',
      lines: [
        'A person in a project that you manage asked the bot for somebody to talk to.',
        'Sign in to see who it is and to take the request. Your preferences turn these mails off.',
      ],
    },
  },
  invitation: {
    es: {
      subject: 'Te invitan a un proyecto en PM-Bot',
      lines: [
        '{inviter} te invita al proyecto «{project}».',
        'Acepta o rechaza la invitación desde este enlace. Sirve 14 días. Si no tienes cuenta, podrás crearla.',
      ],
      action: 'Ver la invitación',
    },
    en: {
      subject: 'You are invited to a project on PM-Bot',
      lines: [
        '{inviter} invites you to the project “{project}”.',
        'Accept or decline by this link. It works for 14 days. Without an account you can open one there.',
      ],
      action: 'See the invitation',
    },
  },
} satisfies Partial<Record<MailKind, Record<Locale, Words>>>;
