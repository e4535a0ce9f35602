import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../dev/settings.ts';
import type { Identity } from './people.ts';
import type { Target } from './serve.ts';

const folder = import.meta.dirname;
/** Where each run leaves what schemathesis said. */
export const reports = join(root, '.pm-bot', 'fuzz');

/** The pinned program: in the virtual environment of this clone, or wherever the variable says. */
export const findSchemathesis = (): string | undefined => {
  const inVenv = process.platform === 'win32' ? 'Scripts/schemathesis.exe' : 'bin/schemathesis';
  const candidates = [process.env['PMBOT_SCHEMATHESIS'], join(root, '.venv', inVenv)];
  return candidates.find(path => path !== undefined && existsSync(path));
};

export type Run = {
  name: string;
  identity: Identity;
  phases: readonly string[];
  /** Generated calls per operation at most. */
  examples: number;
  seed: number;
  seconds: number | undefined;
  /** Operations to call, by name and by path; all unless given. */
  only: readonly string[];
  paths?: string;
};

export type Outcome = {
  name: string;
  cases: number;
  /** Operations there are to call, that were called, and that did what was asked at least once. */
  total: number;
  tested: number;
  accepted: string[];
  failures: number;
  seconds: number;
  /** What schemathesis says of the failures. */
  text: string;
};

/** What we use of `--report json`. */
type Report = {
  complete: boolean;
  exit_code: number;
  running_time: number;
  operations: { selected: number; tested: number };
  test_cases: { generated: number; unique_failures: number };
  errors: unknown[];
  valid_rates: Record<string, Record<string, { accepted: number }>>;
};

export const runSchemathesis = async (
  program: string,
  { url, desk }: Target,
  run: Run,
): Promise<Outcome> => {
  await mkdir(reports, { recursive: true });
  const file = join(reports, `${run.name}.json`);
  const child = spawn(program, argumentsFor(run, url, file), {
    cwd: reports,
    env: {
      ...process.env,
      PYTHONPATH: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      FUZZ_DESK: desk,
      FUZZ_IDENTITY: run.identity,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  await writeFile(join(reports, `${run.name}.txt`), text);
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => 'null')) as Report | null;
  if (!report) throw new Error(`schemathesis ended with ${code} and no report:\n${text}`);
  return outcomeOf(run.name, report, text);
};

const argumentsFor = (run: Run, url: string, file: string): string[] => [
  `--config-file=${join(folder, 'schemathesis.toml')}`,
  'run',
  `${url}/openapi.json`,
  '--no-color',
  '--report=json',
  `--report-json-path=${file}`,
  `--phases=${run.phases.join(',')}`,
  `--max-examples=${run.examples}`,
  `--seed=${run.seed}`,
  ...(run.seconds === undefined ? [] : [`--max-time=${run.seconds}`]),
  ...(run.paths === undefined ? [] : [`--include-path-regex=${run.paths}`]),
  ...run.only.map(name => `--include-operation-id=${name}`),
];

const outcomeOf = (name: string, report: Report, text: string): Outcome => {
  const broken = report.exit_code !== 0 || !report.complete ? 1 : 0;
  return {
    name,
    cases: report.test_cases.generated,
    total: report.operations.selected,
    tested: report.operations.tested,
    accepted: Object.entries(report.valid_rates).flatMap(([operation, phases]) =>
      Object.values(phases).some(({ accepted }) => accepted > 0) ? [operation] : [],
    ),
    failures: Math.max(report.test_cases.unique_failures + report.errors.length, broken),
    seconds: report.running_time,
    text,
  };
};
