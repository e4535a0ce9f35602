import { type PasswordFault, shortestPassword } from '../../domain/password-policy.ts';
import type { Text } from '../../platform/failure.ts';

const password: Record<PasswordFault, Text> = {
  too_short: {
    es: `Usa al menos ${shortestPassword} caracteres; una frase de varias palabras sirve.`,
    en: `Use at least ${shortestPassword} characters; a phrase of several words will do.`,
  },
  contextual: {
    es: 'No uses tu nombre, tu correo ni el nombre del producto como contraseña.',
    en: 'Do not use your name, your e-mail or the name of the product as password.',
  },
  common: {
    es: 'Esa contraseña es demasiado conocida o fácil de adivinar. Elige otra.',
    en: 'That password is too well known or easy to guess. Choose another.',
  },
  breached: {
    es: 'Esa contraseña apareció en una filtración de datos. Elige otra que no uses en ningún sitio.',
    en: 'That password was found in a data breach. Choose another that you use nowhere else.',
  },
};

/** What the sign-in service says beyond the titles of its failures. */
export const wording = {
  password,
  badName: {
    es: "Escribe el nombre con letras, números, espacios y los signos . ' ’ · ( ) -",
    en: "Write the name with letters, digits, blanks and the signs . ' ’ · ( ) -",
  },
  badLink: {
    es: 'El enlace no sirve: ya se usó, caducó o hay uno más nuevo. Pide otro.',
    en: 'The link does not work: it was used, has expired or a newer one exists. Ask for another.',
  },
  badCode: {
    es: 'El código no es correcto o ya se usó.',
    en: 'The code is wrong or was used already.',
  },
  badRefreshToken: {
    es: 'La sesión terminó. Inicia sesión otra vez.',
    en: 'The session has ended. Sign in again.',
  },
  googleMailbox: {
    es: 'Google no responde por ese correo. Regístrate con contraseña y conecta Google después.',
    en: 'Google does not vouch for that address. Register with a password and connect Google later.',
  },
  connectGoogle: {
    es: 'Ya tienes una cuenta con ese correo. Entra con tu contraseña y conecta Google en tu perfil.',
    en: 'You already have an account here. Sign in with your password and connect Google there.',
  },
  lastWayIn: {
    es: 'Es tu única forma de entrar. Elige antes una contraseña.',
    en: 'It is your only way in. Choose a password first.',
  },
  badRange: {
    es: 'Indica una dirección o un rango CIDR exacto, por ejemplo 192.0.2.0/24.',
    en: 'Give an address or an exact CIDR range, for example 192.0.2.0/24.',
  },
  ownLockout: {
    es: 'Esta regla te dejaría fuera. Repite con confirmOwnLockout si de verdad lo quieres.',
    en: 'This rule would shut you out. Repeat with confirmOwnLockout if you really want it.',
  },
  oneProof: {
    es: 'Indica la contraseña o un código, uno de los dos.',
    en: 'Give the password or a code, one of the two.',
  },
  wrongPassword: {
    es: 'La contraseña actual no es correcta.',
    en: 'The current password is wrong.',
  },
} as const;
