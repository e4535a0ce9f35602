import type { AnyOperation } from '../../platform/operation.ts';
import { deleteSession } from './delete-session.ts';
import { getAnalytics } from './get-analytics.ts';
import { getSession } from './get-session.ts';
import { listSessions } from './list-sessions.ts';
import { sendMessage } from './send-message.ts';

/** Everything that the chat service does. */
export const chatOperations = [
  sendMessage,
  getSession,
  listSessions,
  deleteSession,
  getAnalytics,
] as const satisfies readonly AnyOperation[];
