import type { IncomingMessage } from 'node:http';
import secureJson from 'secure-json-parse';
import { Failure, type Text } from './failure.ts';

/** Largest request body, in bytes, unless an operation says otherwise. */
export const bodyLimit = 1_048_576;
// Deeper than any real request and shallow enough for every recursive walk that follows.
const depthLimit = 50;

const broken: Text = {
  es: 'El cuerpo no es JSON válido en UTF-8.',
  en: 'The body is not valid JSON in UTF-8.',
};
const tooDeep: Text = {
  es: 'El JSON está anidado demasiado profundo.',
  en: 'The JSON is nested too deeply.',
};
const compressed: Text = {
  es: 'No se admiten cuerpos comprimidos.',
  en: 'Compressed bodies are not supported.',
};

/** Reads and parses a JSON body, or `undefined` when there is none. Never keeps more than the limit. */
export const readJsonBody = async (
  request: IncomingMessage,
  contentType: string | undefined,
  limit = bodyLimit,
): Promise<unknown> => {
  if (!hasBody(request)) return undefined;
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? ''))
    throw new Failure('unsupported_media_type');
  return parseJson(await readBody(request, limit));
};

/** The bytes of a body as they came; a packed one is not unpacked. */
export const readBody = async (request: IncomingMessage, limit = bodyLimit): Promise<Buffer> => {
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Failure('unsupported_media_type', { detail: compressed });
  return readBytes(request, limit);
};

const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined ||
  Number(request.headers['content-length'] ?? 0) > 0;

const readBytes = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > limit)
    throw new Failure('payload_too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > limit) throw new Failure('payload_too_large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks, size);
};

/** Parses JSON of strangers: no prototype tricks, no nesting that a recursive walk would drown in. */
export const parseJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return undefined;
  refuseDeepNesting(bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    const value: unknown = secureJson.parse(text, {
      protoAction: 'error',
      constructorAction: 'error',
    });
    if (escapedSurrogate.test(text)) refuseHalfCharacters(value);
    return value;
  } catch (error) {
    throw new Failure('validation_failed', { detail: broken, cause: error });
  }
};

const escapedSurrogate = /\\u[dD][89a-fA-F]/;

/** Half a character (a lone surrogate) is no text: neither UTF-8 nor PostgreSQL's JSON can hold it. */
const refuseHalfCharacters = (value: unknown): void => {
  if (typeof value === 'string' && !value.isWellFormed()) throw new Error('Lone surrogate');
  if (typeof value !== 'object' || value === null) return;
  Object.keys(value).forEach(refuseHalfCharacters);
  Object.values(value).forEach(refuseHalfCharacters);
};

const [quote, backslash, openBracket, openBrace, closeBracket, closeBrace] = Buffer.from('"\\[{]}');

/** Counts brackets outside of strings before any recursive parser sees them. */
const refuseDeepNesting = (bytes: Buffer): void => {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (inString) {
      if (byte === backslash) index++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBracket || byte === openBrace) depth++;
    else if (byte === closeBracket || byte === closeBrace) depth--;
    if (depth > depthLimit) throw new Failure('validation_failed', { detail: tooDeep });
  }
};
