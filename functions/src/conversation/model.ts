import type { ProjectName } from '../domain/conversation.ts';
import type { InvitedRole } from '../domain/invitation.ts';
import type { TaskPriority, TaskStatus } from '../domain/task.ts';
import type { Locale } from '../platform/failure.ts';

export type { InvitedRole as MemberRole, ProjectName as ProjectRef, TaskPriority, TaskStatus };

/** The vocabulary of the conversation contract: what is understood, and what the bot waits for. */
export const intentNames = [
  'create_task',
  'update_status',
  'get_status',
  'assign_task',
  'set_due_date',
  'set_priority',
  'list_tasks',
  'add_comment',
  'delete_task',
  'create_project',
  'switch_project',
  'add_member',
  'get_risks',
  'plan_sprint',
  'help',
  'greet',
  'goodbye',
  'affirm',
  'deny',
  'cancel',
  'undo',
  'out_of_scope',
] as const;
export type IntentName = (typeof intentNames)[number];

/** Wishes that change one property of a task that there is. */
export const propertyChanges: ReadonlySet<IntentName | undefined> = new Set([
  'update_status',
  'assign_task',
  'set_due_date',
  'set_priority',
] as const);

/** What one task after the other can be done to: a change of a property, or its end. */
export const taskChanges: ReadonlySet<IntentName | undefined> = new Set([
  ...propertyChanges,
  'delete_task',
] as const);

/** What is said of the talk rather than wished of the project. */
export const smallTalk: ReadonlySet<IntentName> = new Set([
  'help',
  'greet',
  'goodbye',
  'affirm',
  'deny',
  'out_of_scope',
] as const);

export const entityNames = [
  'task_title',
  'assignee',
  'due_date',
  'status',
  'priority',
  'project_name',
  'comment',
  'email',
] as const;
export type EntityName = (typeof entityNames)[number];

export const steps = [
  'idle',
  'awaiting_task_title',
  'awaiting_assignee',
  'awaiting_due_date',
  'awaiting_priority',
  'awaiting_task',
  'awaiting_status',
  'awaiting_project',
  'awaiting_confirmation',
] as const;
export type Step = (typeof steps)[number];
/** The bot also waits for things that the contract has no step for. */
export type Awaiting = Step | 'awaiting_comment' | 'awaiting_email';

export type Person = { userId: number; fullName: string };

/** What a person phrase stands for. A name that nobody bears is never guessed. */
export type PersonValue =
  | Person
  | { candidates: Person[] }
  | { unknown: true; name: string }
  | { none: true };

/** A day, and for "esta semana" and the like the days it may mean. */
export type DateValue = { date: string; from?: string; to?: string } | { none: true };

export type EntityValue =
  | { entity: 'task_title'; value: { title: string } }
  | { entity: 'assignee'; value: PersonValue }
  | { entity: 'due_date'; value: DateValue }
  | { entity: 'status'; value: { status: TaskStatus } }
  | { entity: 'priority'; value: { priority: TaskPriority } }
  | { entity: 'project_name'; value: { name: string } }
  | { entity: 'comment'; value: { comment: string } }
  | { entity: 'email'; value: { email: string } };

export type Entity = EntityValue & { text: string; start: number; end: number };

/** Which task is meant when no title says it. */
export type Reference = {
  /** "márcala", "esa", "la última". */
  pronoun?: true;
  /** "márcalas": all that were shown. */
  these?: true;
  /** "la segunda" is 2, "la última" is -1, "la primera y la tercera" are both. */
  ordinals?: number[];
  /** "la tarea 12", "#12". */
  taskId?: number;
  /** "la otra": of those shown the one that was not meant before. */
  other?: true;
  /** "todas las tareas", "las dos". */
  all?: true;
  /** "mis tareas", "la mía". */
  mine?: true;
  /** "vencidas", "sin asignar", "sin fecha". */
  overdue?: true;
  unassigned?: true;
  undated?: true;
  /** "las que están en progreso": status as a filter rather than as the new value. */
  status?: TaskStatus;
  /** "la de Ana". */
  of?: PersonValue;
  /** "la que vence antes", "la más urgente". */
  by?: Rank;
};

/** By what one task is told from the others. */
export type Rank = 'soonest' | 'latest' | 'urgent' | 'oldest' | 'newest';

/** "márcala", "márcalas": nothing tells which but what was said before. */
export const onlyPronoun = (reference: Reference): boolean =>
  Object.keys(reference).every(key => key === 'pronoun' || key === 'these');

/** Things a person says about the talk itself rather than about tasks. */
export type Signal =
  | 'thanks'
  | 'repeat'
  | 'unsure'
  | 'indifferent'
  | 'nobody'
  | 'no_date'
  | 'same'
  /** It was another task: what was done last is taken back and done to this one. */
  | 'other_task'
  | 'correction'
  | 'human'
  /** "para él": whoever was spoken of last. */
  | 'that_person'
  /** "¿en qué íbamos?" */
  | 'where'
  /** "un momento": nothing is answered yet. */
  | 'wait'
  /** Somebody is to leave the project, which is not done by talking. */
  | 'removal'
  | 'undo'
  | 'negated'
  | 'conditional'
  | 'question';

/** Values that no word names because the verb says them. */
export type Implied = {
  status?: TaskStatus;
  priority?: TaskPriority;
  nobody?: true;
  undated?: true;
  /** Days by which a date moves. */
  shift?: number;
  /** The task gets another title: this one, or one still to be asked. */
  newTitle?: string;
  /** What a new member may do. */
  role?: InvitedRole;
  /** How much everybody has to do, rather than how the project stands. */
  workload?: true;
};

/** One wish of the message, in the order in which it was said. */
export type Segment = {
  intent: IntentName;
  confidence: number;
  start: number;
  end: number;
  entities: Entity[];
  reference: Reference;
  /** The words of `reference.of`: they name a person, but no value of the task. */
  owner?: Entity;
  signals: Signal[];
  /** What the verb itself stands for: "cierra", "empieza", "quítale la fecha". */
  implied?: Implied;
  /** It answers what the bot asked rather than wishing something new. */
  reply?: true;
};

export type Understanding = {
  segments: Segment[];
  intents: { name: IntentName; confidence: number }[];
  entities: Entity[];
};

export type Context = {
  people: readonly Person[];
  me: number;
  projects: readonly ProjectName[];
  /** Titles of the latest tasks of the project, so that a task is known where it is named. */
  titles?: readonly string[];
  /** The instant at which the message was typed, in milliseconds, and where. */
  now: number;
  timezone: string;
  locale: Locale;
  awaiting: Awaiting;
  /** The wish that the bot is serving, so that a bare answer can be laid to it. */
  active?: IntentName;
  /** The wish that was served last, which a fragment may follow up. */
  last?: IntentName;
};

/** A trained engine replaces the rules by another function of this type. */
export type Understand = (text: string, context: Context) => Understanding;

export const longestMessage = 2000;
