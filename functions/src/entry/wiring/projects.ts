import type { Database } from '../../data/database.ts';
import { memberRepository } from '../../data/members.ts';
import { projectRepository } from '../../data/projects.ts';
import { statusRepository } from '../../data/status.ts';
import { taskRepository } from '../../data/tasks.ts';
import { userRepository } from '../../data/users.ts';
import { clock } from './connections.ts';

/** What project, member and task operations may ask for. */
export const projectArea = (db: Database) => ({
  clock,
  users: userRepository(db),
  projects: projectRepository(db),
  members: memberRepository(db),
  tasks: taskRepository(db),
  status: statusRepository(db),
});
