import { copyFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, context, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Native code, and what is too large to gain from a bundle and rarely needed. */
const external = ['argon2', 'firebase-admin', '@google-cloud/*', 'pg-native'];

/** What firebase-functions takes from firebase-admin, by module. */
const adminFunctions: Record<string, string[]> = {
  'firebase-admin/app': ['applicationDefault', 'deleteApp', 'getApp', 'initializeApp'],
  'firebase-admin/auth': ['getAuth'],
  'firebase-admin/app-check': ['getAppCheck'],
};

/**
 * firebase-functions loads firebase-admin with its first line, two thirds of a cold start, and needs it for
 * the tokens of callables alone: it is loaded at the first of those calls instead.
 */
const adminWhenNeeded: Plugin = {
  name: 'admin-when-needed',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^firebase-admin\// }, ({ path, importer }) =>
      importer.includes('firebase-functions') ? { path, namespace: 'when-needed' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'when-needed' }, ({ path }) => ({
      contents: (adminFunctions[path] ?? [])
        .map(name => `export const ${name} = (...given) => require('${path}').${name}(...given);`)
        .join('\n'),
    }));
  },
};

/**
 * Importing `node:http` as an ES module reads all that it exports, `WebSocket` included, for which Node then
 * loads its whole fetch client. Taken as the object that it is, it costs nothing.
 */
const plainHttp: Plugin = {
  name: 'plain-http',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(?:node:)?http$/ }, () => ({ path: 'node:http', namespace: 'plain' }));
    onLoad({ filter: /.*/, namespace: 'plain' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
    }));
  },
};

/** zod brings its messages in fifty languages along; ours are imported by name. */
const twoLanguages: Plugin = {
  name: 'two-languages',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /locales\/index\.js$/ }, ({ importer }) =>
      importer.includes('zod') ? { path: 'locales', namespace: 'none' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'export {};' }));
  },
};

const plugins = [adminWhenNeeded, plainHttp, twoLanguages];

const options = (sources: string[], target: string): BuildOptions => ({
  entryPoints: sources,
  outdir: target,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  // Dynamic imports of CommonJS chunks lose their names, so take the ES module where there is one.
  mainFields: ['module', 'main'],
  target: 'node24',
  sourcemap: 'linked',
  external,
  plugins,
  // Spares the Functions Framework the search for what kind of module it is given.
  outExtension: { '.js': '.mjs' },
  // CommonJS packages inside the bundle still call `require` for what Node brings.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  logLevel: 'silent',
});

/** The functions, and the program that serves the chat over WebSocket. */
const programs = ['index.ts', 'websocket-server.ts'].map(file => join(root, 'functions/src', file));

type Paths = { source?: string; target?: string };

const resolved = ({ source, target }: Paths) =>
  options(source ? [source] : programs, target ?? join(root, 'functions/lib'));

/** Bundles the functions into functions/lib. */
export const buildFunctions = async (paths: Paths = {}): Promise<void> => {
  const settings = resolved(paths);
  await rm(settings.outdir ?? '', { recursive: true, force: true });
  await Promise.all([build(settings), copyDocumentation()]);
};

/** Puts Swagger UI beside the page at /docs, which then needs nothing from elsewhere. */
const copyDocumentation = async (): Promise<void> => {
  const source = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    await copyFile(join(source, file), join(root, 'public/docs', file));
};

/** Builds again whenever a source changes; tells when it did or why it could not. */
export const watchFunctions = async (
  told: (problem: string | undefined) => void,
): Promise<{ stop: () => Promise<void> }> => {
  let first = true;
  const watching = await context({
    ...resolved({}),
    plugins: [
      ...plugins,
      {
        name: 'tell',
        setup: ({ onEnd }) =>
          onEnd(({ errors }) => {
            if (!first) told(errors[0]?.text);
            first = false;
          }),
      },
    ],
  });
  await watching.watch();
  return { stop: () => watching.dispose() };
};

if (import.meta.main) await buildFunctions();
