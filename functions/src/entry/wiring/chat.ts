import { randomBytes } from 'node:crypto';
import { chatSessions } from '../../adapters/redis/chat-sessions.ts';
import { accessRepository } from '../../data/access.ts';
import { chatFiguresRepository } from '../../data/chat-figures.ts';
import { conversationRepository } from '../../data/conversations.ts';
import type { Database } from '../../data/database.ts';
import { handoverRepository } from '../../data/handovers.ts';
import { suggestionRepository } from '../../data/suggestions.ts';
import { surroundingsRepository } from '../../data/surroundings.ts';
import type { ChatOperation, Perform } from '../../operations/chat/act.ts';
import { addComment } from '../../operations/comments/add-comment.ts';
import { deleteComment } from '../../operations/comments/delete-comment.ts';
import { cancelInvitation } from '../../operations/invitations/cancel-invitation.ts';
import { addMember } from '../../operations/members/add-member.ts';
import { removeMember } from '../../operations/members/remove-member.ts';
import { createProject } from '../../operations/projects/create-project.ts';
import { deleteProject } from '../../operations/projects/delete-project.ts';
import { getStatus } from '../../operations/projects/get-status.ts';
import { createTask } from '../../operations/tasks/create-task.ts';
import { deleteTask } from '../../operations/tasks/delete-task.ts';
import { getTask } from '../../operations/tasks/get-task.ts';
import { listTasks } from '../../operations/tasks/list-tasks.ts';
import { restoreTask } from '../../operations/tasks/restore-task.ts';
import { updateTask } from '../../operations/tasks/update-task.ts';
import { config } from '../../platform/config.ts';
import { type AnyOperation, invoke } from '../../platform/operation.ts';
import { authorizer } from '../authorize.ts';
import { redis } from './connections.ts';
import { projectArea } from './projects.ts';

const operations: Record<ChatOperation, AnyOperation> = {
  createTask,
  updateTask,
  deleteTask,
  restoreTask,
  getTask,
  listTasks,
  getStatus,
  addComment,
  deleteComment,
  createProject,
  deleteProject,
  addMember,
  removeMember,
  cancelInvitation,
};

/** The bot goes in by the same door as every client: rights, input and output are checked again. */
const performOn =
  (db: Database): Perform =>
  (deps, caller, operation, input) =>
    invoke(
      operations[operation],
      {
        deps,
        authorize: authorizer(accessRepository(db)),
        // A turn is repeated or not as a whole; what it does within has no key of its own.
        idempotently: (_, work) => work(deps),
      },
      caller,
      input,
    );

/** What the chat may ask for: all of the projects service, its own history and its sessions. */
export const chatArea = (db: Database) => ({
  ...projectArea(db),
  conversations: conversationRepository(db),
  chatFigures: chatFiguresRepository(db),
  handovers: handoverRepository(db),
  suggestions: suggestionRepository(db),
  surroundings: surroundingsRepository(db),
  chatSessions: chatSessions(redis),
  perform: performOn(db),
  newConversationId: () => randomBytes(18).toString('base64url'),
  anyClock: config().PMBOT_ENV !== 'production',
});
