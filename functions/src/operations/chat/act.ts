import type { Outcome, Request } from '../../conversation/decide/state.ts';
import type { Caller } from '../../platform/operation.ts';

/** The operations that a conversation may carry out, exactly as a client would call them. */
export type ChatOperation =
  | 'createTask'
  | 'updateTask'
  | 'deleteTask'
  | 'restoreTask'
  | 'getTask'
  | 'listTasks'
  | 'getStatus'
  | 'addComment'
  | 'deleteComment'
  | 'createProject'
  | 'deleteProject'
  | 'addMember'
  | 'removeMember'
  | 'cancelInvitation';

/** Runs an operation with the caller's own rights; its failures are the API's. */
export type Perform = (
  deps: object,
  caller: Caller,
  operation: ChatOperation,
  input: Record<string, unknown>,
) => Promise<unknown>;

export type Action = { type: string } & Record<string, unknown>;

/** One turn's way to the outside: who asks, on what, and what came of it. */
export type Acting = {
  call(
    operation: ChatOperation,
    input: Record<string, unknown>,
    version?: number,
  ): Promise<unknown>;
  actions: Action[];
  today: string;
  timezone: string;
};

export type Act<K extends Request['kind']> = (
  acting: Acting,
  request: Extract<Request, { kind: K }>,
) => Promise<Outcome>;
