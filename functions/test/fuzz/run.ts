/**
 * `npm run fuzz [-- --seed=N --examples=N --seconds=N --least=N --as=owner,viewer --operation=projects/createTask]`:
 * calls the product with what schemathesis makes of its /openapi.json, as several people. See docs/fuzzing.md.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import {
  findSchemathesis,
  type Outcome,
  type Run,
  reports,
  runSchemathesis,
} from './schemathesis.ts';
import { serveTarget } from './serve.ts';

type Profile = Pick<Run, 'name' | 'identity' | 'phases' | 'examples'> & Partial<Run>;

const everything = ['examples', 'coverage', 'fuzzing'];

/** The owner reaches most and so tries most; the others show that they are told no in a documented way. */
const profiles: Profile[] = [
  { name: 'owner', identity: 'owner', phases: everything, examples: 10 },
  // Sequences end by themselves when an answer differs from the last time; the clock begins them anew.
  {
    name: 'owner-in-sequences',
    identity: 'owner',
    phases: ['stateful'],
    examples: 400,
    seconds: 45,
  },
  { name: 'viewer', identity: 'viewer', phases: everything, examples: 3 },
  { name: 'outsider', identity: 'outsider', phases: ['coverage'], examples: 1 },
  {
    name: 'administrator',
    identity: 'administrator',
    phases: everything,
    examples: 20,
    paths: '^/auth/',
  },
  { name: 'nobody', identity: 'nobody', phases: ['coverage'], examples: 1 },
];

const help = `schemathesis is missing. It is a Python program (3.10 or newer); install it once into this clone:

  python3 -m venv .venv
  .venv/bin/pip install -r functions/test/fuzz/requirements.txt

or name yours: PMBOT_SCHEMATHESIS=/path/to/schemathesis npm run fuzz`;

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const options = () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      examples: { type: 'string' },
      seconds: { type: 'string' },
      least: { type: 'string', default: '0' },
      as: { type: 'string', multiple: true },
      operation: { type: 'string', multiple: true },
    },
  });
  const listed = (given: string[] = []) => given.flatMap(value => value.split(','));
  const chosen = listed(values.as);
  return {
    seed: Number(values.seed ?? randomInt(1, 2 ** 31)),
    examples: values.examples === undefined ? undefined : Number(values.examples),
    seconds: values.seconds === undefined ? undefined : Number(values.seconds),
    least: Number(values.least),
    only: listed(values.operation),
    chosen: profiles.filter(({ identity }) => chosen.length === 0 || chosen.includes(identity)),
  };
};

const show = ({ name, cases, tested, accepted, failures, seconds }: Outcome): void => {
  // In sequences schemathesis keeps no count of what succeeded.
  const done = accepted.length === 0 ? '' : `${accepted.length} did what was asked, `;
  const mark = failures === 0 ? '✓' : '✗';
  write(
    `  ${mark} ${name.padEnd(18)} ${String(cases).padStart(6)} cases, ${tested} operations called, ` +
      `${done}${failures} failures (${Math.round(seconds)} s)`,
  );
};

const main = async (): Promise<number> => {
  const program = findSchemathesis();
  if (program === undefined) {
    write(help);
    return 2;
  }
  const { seed, examples, seconds, least, only, chosen } = options();
  write(`Seed ${seed}; what schemathesis says of each run is kept in ${reports}`);
  const target = await serveTarget();
  const outcomes: Outcome[] = [];
  const waiting = [...chosen];
  // Two at a time: one program makes calls while the other waits for the product.
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const run = {
        ...next,
        examples: examples ?? next.examples,
        seconds: seconds ?? next.seconds,
        seed,
        only,
      };
      const outcome = await runSchemathesis(program, target, run);
      show(outcome);
      outcomes.push(outcome);
    }
  };
  try {
    await Promise.all([lane(), lane()]);
  } finally {
    await target.stop();
  }
  return summary(outcomes, target.errors, least);
};

const summary = (outcomes: Outcome[], logged: string[], least: number): number => {
  const failed = outcomes.filter(({ failures }) => failures > 0);
  for (const { name, text } of failed) write(`\n# ${name}\n${failuresIn(text)}`);
  // An error that the product logged is a finding even when its answer looked fine.
  for (const line of new Set(logged)) write(`\nlogged: ${line}`);
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, one) => all + of(one), 0);
  const most = (of: (outcome: Outcome) => number) => Math.max(...outcomes.map(of));
  const [cases, total, tested] = [
    sum(one => one.cases),
    most(one => one.total),
    most(one => one.tested),
  ];
  const accepted = new Set(outcomes.flatMap(one => one.accepted));
  write(
    `\n${cases} cases, ${tested} of ${total} operations called, ` +
      `${accepted.size} did what was asked, ${sum(one => one.failures)} failures`,
  );
  const short = cases < least || tested < total;
  if (short) write(`That is too little: ${least} cases and every operation were wanted.`);
  return failed.length > 0 || logged.length > 0 || short ? 1 : 0;
};

const failuresIn = (text: string): string => {
  const from = text.search(/^=+ (?:FAILURES|ERRORS) =+$/m);
  const to = text.search(/^=+ (?:WARNINGS|SUMMARY) =+$/m);
  return from < 0 ? text.slice(-4_000) : text.slice(from, to < from ? undefined : to);
};

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
