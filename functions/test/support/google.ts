import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { afterAll } from 'vitest';
import { listenHere } from '../../../dev/ports.ts';
import type { Answer, Product } from './product.ts';

export const clientId = 'pm-bot-web';

type Person = { sub?: string; email?: string; [claim: string]: unknown };

/** A provider in Google's place that says whatever a test wants it to say; closed after the tests. */
export const startGoogle = async () => {
  const google = await serveGoogle();
  afterAll(google.stop);
  return google;
};

/** The same for programs that close it themselves. */
export const serveGoogle = async () => {
  const issuer = new OAuth2Issuer();
  await issuer.keys.generate('RS256');
  const service = new OAuth2Service(issuer);
  const server = createServer((request, response) => {
    // Our own functions, in the same process, hide content types from every server of it.
    if (request.method === 'POST')
      request.headers['content-type'] = 'application/x-www-form-urlencoded';
    service.requestHandler(request, response);
  });
  issuer.url = `http://127.0.0.1:${await listenHere(server)}`;
  let person: Person = {};
  let forge: ((idToken: string) => string) | undefined;
  service.on('beforeTokenSigning', token => {
    Object.assign(token.payload, person);
    for (const [claim, value] of Object.entries(person))
      if (value === undefined) delete token.payload[claim];
  });
  service.on('beforeResponse', response => {
    const body = response.body as { id_token: string };
    if (forge) body.id_token = forge(body.id_token);
  });
  return {
    environment: {
      GOOGLE_ISSUER: issuer.url,
      GOOGLE_CLIENT_ID: clientId,
      GOOGLE_CLIENT_SECRET: 'secret',
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
    /** Who signs in from now on, and how their ID token is spoilt afterwards. */
    become: (next: Person, spoil?: (idToken: string) => string) => {
      person = next;
      forge = spoil;
    },
    /** An ID token as a phone gets it. */
    idToken: (claims: Person) =>
      issuer.buildToken({
        scopesOrTransform: (_header, payload) =>
          Object.assign(payload, { aud: clientId, ...claims }),
      }),
  };
};

export type Google = Awaited<ReturnType<typeof startGoogle>>;

export const gmailPerson = (name = 'Ana Torres') => ({
  sub: randomUUID(),
  email: `${randomUUID()}@gmail.com`,
  email_verified: true,
  name,
});

export type Departure = { url: URL; cookie: string };

const manually = (url: string | URL, cookie?: string) =>
  fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });

/** The first leg: from us to the provider. */
export const depart = async (product: Product, query = ''): Promise<Departure> => {
  const response = await manually(`${product.url}/auth/oauth/google${query}`);
  const [cookie = ''] = response.headers.getSetCookie();
  return {
    url: new URL(response.headers.get('location') ?? ''),
    cookie: cookie.split(';')[0] ?? '',
  };
};

/** The second leg: from the provider back to us; answers the query that it sends. */
export const consent = async ({ url }: Departure): Promise<URLSearchParams> =>
  new URL((await manually(url)).headers.get('location') ?? '').searchParams;

export const arrive = async (
  product: Product,
  query: URLSearchParams,
  cookie?: string,
): Promise<Answer & { location: string | null }> => {
  const address = `${product.url}/auth/oauth/google/callback?${query.toString()}`;
  const response = await manually(address, cookie);
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? null : JSON.parse(text),
    headers: response.headers,
    location: response.headers.get('location'),
  };
};

/** The whole way, as a browser goes it. */
export const signInWithGoogle = async (product: Product, query = '') => {
  const departure = await depart(product, query);
  return arrive(product, await consent(departure), departure.cookie);
};
