type Severity = 'INFO' | 'WARNING' | 'ERROR';
type Fields = Record<string, unknown>;

/** What an unexpected error tells an operator: its kind and place, never the values it quotes. */
const errorFields = (error: unknown): Fields => {
  if (!(error instanceof Error)) return { error: typeof error };
  const stack = error.stack?.split('\n').filter(line => line.trimStart().startsWith('at '));
  const code = 'code' in error ? error.code : undefined;
  return {
    error: error.name,
    ...(code !== undefined && { errorCode: code }),
    stack: stack?.slice(0, 8).map(line => line.trim()),
    ...(error.cause !== undefined && { cause: errorFields(error.cause) }),
  };
};

const write = (severity: Severity, event: string, fields: Fields) => {
  // One line of JSON is one entry in Cloud Logging; JSON escapes line breaks inside values.
  console.log(JSON.stringify({ severity, message: event, ...fields }));
};

/** Structured log: named events with fields; never bodies, tokens or message text. */
export const log = {
  info: (event: string, fields: Fields = {}) => write('INFO', event, fields),
  warn: (event: string, fields: Fields = {}) => write('WARNING', event, fields),
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write('ERROR', event, { ...fields, ...errorFields(error) }),
};
