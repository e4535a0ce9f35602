import type { Topic } from '../../domain/conversation.ts';
import type { StatusReport } from '../../domain/status-report.ts';
import type {
  Awaiting,
  IntentName,
  MemberRole,
  PersonValue,
  ProjectRef,
  Rank,
  Reference,
  TaskPriority,
  TaskStatus,
  Understanding,
} from '../model.ts';

/** A task as the dialogue knows it: enough to name it, compare it and put it back. */
export type TaskRef = Topic;

export type Patch = Partial<
  Pick<TaskRef, 'title' | 'status' | 'priority' | 'assigneeId' | 'dueDate'>
>;

/** How an executed action is taken back; versions guard what others did since. */
export type Inverse =
  | { kind: 'deleteTask'; taskId: number; version: number }
  | { kind: 'updateTask'; taskId: number; version: number; patch: Patch }
  | { kind: 'restoreTask'; task: TaskRef }
  | { kind: 'deleteComment'; taskId: number; commentId: number }
  | { kind: 'removeMember'; projectId: number; userId: number }
  | { kind: 'revokeInvitation'; projectId: number; invitationId: number }
  | { kind: 'deleteProject'; projectId: number; version: number };

export type GoalIntent =
  | Exclude<
      IntentName,
      'help' | 'greet' | 'goodbye' | 'affirm' | 'deny' | 'cancel' | 'out_of_scope'
    >
  | 'handover'
  | 'rename_task';

/** What is known of a wish so far. `null` means that the person wants none. */
export type Slots = {
  title?: string;
  assignee?: PersonValue;
  dueDate?: string | null;
  dueRange?: { from: string; to: string };
  /** Days by which the present date moves: "aplázala una semana". */
  dueShift?: number;
  priority?: TaskPriority;
  status?: TaskStatus;
  projectName?: string;
  comment?: string;
  email?: string;
  /** What the task is to be called; empty until it is said. */
  newTitle?: string;
  role?: MemberRole;
  workload?: true;
};

export type Goal = {
  intent: GoalIntent;
  slots: Slots;
  reference: Reference;
  confidence: number;
  /** Messages that it took: more than one makes it assembled. */
  turns: number;
  /** When it was first wished. */
  since?: number;
  project?: ProjectRef;
  tasks?: TaskRef[];
  /** Told yes, or chosen by hand. */
  confirmed?: true;
  /** How often it was left for something else and taken up again. */
  resumed?: number;
  /** The tasks were only nearly what was said. */
  unsure?: true;
};

export type Option = { label: string; taskId?: number; userId?: number; projectId?: number };

/** A sentence of the catalogue with what it speaks of; wording is chosen in `say`. */
export type Line = { key: string; params?: Record<string, unknown> };

export type Done = { at: number; what: Line; inverse: Inverse[] };

export type Last = {
  intent: GoalIntent;
  slots: Slots;
  reference: Reference;
  /** The message that it belonged to, and what else of the task was changed by it. */
  turn?: number;
  also?: Last[];
};

export type Message = { role: 'user' | 'bot'; text: string; at: number };

/** What the bot proposed to do: "sí" in the very next message takes it up. */
export type Offer = { goal: Goal; turn: number };

/** Counts up whenever an older state could be misread; `versions.ts` brings older ones up to date. */
export const stateVersion = 2;

export type State = {
  v: typeof stateVersion;
  /** Messages heard so far in this conversation. */
  turn: number;
  project: ProjectRef | null;
  goals: Goal[];
  paused: Goal[];
  asking: Awaiting;
  options: Option[];
  focus: TaskRef | null;
  /** The focus comes from an earlier conversation: nothing is done to it unasked. */
  carried: boolean;
  offer: Offer | null;
  listed: TaskRef[];
  done: Done[];
  last: Last | null;
  misses: number;
  said: Line[];
  messages: Message[];
  history: IntentName[];
  at: number;
  /** Sentences of the turn under way, empty between turns. */
  lines: Line[];
};

