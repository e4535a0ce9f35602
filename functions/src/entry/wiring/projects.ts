import { randomUUID } from 'node:crypto';
import { firestoreMirror } from '../../adapters/mirror/firestore-mirror.ts';
import { cloudStorage, noStorage } from '../../adapters/storage/cloud-storage.ts';
import { digestOf, randomToken } from '../../adapters/tokens/random-tokens.ts';
import { webhookSender } from '../../adapters/webhooks/sender.ts';
import { accessRepository } from '../../data/access.ts';
import { commentRepository, watcherRepository } from '../../data/comments.ts';
import { customFieldRepository } from '../../data/custom-fields.ts';
import type { Database } from '../../data/database.ts';
import { graphRepository } from '../../data/graph.ts';
import { historyRepository } from '../../data/history.ts';
import { importRepository } from '../../data/imports.ts';
import { invitationRepository } from '../../data/invitations.ts';
import { memberRepository } from '../../data/members.ts';
import { notificationRepository } from '../../data/notifications.ts';
import { projectRepository } from '../../data/projects.ts';
import { sprintRepository } from '../../data/sprints.ts';
import { statusRepository } from '../../data/status.ts';
import { taskExtrasRepository } from '../../data/task-extras.ts';
import { taskListRepository } from '../../data/task-list.ts';
import {
  attachmentRepository,
  checklistRepository,
  relationRepository,
} from '../../data/task-parts.ts';
import { taskRepository } from '../../data/tasks.ts';
import { templateRepository } from '../../data/templates.ts';
import { userRepository } from '../../data/users.ts';
import { webhookRepository } from '../../data/webhooks.ts';
import { config } from '../../platform/config.ts';
import { authorizer } from '../authorize.ts';
import { clock, projectCache } from './connections.ts';
import { cipher } from './tokens.ts';

/** What project, member and task operations may ask for. */
export const projectArea = (db: Database) => ({
  clock,
  randomName: () => randomUUID(),
  storage: storage(),
  projectCache,
  mirror: firestoreMirror,
  pushTopic,
  notifications: notificationRepository(db),
  tokens: { digest: digestOf, random: randomToken },
  authorize: authorizer(accessRepository(db)),
  users: userRepository(db),
  imports: importRepository(db),
  invitations: invitationRepository(db, cipher),
  templates: templateRepository(db),
  webhookSender: webhookSender({ now: clock }),
  webhooks: webhookRepository(db, cipher),
  projects: projectRepository(db),
  members: memberRepository(db),
  tasks: taskRepository(db),
  taskExtras: taskExtrasRepository(db),
  taskList: taskListRepository(db),
  history: historyRepository(db),
  graph: graphRepository(db),
  comments: commentRepository(db),
  watchers: watcherRepository(db),
  relations: relationRepository(db),
  checklists: checklistRepository(db),
  attachments: attachmentRepository(db),
  customFields: customFieldRepository(db),
  sprints: sprintRepository(db),
  status: statusRepository(db),
});

/** Topics are open to whoever knows their name, so the name is a secret of its owner. */
export const pushTopic = (userId: number): string =>
  `user-${cipher().fingerprint('push.topic', String(userId)).toString('hex').slice(0, 32)}`;

const storage = () => {
  const { STORAGE_ORIGIN, STORAGE_BUCKET, STORAGE_KEY_ID, STORAGE_KEY_SECRET } = config();
  if (!STORAGE_BUCKET || !STORAGE_KEY_ID || !STORAGE_KEY_SECRET) return noStorage();
  const key = { id: STORAGE_KEY_ID, secret: STORAGE_KEY_SECRET };
  return cloudStorage({ origin: STORAGE_ORIGIN, bucket: STORAGE_BUCKET, key, clock });
};
