import type { IncomingMessage } from 'node:http';
import { Failure, type Text } from '../platform/failure.ts';
import { readJsonBody } from '../platform/json-body.ts';

const postOnly: Text = {
  es: 'Las llamadas se hacen con POST.',
  en: 'Callables are called by POST.',
};
const shape: Text = {
  es: 'El cuerpo de una llamada es {"data": …} y nada más.',
  en: 'The body of a callable is {"data": …} and nothing else.',
};
const marker: Text = {
  es: 'El marcador @type no se admite.',
  en: 'The marker @type is not supported.',
};

/** Reads `{data}`, the callable protocol's request, refusing what its decoder stumbles over. */
export const readEnvelope = async (
  request: IncomingMessage,
  contentType: string | undefined,
): Promise<{ data: unknown }> => {
  if (request.method !== 'POST')
    throw new Failure('method_not_allowed', { detail: postOnly, allow: ['POST'] });
  const body = await readJsonBody(request, contentType);
  if (!isEnvelope(body)) throw new Failure('validation_failed', { detail: shape });
  refuseMarkers(body.data);
  return body;
};

const isEnvelope = (body: unknown): body is { data: unknown } =>
  typeof body === 'object' &&
  body !== null &&
  Object.keys(body).length === 1 &&
  Object.hasOwn(body, 'data');

// Numbers of 64 bits travel as marked objects; nothing of ours needs them.
const refuseMarkers = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, '@type')) throw new Failure('validation_failed', { detail: marker });
  for (const child of Object.values(value)) refuseMarkers(child);
};
