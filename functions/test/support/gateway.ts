import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { type HttpFunction, http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { listenHere } from '../../../dev/ports.ts';

const root = join(import.meta.dirname, '..', '..', '..');

type Rewrite = { source: string; function: { functionId: string } };

/**
 * Serves functions on one origin, as Hosting does in front of the Functions Framework: rewrites come from
 * firebase.json, callables answer under their own name.
 */
export const serveGateway = async (
  https: Record<string, unknown>,
  callables: Record<string, unknown>,
): Promise<{ url: string; server: Server; stop(): Promise<void> }> => {
  const rewrites = await readRewrites();
  const servers = serversOf(https, 'api-');
  const callableServers = serversOf(callables, '');
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const [, first = '', ...rest] = path.split('/');
    const callable = first === 'call' ? callableServers.get(rest[0] ?? '') : undefined;
    if (callable) request.url = `/${rest.slice(1).join('/')}`;
    const target = callable ?? servers.get(functionFor(rewrites, path) ?? '');
    if (target) target.emit('request', request, response);
    else response.writeHead(404).end();
  });
  const port = await listenHere(server);
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const serversOf = (functions: Record<string, unknown>, prefix: string): Map<string, Server> =>
  new Map(
    Object.entries(functions).map(([name, fn]) => [
      prefix + name,
      framework(`${prefix || 'callable-'}${name}`, fn),
    ]),
  );

const framework = (name: string, userFunction: unknown): Server => {
  http(name, userFunction as HttpFunction);
  return getTestServer(name);
};

const readRewrites = async (): Promise<[RegExp, string][]> => {
  const { hosting } = JSON.parse(await readFile(join(root, 'firebase.json'), 'utf8')) as {
    hosting: { rewrites: Rewrite[] };
  };
  return hosting.rewrites.map(({ source, function: { functionId } }) => [glob(source), functionId]);
};

// Hosting's globs: `*` within a segment, `**` across them.
const glob = (source: string): RegExp =>
  new RegExp(
    `^${source
      .split('**')
      .map(part => part.split('*').map(RegExp.escape).join('[^/]*'))
      .join('.*')}$`,
  );

const functionFor = (rewrites: [RegExp, string][], path: string): string | undefined =>
  rewrites.find(([pattern]) => pattern.test(path))?.[1];
