import { freshState, type State, type TaskRef } from '../../src/conversation/decide/state.ts';
import type { Context } from '../../src/conversation/model.ts';
import { converse, type Spoken } from '../../src/conversation/turn.ts';
import { understandByRules } from '../../src/conversation/understand/rules.ts';
import { fold } from '../../src/conversation/understand/text.ts';
import type { Script, ScriptTurn } from './script.ts';
import { perform, type World } from './world.ts';

const zones = {
  ES: 'Europe/Madrid',
  MX: 'America/Mexico_City',
  AR: 'America/Argentina/Buenos_Aires',
  CO: 'America/Bogota',
  PE: 'America/Lima',
};
const team = [
  'Carlos Méndez',
  'Ana Torres',
  'Luis García',
  'Francisco Ruiz',
  'Guadalupe Hernández',
  'María José Paredes',
];

const worldOf = (script: Script): World => {
  const people = (script.people ?? team).map((fullName, at) => ({ userId: at + 1, fullName }));
  const projects = (script.projects ?? ['Web Corporativa']).map((name, at) => ({
    projectId: at + 1,
    name,
  }));
  const idOf = (name: string | null | undefined) =>
    people.find(person => person.fullName === name)?.userId ?? null;
  const tasks = (script.tasks ?? []).map(
    (task, at): TaskRef => ({
      taskId: at + 101,
      projectId: 1,
      title: task.title,
      status: (task.status ?? (task.done ? 'done' : 'todo')) as TaskRef['status'],
      priority: (task.priority ?? 'medium') as TaskRef['priority'],
      assigneeId: idOf(task.assignee),
      dueDate: task.due ?? null,
      version: 1,
    }),
  );
  const today = (script.now ?? '2026-03-11').slice(0, 10);
  return {
    people,
    projects,
    tasks,
    doneOn: new Map(
      (script.tasks ?? []).flatMap((task, at) => (task.done ? [[at + 101, task.done]] : [])),
    ),
    comments: [],
    invited: [],
    handovers: 0,
    nextId: 501,
    today,
    actions: [],
    failing: {},
  };
};

/** Exactly as it is written, or else capitals and accents aside. */
const titled = (tasks: readonly TaskRef[], title: string): TaskRef | undefined =>
  tasks.find(task => task.title === title) ?? tasks.find(task => fold(task.title) === fold(title));

/** What a turn did other than the script says, in words. Nothing when all is as written. */
const differences = (turn: ScriptTurn, spoken: Spoken, world: World): string[] => {
  const found: string[] = [];
  const differ = (what: string, wanted: unknown, got: unknown) =>
    found.push(`${what}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
  const { state, understanding, text } = spoken;
  const intents = understanding.intents.map(intent => intent.name);
  const name = (id: number | null) =>
    world.people.find(person => person.userId === id)?.fullName ?? null;
  if (turn.step && turn.step !== state.asking) differ('step', turn.step, state.asking);
  if (turn.intents && turn.intents.join() !== intents.join())
    differ('intents', turn.intents, intents);
  for (const [entity, wanted] of Object.entries(turn.entities ?? {})) {
    const got = understanding.entities
      .filter(each => each.entity === entity)
      .map(each => each.text);
    if (!got.includes(wanted)) differ(entity, wanted, got);
  }
  for (const words of [turn.says ?? []].flat())
    if (!fold(text).includes(fold(words))) differ('says', words, text);
  for (const words of [turn.never_says ?? []].flat())
    if (fold(text).includes(fold(words))) differ('never says', words, text);
  for (const reply of turn.replies ?? [])
    if (!spoken.quickReplies.includes(reply)) differ('replies', reply, spoken.quickReplies);
  if (turn.actions && turn.actions.join() !== world.actions.join())
    differ('actions', turn.actions, world.actions);
  if (turn.comment && world.comments.at(-1)?.comment !== turn.comment)
    differ('comment', turn.comment, world.comments.at(-1)?.comment);
  if (turn.project && state.project?.name !== turn.project)
    differ('project', turn.project, state.project?.name);
  if (turn.handovers !== undefined && turn.handovers !== world.handovers)
    differ('handovers', turn.handovers, world.handovers);
  if (turn.role !== undefined && turn.role !== world.role) differ('role', turn.role, world.role);
  for (const title of turn.gone ?? [])
    if (titled(world.tasks, title)) differ('gone', title, 'still there');
  for (const wanted of turn.tasks ?? []) {
    const task = titled(world.tasks, wanted.title);
    if (!task) {
      differ(
        'task',
        wanted.title,
        world.tasks.map(each => each.title),
      );
      continue;
    }
    if (wanted.assignee !== undefined && name(task.assigneeId) !== wanted.assignee)
      differ('assignee', wanted.assignee, name(task.assigneeId));
    if (wanted.due !== undefined && task.dueDate !== wanted.due)
      differ('due', wanted.due, task.dueDate);
    if (wanted.status && task.status !== wanted.status)
      differ('status', wanted.status, task.status);
    if (wanted.priority && task.priority !== wanted.priority)
      differ('priority', wanted.priority, task.priority);
  }
  return found;
};

export type Heard = { user: string; bot: string; differences: string[] };

const prepare = (world: World, turn: ScriptTurn): void => {
  world.actions = [];
  world.failing = turn.failing ?? {};
  for (const [title, status] of Object.entries(turn.meanwhile ?? {}))
    world.tasks = world.tasks.map(task =>
      task.title === title
        ? { ...task, status: status as TaskRef['status'], version: task.version + 1 }
        : task,
    );
};

/** Plays a script against a project in memory. State travels as JSON, as it does between requests. */
export const play = async (script: Script): Promise<Heard[]> => {
  const world = worldOf(script);
  let now = Date.parse(script.now ?? '2026-03-11T16:00:00Z');
  const first = script.project === undefined ? world.projects[0]?.name : script.project;
  const project = world.projects.find(each => each.name === first) ?? null;
  let state: State = { ...freshState(now), project };
  const heard: Heard[] = [];
  for (const [seed, turn] of script.turns.entries()) {
    now += (turn.after ?? 1) * 60_000;
    prepare(world, turn);
    const context: Context = {
      people: world.people,
      me: 1,
      projects: world.projects,
      now,
      timezone: zones[script.country ?? 'MX'],
      locale: script.locale ?? 'es',
      awaiting: 'idle',
      titles: world.tasks
        .filter(task => task.projectId === (state.project?.projectId ?? 1))
        .map(task => task.title),
    };
    const spoken = await converse(state, turn.user, context, {
      understand: understandByRules,
      perform: async request => perform(world, request),
      seed,
    });
    heard.push({
      user: turn.user,
      bot: spoken.text,
      differences: differences(turn, spoken, world),
    });
    state = JSON.parse(JSON.stringify(spoken.state)) as State;
  }
  return heard;
};
