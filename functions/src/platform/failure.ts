import type { RateState } from './rate.ts';

/** A sentence for people, in both languages that the product speaks. */
export type Text = { es: string; en: string };
export type Locale = keyof Text;

type Kind = { http: number; callable: string; title: Text };

/** The closed list of ways in which an operation may fail, with its wording on every transport. */
export const failureKinds = {
  validation_failed: {
    http: 400,
    callable: 'invalid-argument',
    title: { es: 'Los datos no son válidos.', en: 'The data is not valid.' },
  },
  unauthenticated: {
    http: 401,
    callable: 'unauthenticated',
    title: { es: 'Inicia sesión para continuar.', en: 'Sign in to continue.' },
  },
  invalid_credentials: {
    http: 401,
    callable: 'unauthenticated',
    title: {
      es: 'El correo o la contraseña no son correctos.',
      en: 'The e-mail or the password is wrong.',
    },
  },
  mfa_required: {
    http: 401,
    callable: 'unauthenticated',
    title: {
      es: 'Falta el código de tu segundo factor.',
      en: 'The code of your second factor is missing.',
    },
  },
  email_not_verified: {
    http: 403,
    callable: 'failed-precondition',
    title: {
      es: 'Confirma tu correo antes de entrar.',
      en: 'Confirm your e-mail before signing in.',
    },
  },
  reauthentication_required: {
    http: 403,
    callable: 'failed-precondition',
    title: {
      es: 'Vuelve a identificarte para hacer este cambio.',
      en: 'Confirm who you are again to make this change.',
    },
  },
  forbidden: {
    http: 403,
    callable: 'permission-denied',
    title: { es: 'No tienes permiso para hacer esto.', en: 'You may not do this.' },
  },
  not_found: {
    http: 404,
    callable: 'not-found',
    title: { es: 'No existe o no puedes verlo.', en: 'It does not exist or you may not see it.' },
  },
  method_not_allowed: {
    http: 405,
    callable: 'unimplemented',
    title: { es: 'Este método no se admite aquí.', en: 'This method is not supported here.' },
  },
  conflict: {
    http: 409,
    callable: 'already-exists',
    title: { es: 'Ya existe o está en uso.', en: 'It already exists or is in use.' },
  },
  precondition_failed: {
    http: 412,
    callable: 'aborted',
    title: {
      es: 'Alguien lo cambió antes que tú.',
      en: 'Somebody changed it before you.',
    },
  },
  payload_too_large: {
    http: 413,
    callable: 'invalid-argument',
    title: { es: 'El envío es demasiado grande.', en: 'The request is too large.' },
  },
  unsupported_media_type: {
    http: 415,
    callable: 'invalid-argument',
    title: {
      es: 'Envía los datos como application/json.',
      en: 'Send the data as application/json.',
    },
  },
  rate_limited: {
    http: 429,
    callable: 'resource-exhausted',
    title: {
      es: 'Demasiadas solicitudes. Espera un momento.',
      en: 'Too many requests. Wait a moment.',
    },
  },
  internal: {
    http: 500,
    callable: 'internal',
    title: {
      es: 'Algo falló de nuestro lado. Inténtalo de nuevo.',
      en: 'Something failed on our side. Try again.',
    },
  },
  unavailable: {
    http: 503,
    callable: 'unavailable',
    title: {
      es: 'El servicio no está disponible ahora. Inténtalo en unos segundos.',
      en: 'The service is not available now. Try again in a few seconds.',
    },
  },
} as const satisfies Record<string, Kind>;

export type FailureCode = keyof typeof failureKinds;

export type FieldError<Message = string> = { path: string; message: Message };

type FailureOptions = {
  /** What happened and what to do about it, for the person who reads the answer. */
  detail?: Text;
  errors?: FieldError<string | Text>[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  /** The budget that is spent. */
  rate?: RateState;
  /** Verbs that the route does support. */
  allow?: string[];
  /** Further members of the problem document, such as `mfaToken` or the current state. */
  extra?: Record<string, unknown>;
  cause?: unknown;
};

/** A failure that the caller may know of. Everything else that is thrown counts as `internal`. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly options: FailureOptions;

  constructor(code: FailureCode, options: FailureOptions = {}) {
    super(options.detail?.en ?? failureKinds[code].title.en, { cause: options.cause });
    this.code = code;
    this.options = options;
  }
}

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: FailureCode;
  requestId: string;
  errors?: FieldError[];
};

/** The problem document of a failure (RFC 9457), in the reader's language. */
export const problemOf = (failure: Failure, locale: Locale, requestId: string): Problem => {
  const kind = failureKinds[failure.code];
  return {
    type: `/docs/errors#${failure.code}`,
    title: kind.title[locale],
    status: kind.http,
    detail: (failure.options.detail ?? kind.title)[locale],
    code: failure.code,
    requestId,
    ...(failure.options.errors && { errors: inLocale(failure.options.errors, locale) }),
    ...failure.options.extra,
  };
};

const inLocale = (errors: FieldError<string | Text>[], locale: Locale): FieldError[] =>
  errors.map(({ path, message }) => ({
    path,
    message: typeof message === 'string' ? message : message[locale],
  }));
