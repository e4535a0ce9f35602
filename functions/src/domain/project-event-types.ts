/** Everything that can happen in a project, as its history, change feed and webhooks name it. */
export const projectEventTypes = [
  'project.created',
  'project.updated',
  'project.archived',
  'project.unarchived',
  'project.transferred',
  'project.deleted',
  'project.restored',
  'project.imported',
  'member.added',
  'member.updated',
  'member.removed',
  'invitation.created',
  'invitation.renewed',
  'invitation.cancelled',
  'invitation.declined',
  'task.created',
  'task.updated',
  'task.deleted',
  'task.restored',
  'task.moved_in',
  'task.moved_out',
  'task.related',
  'task.unrelated',
  'comment.added',
  'comment.updated',
  'comment.deleted',
  'checklist.added',
  'checklist.updated',
  'checklist.removed',
  'attachment.added',
  'attachment.removed',
  'field.created',
  'field.updated',
  'field.deleted',
  'sprint.created',
  'sprint.updated',
  'sprint.started',
  'sprint.completed',
  'sprint.deleted',
  'webhook.created',
  'webhook.updated',
  'webhook.deleted',
  'webhook.disabled',
  'handover.requested',
  'handover.taken',
  'handover.resolved',
] as const;
export type ProjectEventType = (typeof projectEventTypes)[number];

type FamilyOf<Type extends string> = Type extends `${infer Family}.${string}` ? Family : never;
export type ProjectEventFamily = FamilyOf<ProjectEventType>;

/** First halves of the types: each stands for all that begin with it. */
export const projectEventFamilies = [
  ...new Set(projectEventTypes.map(type => type.split('.', 1)[0])),
] as ProjectEventFamily[];
