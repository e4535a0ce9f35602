import type { AnyOperation } from '../../platform/operation.ts';
import { confirmAttachment } from '../attachments/confirm-attachment.ts';
import { createAttachment } from '../attachments/create-attachment.ts';
import { deleteAttachment } from '../attachments/delete-attachment.ts';
import { getAttachmentLink } from '../attachments/get-attachment-link.ts';
import { listAttachments } from '../attachments/list-attachments.ts';
import { addChecklistItem } from '../checklists/add-checklist-item.ts';
import { deleteChecklistItem } from '../checklists/delete-checklist-item.ts';
import { listChecklist } from '../checklists/list-checklist.ts';
import { updateChecklistItem } from '../checklists/update-checklist-item.ts';
import { addComment } from '../comments/add-comment.ts';
import { deleteComment } from '../comments/delete-comment.ts';
import { listComments } from '../comments/list-comments.ts';
import { updateComment } from '../comments/update-comment.ts';
import { createCustomField } from '../custom-fields/create-custom-field.ts';
import { deleteCustomField } from '../custom-fields/delete-custom-field.ts';
import { listCustomFields } from '../custom-fields/list-custom-fields.ts';
import { updateCustomField } from '../custom-fields/update-custom-field.ts';
import { exportProject } from '../exports/export-project.ts';
import { queryGraph } from '../graphql/query-graph.ts';
import { listActivity } from '../history/list-activity.ts';
import { listChanges } from '../history/list-changes.ts';
import { cancelImport } from '../imports/cancel-import.ts';
import { createImport } from '../imports/create-import.ts';
import { getImport } from '../imports/get-import.ts';
import { importTasks } from '../imports/import-tasks.ts';
import { listImports } from '../imports/list-imports.ts';
import { acceptInvitation } from '../invitations/accept-invitation.ts';
import { acceptInvitationLink } from '../invitations/accept-invitation-link.ts';
import { cancelInvitation } from '../invitations/cancel-invitation.ts';
import { declineInvitation } from '../invitations/decline-invitation.ts';
import { declineInvitationLink } from '../invitations/decline-invitation-link.ts';
import { listInvitations } from '../invitations/list-invitations.ts';
import { listOwnInvitations } from '../invitations/list-own-invitations.ts';
import { lookUpInvitation } from '../invitations/look-up-invitation.ts';
import { resendInvitation } from '../invitations/resend-invitation.ts';
import { addMember } from '../members/add-member.ts';
import { getMember } from '../members/get-member.ts';
import { listMembers } from '../members/list-members.ts';
import { removeMember } from '../members/remove-member.ts';
import { transferOwnership } from '../members/transfer-ownership.ts';
import { updateMember } from '../members/update-member.ts';
import { getPushTopic } from '../notifications/get-push-topic.ts';
import { listNotifications } from '../notifications/list-notifications.ts';
import { readNotifications } from '../notifications/read-notifications.ts';
import { completeSprint } from '../sprints/complete-sprint.ts';
import { createSprint } from '../sprints/create-sprint.ts';
import { deleteSprint } from '../sprints/delete-sprint.ts';
import { getSprint } from '../sprints/get-sprint.ts';
import { getVelocity } from '../sprints/get-velocity.ts';
import { listSprints } from '../sprints/list-sprints.ts';
import { startSprint } from '../sprints/start-sprint.ts';
import { updateSprint } from '../sprints/update-sprint.ts';
import { addRelation } from '../tasks/add-relation.ts';
import { bulkTasks } from '../tasks/bulk-tasks.ts';
import { createTask } from '../tasks/create-task.ts';
import { deleteTask } from '../tasks/delete-task.ts';
import { getTask } from '../tasks/get-task.ts';
import { listRelations } from '../tasks/list-relations.ts';
import { listTasks } from '../tasks/list-tasks.ts';
import { listWatchers } from '../tasks/list-watchers.ts';
import { moveTask } from '../tasks/move-task.ts';
import { removeRelation } from '../tasks/remove-relation.ts';
import { restoreTask } from '../tasks/restore-task.ts';
import { unwatchTask } from '../tasks/unwatch-task.ts';
import { updateTask } from '../tasks/update-task.ts';
import { watchTask } from '../tasks/watch-task.ts';
import { deleteTemplate } from '../templates/delete-template.ts';
import { listTemplates } from '../templates/list-templates.ts';
import { saveTemplate } from '../templates/save-template.ts';
import { createWebhook } from '../webhooks/create-webhook.ts';
import { deleteWebhook } from '../webhooks/delete-webhook.ts';
import { listDeliveries } from '../webhooks/list-deliveries.ts';
import { listWebhooks } from '../webhooks/list-webhooks.ts';
import { replayDelivery } from '../webhooks/replay-delivery.ts';
import { updateWebhook } from '../webhooks/update-webhook.ts';
import { archiveProject } from './archive-project.ts';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import { getProject } from './get-project.ts';
import { getStatus } from './get-status.ts';
import { listProjects } from './list-projects.ts';
import { restoreProject } from './restore-project.ts';
import { unarchiveProject } from './unarchive-project.ts';
import { updateProject } from './update-project.ts';

/** Everything that the projects service does; each entry is an HTTPS route, a callable and documentation. */
export const projectOperations = [
  archiveProject,
  createProject,
  deleteProject,
  getProject,
  getStatus,
  listProjects,
  restoreProject,
  unarchiveProject,
  updateProject,
  addMember,
  getMember,
  listMembers,
  removeMember,
  transferOwnership,
  updateMember,
  acceptInvitationLink,
  acceptInvitation,
  cancelInvitation,
  declineInvitationLink,
  declineInvitation,
  listInvitations,
  listOwnInvitations,
  lookUpInvitation,
  resendInvitation,
  addRelation,
  bulkTasks,
  createTask,
  deleteTask,
  getTask,
  listRelations,
  listTasks,
  listWatchers,
  moveTask,
  removeRelation,
  restoreTask,
  unwatchTask,
  updateTask,
  watchTask,
  addComment,
  deleteComment,
  listComments,
  updateComment,
  addChecklistItem,
  deleteChecklistItem,
  listChecklist,
  updateChecklistItem,
  confirmAttachment,
  createAttachment,
  deleteAttachment,
  getAttachmentLink,
  listAttachments,
  createCustomField,
  deleteCustomField,
  listCustomFields,
  updateCustomField,
  listActivity,
  listChanges,
  completeSprint,
  createSprint,
  deleteSprint,
  getSprint,
  getVelocity,
  listSprints,
  startSprint,
  updateSprint,
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  replayDelivery,
  updateWebhook,
  importTasks,
  cancelImport,
  createImport,
  getImport,
  listImports,
  exportProject,
  deleteTemplate,
  listTemplates,
  saveTemplate,
  getPushTopic,
  listNotifications,
  readNotifications,
  queryGraph,
] as const satisfies readonly AnyOperation[];
