import { copyFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, context } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Native code, and what must be the same copy firebase-tools finds when it looks for functions. */
const external = ['argon2', 'firebase-functions', 'firebase-admin', '@google-cloud/*', 'pg-native'];

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
