import { Failure } from '../../platform/failure.ts';
import { type SigningKey, signedUrl } from './signed-url.ts';

type Options = { origin: string; bucket: string; key: SigningKey; clock(): Date };

const linkSeconds = 900;
const timeoutMs = 5_000;

/** Files in Cloud Storage: clients send and fetch them directly, by links that we sign. */
export const cloudStorage = ({ origin, bucket, key, clock }: Options) => {
  const sign = (
    method: 'GET' | 'PUT' | 'HEAD' | 'DELETE',
    object: string,
    more: { headers?: Record<string, string>; query?: Record<string, string> } = {},
  ): string =>
    signedUrl(key, { method, origin, bucket, object, now: clock(), seconds: linkSeconds, ...more });

  const expiry = (): string => new Date(clock().getTime() + linkSeconds * 1_000).toISOString();

  const send = async (method: 'HEAD' | 'DELETE', object: string): Promise<Response> => {
    try {
      return await fetch(sign(method, object), { method, signal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      throw new Failure('unavailable', { retryAfter: 5, cause: error });
    }
  };

  return {
    /** Where and with which headers to PUT a file of exactly this type and at most this size. */
    uploadLink: (object: string, contentType: string, size: number) => {
      const headers = {
        'content-type': contentType,
        'x-goog-content-length-range': `1,${size}`,
      };
      return {
        method: 'PUT' as const,
        url: sign('PUT', object, { headers }),
        headers,
        expiresAt: expiry(),
      };
    },

    /** Always a download, never a page: a file must not run in the name of our origin. */
    downloadLink: (object: string, name: string) => ({
      url: sign('GET', object, {
        query: {
          'response-content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        },
      }),
      expiresAt: expiry(),
    }),

    /** Size in bytes of what was uploaded, if anything was. */
    sizeOf: async (object: string): Promise<number | undefined> => {
      const response = await send('HEAD', object);
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Failure('unavailable', { retryAfter: 5 });
      return Number(response.headers.get('content-length'));
    },

    remove: async (object: string): Promise<void> => {
      const response = await send('DELETE', object);
      if (!response.ok && response.status !== 404)
        throw new Failure('unavailable', { retryAfter: 5 });
    },
  };
};

/** Stands in where no bucket is configured: everything else works, files do not. */
export const noStorage = (): ReturnType<typeof cloudStorage> => {
  const refuse = (): never => {
    throw new Failure('unavailable', { cause: new Error('Set STORAGE_BUCKET and its key') });
  };
  return {
    uploadLink: refuse,
    downloadLink: refuse,
    sizeOf: async () => refuse(),
    remove: async () => refuse(),
  };
};
