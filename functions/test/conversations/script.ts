import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const wanted = z.strictObject({
  title: z.string(),
  assignee: z.string().nullable().optional(),
  due: z.string().nullable().optional(),
  status: z.string().optional(),
  priority: z.string().optional(),
});

const given = wanted.extend({ done: z.string().optional() });

const turn = z.strictObject({
  user: z.string(),
  /** Minutes that pass before this message. */
  after: z.number().optional(),
  /** What others do to the project before this message: task title → new status. */
  meanwhile: z.record(z.string(), z.string()).optional(),
  failing: z.record(z.string(), z.string()).optional(),
  step: z.string().optional(),
  intents: z.array(z.string()).optional(),
  entities: z.record(z.string(), z.string()).optional(),
  says: z.union([z.string(), z.array(z.string())]).optional(),
  never_says: z.union([z.string(), z.array(z.string())]).optional(),
  replies: z.array(z.string()).optional(),
  actions: z.array(z.string()).optional(),
  tasks: z.array(wanted).optional(),
  gone: z.array(z.string()).optional(),
  comment: z.string().optional(),
  project: z.string().optional(),
  handovers: z.number().optional(),
  /** The role of whoever was invited last. */
  role: z.string().optional(),
});

const script = z.strictObject({
  name: z.string(),
  country: z.enum(['ES', 'MX', 'AR', 'CO', 'PE']).optional(),
  locale: z.enum(['es', 'en']).optional(),
  people: z.array(z.string()).optional(),
  projects: z.array(z.string()).optional(),
  /** The one that the talk begins in; `null` for none. */
  project: z.string().nullable().optional(),
  now: z.string().optional(),
  /** `done` is the day on which it was finished. */
  tasks: z.array(given).optional(),
  turns: z.array(turn).min(1),
});

export type Script = z.output<typeof script>;
export type ScriptTurn = z.output<typeof turn>;

export const readScripts = (file: string): Script[] =>
  z.array(script).parse(parse(readFileSync(file, 'utf8')));
