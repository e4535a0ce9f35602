import { once } from '../../platform/once.ts';

/** Guesses, as a power of ten, that a password must withstand: what a leaked hash meets offline. */
const leastGuesses = 10;
/** The estimate takes quadratic time; what is strong after so many characters stays strong. */
const judgedCharacters = 64;

// What Spanish speakers try first; the common lists are mostly English.
const spanishWords = (
  'contraseña contrasena clave segura seguro secreta secreto hola bienvenido bienvenida entrar ' +
  'acceso usuario administrador proyecto teamo tequiero estrella princesa barcelona realmadrid ' +
  'america mexico'
).split(' ');

const estimator = once(async () => {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, spanish: spanishWords },
    graphs: adjacencyGraphs,
  });
});

/** Judges passwords by how soon an attacker with the usual lists and patterns would come to them. */
export const passwordStrength = {
  isGuessable: async (password: string, context: string[]): Promise<boolean> => {
    const judged = password.normalize('NFC').slice(0, judgedCharacters);
    const { guessesLog10 } = (await estimator()).check(judged, context);
    return guessesLog10 < leastGuesses;
  },
};
