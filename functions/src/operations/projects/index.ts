import type { AnyOperation } from '../../platform/operation.ts';
import { addMember } from '../members/add-member.ts';
import { getMember } from '../members/get-member.ts';
import { listMembers } from '../members/list-members.ts';
import { removeMember } from '../members/remove-member.ts';
import { updateMember } from '../members/update-member.ts';
import { createTask } from '../tasks/create-task.ts';
import { deleteTask } from '../tasks/delete-task.ts';
import { getTask } from '../tasks/get-task.ts';
import { listTasks } from '../tasks/list-tasks.ts';
import { updateTask } from '../tasks/update-task.ts';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import { getProject } from './get-project.ts';
import { getStatus } from './get-status.ts';
import { listProjects } from './list-projects.ts';
import { updateProject } from './update-project.ts';

/** Everything that the projects service does; each entry is an HTTPS route, a callable and documentation. */
export const projectOperations: AnyOperation[] = [
  createProject,
  getProject,
  listProjects,
  updateProject,
  deleteProject,
  getStatus,
  addMember,
  getMember,
  listMembers,
  updateMember,
  removeMember,
  createTask,
  getTask,
  listTasks,
  updateTask,
  deleteTask,
];
