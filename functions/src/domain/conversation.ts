import type { TaskPriority, TaskStatus } from './task.ts';

export type ConversationMessage = { role: 'user' | 'bot'; text: string; at: string };

/** A talk as it is kept: where it stands, and the state that only the dialogue understands. */
export type Conversation = {
  id: string;
  projectId: number | null;
  step: string;
  state: unknown;
  /** Turns so far. */
  turn: number;
  createdAt: string;
  updatedAt: string;
};

/** What one turn leaves behind. */
export type TurnRecord = {
  userId: number;
  projectId: number | null;
  /** One more than the turn that it builds on. */
  turn: number;
  step: string;
  state: unknown;
  said: { text: string; intents: string[]; at: string };
  answered: { text: string; at: string };
  /** For the figures: what came of it, without what was said. */
  course: {
    elapsedMs: number;
    flows: { flow: string; what: string; seconds?: number }[];
    marks: string[];
    waiting: string[];
    /** The message when it was not understood, with everything personal taken out. */
    unknown: string | null;
  };
  /** A person of the project is asked to take over. */
  handsOver: boolean;
};

export type RecordedTurn = {
  /** False when the conversation had moved on, or was gone: nothing was kept. */
  kept: boolean;
  /** A person is asked for who was not before. */
  handedOver: boolean;
};

/** A task as the last conversation left it, in its present state. */
export type Topic = {
  taskId: number;
  projectId: number;
  title: string;
  status: TaskStatus;
  priority: TaskPriority;
  assigneeId: number | null;
  dueDate: string | null;
  version: number;
};

export type ProjectName = { projectId: number; name: string };

/** Who speaks, where, and among whom. */
export type Surroundings = {
  timezone: string;
  /** Whether the person wants to hear suggestions. */
  suggestions: boolean;
  /** Turns of the conversation that goes on; nothing when there is no such conversation of theirs. */
  turn: number | null;
  project: ProjectName | null;
  /** Newest first. */
  projects: ProjectName[];
  people: { userId: number; fullName: string }[];
  /** Titles of the latest tasks of the project. */
  titles: string[];
  /** When the person last spoke with the bot, wherever. */
  lastAt: string | null;
  topic: Topic | null;
};

/** The state of a conversation while one request holds it. */
export type HeldSession = {
  /** What was stored, or nothing when it expired or never was. */
  stored: unknown;
  save(state: unknown): Promise<void>;
  release(): Promise<void>;
};
