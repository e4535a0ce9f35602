/** What the local stack says on the terminal: Spanish, or English when the locale says so. */
const texts = {
  portTaken: {
    es: 'El puerto {port} ({name}) está ocupado. Libéralo, elige otro con {variable}=… o mueve todos: npm start -- --port-offset=100',
    en: 'Port {port} ({name}) is taken. Free it, choose another with {variable}=… or move all: npm start -- --port-offset=100',
  },
  missing: {
    es: 'Falta {name}. {advice}',
    en: '{name} is missing. {advice}',
  },
  alreadyRunning: {
    es: 'PM-Bot ya está en marcha en esta carpeta (proceso {pid}). Páralo con Ctrl-C antes de empezar otro.',
    en: 'PM-Bot is already running in this folder (process {pid}). Stop it with Ctrl-C before starting another.',
  },
  clearing: {
    es: 'La vez anterior terminó de golpe: cierro lo que quedó abierto…',
    en: 'The last run ended abruptly: closing what it left open…',
  },
  starting: { es: 'Arrancando PM-Bot…', en: 'Starting PM-Bot…' },
  step: { es: '  ✓ {name}  {seconds} s', en: '  ✓ {name}  {seconds} s' },
  build: { es: 'Funciones compiladas', en: 'Functions built' },
  migrated: { es: 'Esquema al día', en: 'Schema up to date' },
  mirrored: { es: 'Espejo en Firestore', en: 'Mirror in Firestore' },
  demo: { es: 'Datos de demostración', en: 'Demo data' },
  firebase: {
    es: 'Firebase (auth, functions, hosting)',
    en: 'Firebase (auth, functions, hosting)',
  },
  failed: { es: 'No se pudo arrancar: {reason}', en: 'Could not start: {reason}' },
  logs: { es: 'Los detalles están en {folder}', en: 'Details are in {folder}' },
  ready: { es: 'PM-Bot está listo en {seconds} s', en: 'PM-Bot is ready after {seconds} s' },
  unwell: {
    es: 'Aviso: {url} responde {answer}. Mira {folder}',
    en: 'Warning: {url} answers {answer}. See {folder}',
  },
  stopHint: { es: 'Ctrl-C lo detiene todo.', en: 'Ctrl-C stops everything.' },
  stopping: { es: 'Deteniendo…', en: 'Stopping…' },
  stopped: {
    es: 'Todo detenido. Los datos quedan en .pm-bot',
    en: 'All stopped. Data stay in .pm-bot',
  },
  died: {
    es: '{name} se ha parado ({detail}); lo reinicio en 2 s',
    en: '{name} has stopped ({detail}); starting it again in 2 s',
  },
  back: { es: '{name} vuelve a funcionar', en: '{name} is running again' },
  restartFailed: {
    es: '{name} no arranca, lo intento de nuevo: {detail}',
    en: '{name} does not start, trying again: {detail}',
  },
  rebuilt: { es: 'Funciones compiladas de nuevo', en: 'Functions built again' },
  buildBroken: {
    es: 'Las funciones no compilan: {problem}',
    en: 'Functions do not build: {problem}',
  },
  apiLabel: { es: 'API (gateway)', en: 'API (gateway)' },
  docsNote: { es: 'documentación en /docs', en: 'documentation at /docs' },
  chatLabel: { es: 'Chat (WS)', en: 'Chat (WS)' },
  chatHello: {
    es: 'Hablas con PM-Bot como {name}. /ayuda dice qué más hay, /salir termina.',
    en: 'You talk to PM-Bot as {name}. /help tells what else there is, /quit ends.',
  },
  chatHelp: {
    es: [
      'Escribe como le hablarías a una persona; un número elige una respuesta ofrecida.',
      '/proyectos   tus proyectos        /proyecto N  cambia de proyecto',
      '/nueva       otra conversación    /salir       termina',
      'Al empezar: npm run chat -- [--ws] [--en] [--as ana@pm-bot.local]',
    ].join('\n'),
    en: [
      'Write as you would to a person; a number picks an offered answer.',
      '/projects    your projects        /project N   changes project',
      '/new         another conversation /quit        ends',
      'To start: npm run chat -- [--ws] [--en] [--as ana@pm-bot.local]',
    ].join('\n'),
  },
  chatNew: { es: 'Empezamos de nuevo.', en: 'We start anew.' },
  chatNoSuchPerson: {
    es: 'Nadie de la demostración se llama {email}: {people}',
    en: 'Nobody of the demonstration is called {email}: {people}',
  },
  chatProject: { es: 'Proyecto {id}', en: 'Project {id}' },
  chatNews: { es: '* {name} en el proyecto {project}', en: '* {name} in project {project}' },
  chatLost: { es: 'Se cortó la conexión; vuelvo…', en: 'The connection was lost; returning…' },
  chatBye: { es: 'Hasta luego.', en: 'Bye.' },
  storageLabel: { es: 'Archivos', en: 'Files' },
  mailLabel: { es: 'Correos', en: 'Mails' },
  logsLabel: { es: 'Registros', en: 'Logs' },
  loginLabel: { es: 'Entra con', en: 'Sign in with' },
  rulesOn: { es: 'las reglas se aplican', en: 'rules are enforced' },
  rulesOff: {
    es: 'emulador en JavaScript: las reglas NO se aplican',
    en: 'JavaScript emulator: rules are NOT enforced',
  },
  redisJs: { es: 'js-redis-server, sin persistencia', en: 'js-redis-server, not persistent' },
  notRunning: {
    es: 'No hay nada en {url}. Arranca antes PM-Bot con npm start.',
    en: 'Nothing answers at {url}. Start PM-Bot first with npm start.',
  },
  whichSchedule: {
    es: 'Di cuál: npm run schedule -- NOMBRE. Hay: {names}',
    en: 'Say which: npm run schedule -- NAME. There are: {names}',
  },
  scheduleRan: { es: '{name}: hecho', en: '{name}: done' },
  resetDone: {
    es: 'Datos locales borrados. npm start empieza de cero.',
    en: 'Local data removed. npm start begins afresh.',
  },
  resetRefused: {
    es: 'PM-Bot está en marcha (proceso {pid}). Páralo con Ctrl-C y repite npm run reset.',
    en: 'PM-Bot is running (process {pid}). Stop it with Ctrl-C and repeat npm run reset.',
  },
  needsJava: {
    es: 'Los emuladores de Google piden Java 21 o posterior y aquí hay {found}. Instálalo o usa npm start, que no lo necesita.',
    en: "Google's emulators need Java 21 or newer and this machine has {found}. Install it or use npm start, which does without.",
  },
  noJava: { es: 'ninguno', en: 'none' },
  downloadFailed: {
    es: 'No se pudo descargar el emulador de {name} (hace falta red la primera vez). Usa npm start, que no lo necesita.',
    en: 'The {name} emulator could not be downloaded (the first time needs the network). Use npm start, which does without.',
  },
} as const;

export type TextName = keyof typeof texts;

const language = (): 'es' | 'en' =>
  (process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '').startsWith('en')
    ? 'en'
    : 'es';

export const say = (name: TextName, values: Record<string, string | number> = {}): string =>
  texts[name][language()].replace(/\{(\w+)\}/g, (whole, key: string) =>
    String(values[key] ?? whole),
  );