export const freshState = (now: number): State => ({
  v: stateVersion,
  turn: 0,
  project: null,
  goals: [],
  paused: [],
  asking: 'idle',
  options: [],
  focus: null,
  carried: false,
  offer: null,
  listed: [],
  done: [],
  last: null,
  misses: 0,
  said: [],
  messages: [],
  history: [],
  at: now,
  lines: [],
});

export type TaskFilter = {
  title?: string;
  taskId?: number;
  assigneeId?: number | null;
  status?: TaskStatus;
  priority?: TaskPriority;
  open?: true;
  overdue?: true;
  undated?: true;
  dueFrom?: string;
  dueTo?: string;
  /** When it was finished, days included. */
  doneFrom?: string;
  doneTo?: string;
  by?: Rank;
};

/** What only the outside can do. The runner carries it out with the caller's rights. */
export type Request =
  | { kind: 'findTasks'; projectId: number; filter: TaskFilter }
  | { kind: 'createTask'; projectId: number; task: Patch & { title: string } }
  | { kind: 'updateTasks'; changes: { taskId: number; version: number; patch: Patch }[] }
  | { kind: 'deleteTasks'; tasks: TaskRef[] }
  | { kind: 'projectStatus'; projectId: number }
  | { kind: 'addComment'; taskId: number; comment: string }
  | { kind: 'createProject'; name: string }
  | { kind: 'addMember'; projectId: number; email: string; role?: MemberRole }
  | { kind: 'getRisks'; projectId: number }
  | { kind: 'planSprint'; projectId: number }
  | { kind: 'undo'; inverse: Inverse[] }
  | { kind: 'handover'; projectId: number | null };

export type ProjectFigures = Pick<
  StatusReport,
  | 'total'
  | 'byStatus'
  | 'completionPercent'
  | 'overdue'
  | 'dueThisWeek'
  | 'unassigned'
  | 'byAssignee'
>;

export type Outcome =
  | { ok: true; kind: 'tasks'; tasks: TaskRef[] }
  | { ok: true; kind: 'figures'; figures: ProjectFigures }
  | { ok: true; kind: 'project'; project: ProjectRef; version: number }
  | { ok: true; kind: 'comment'; commentId: number }
  | { ok: true; kind: 'member'; userId: number; fullName: string }
  | { ok: true; kind: 'invitation'; invitationId: number; email: string }
  | { ok: true; kind: 'lines'; lines: Line[] }
  | { ok: true; kind: 'nothing' }
  | { ok: false; code: string };

export type Input =
  | { kind: 'message'; understanding: Understanding; text: string }
  | { kind: 'outcome'; request: Request; outcome: Outcome };

export type Reply = { lines: Line[]; options: string[]; asking: Awaiting };
export type Advance =
  | { state: State; events: Event[]; request: Request }
  | { state: State; events: Event[]; reply: Reply };

export type Event =
  | { type: 'heard'; text: string; at: number; intents: IntentName[] }
  | { type: 'goals_added'; goals: Goal[]; where: 'front' | 'back' }
  | { type: 'goal_changed'; change: Partial<Goal> }
  | { type: 'goal_replaced'; goal: Goal }
  | { type: 'goal_paused' }
  | { type: 'goal_resumed' }
  | { type: 'goal_dropped' }
  | { type: 'all_dropped' }
  | { type: 'slots_shared'; slots: Slots }
  | { type: 'goal_finished'; done?: Done; focus?: TaskRef | null }
  | { type: 'asked'; asking: Awaiting; options: Option[] }
  | { type: 'answered' }
  | { type: 'said'; line: Line }
  | { type: 'listed'; tasks: TaskRef[] }
  | { type: 'focused'; task: TaskRef | null }
  | { type: 'project_entered'; project: ProjectRef }
  | { type: 'offered'; goal: Goal }
  | { type: 'undone' }
  | { type: 'missed' }
  | { type: 'replied'; text: string; at: number };
