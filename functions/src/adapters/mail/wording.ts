import type { MailKind } from '../../domain/mail.ts';
import type { Locale } from '../../platform/failure.ts';
import { notices } from './notices.ts';
import type { Words } from './words.ts';

/** Page that each link opens; it shows a button, so that a mail scanner's GET changes nothing. */
export const pages: Partial<Record<MailKind, string>> = {
  verify_email: 'verify-email',
  choose_password: 'reset-password',
  reset_password: 'reset-password',
  confirm_email_change: 'confirm-email-change',
  email_change_requested: 'undo-email-change',
  email_changed: 'undo-email-change',
  invitation: 'invitation',
};

/** `{name}` stands for a fact of the mail. */
export const wording: Record<MailKind, Record<Locale, Words>> = {
  verify_email: {
    es: {
      subject: 'Confirma tu correo',
      lines: [
        'Confirma que este correo es tuyo para empezar a usar PM-Bot. El enlace sirve 24 horas.',
        'Si no abriste una cuenta, ignora este mensaje.',
      ],
      action: 'Confirmar mi correo',
    },
    en: {
      subject: 'Confirm your e-mail',
      lines: [
        'Confirm that this address is yours to start using PM-Bot. The link works for 24 hours.',
        'If you did not open an account, ignore this message.',
      ],
      action: 'Confirm my e-mail',
    },
  },
  account_exists: {
    es: {
      subject: 'Ya tienes una cuenta',
      lines: [
        'Alguien quiso abrir una cuenta de PM-Bot con este correo, pero ya tienes una.',
        'Inicia sesión como siempre. Si olvidaste tu contraseña, pide una nueva en la aplicación.',
        'Si no fuiste tú, no tienes que hacer nada.',
      ],
    },
    en: {
      subject: 'You already have an account',
      lines: [
        'Somebody tried to open a PM-Bot account with this address, but you already have one.',
        'Sign in as usual. If you forgot your password, ask for a new one in the application.',
        'If it was not you, there is nothing to do.',
      ],
    },
  },
  choose_password: {
    es: {
      subject: 'Elige tu contraseña',
      lines: [
        'Alguien abrió esta cuenta más de una vez, con contraseñas distintas. Por seguridad ninguna vale.',
        'Elige una aquí y tu correo quedará confirmado. El enlace sirve una hora.',
        'Si no abriste una cuenta, ignora este mensaje.',
      ],
      action: 'Elegir contraseña',
    },
    en: {
      subject: 'Choose your password',
      lines: [
        'This account was opened more than once, with different passwords. To be safe none of them counts.',
        'Choose one here and your address is confirmed too. The link works for one hour.',
        'If you did not open an account, ignore this message.',
      ],
      action: 'Choose a password',
    },
  },
  reset_password: {
    es: {
      subject: 'Cambia tu contraseña',
      lines: [
        'Recibimos tu solicitud de una contraseña nueva. El enlace sirve una hora y una sola vez.',
        'Si no la pediste, ignora este mensaje: tu contraseña sigue igual.',
      ],
      action: 'Elegir contraseña nueva',
    },
    en: {
      subject: 'Change your password',
      lines: [
        'We received your request for a new password. The link works for one hour, and once.',
        'If you did not ask for it, ignore this message: your password stays as it is.',
      ],
      action: 'Choose a new password',
    },
  },
  confirm_email_change: {
    es: {
      subject: 'Confirma tu correo nuevo',
      lines: [
        'Confirma que quieres usar este correo en PM-Bot. El enlace sirve una hora.',
        'Si no lo pediste, ignora este mensaje.',
      ],
      action: 'Usar este correo',
    },
    en: {
      subject: 'Confirm your new e-mail',
      lines: [
        'Confirm that you want to use this address with PM-Bot. The link works for one hour.',
        'If you did not ask for it, ignore this message.',
      ],
      action: 'Use this address',
    },
  },
  email_change_requested: {
    es: {
      subject: 'Alguien quiere cambiar el correo de tu cuenta',
      lines: [
        'Se pidió usar otro correo en tu cuenta de PM-Bot.',
        'Si no fuiste tú, detén el cambio aquí: cerraremos todas las sesiones. El enlace sirve siete días.',
      ],
      action: 'No fui yo',
    },
    en: {
      subject: 'Somebody wants to change the e-mail of your account',
      lines: [
        'A different address was requested for your PM-Bot account.',
        'If it was not you, stop the change here: we will end all sessions. The link works for seven days.',
      ],
      action: 'It was not me',
    },
  },
  email_changed: {
    es: {
      subject: 'El correo de tu cuenta cambió',
      lines: [
        'Tu cuenta de PM-Bot usa desde ahora otro correo.',
        'Si no fuiste tú, todavía puedes deshacerlo con el enlace del mensaje anterior.',
      ],
    },
    en: {
      subject: 'The e-mail of your account changed',
      lines: [
        'Your PM-Bot account uses another address from now on.',
        'If it was not you, you can still undo it with the link of the earlier message.',
      ],
    },
  },
  ...notices,
};
