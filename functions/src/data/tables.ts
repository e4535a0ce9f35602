import type { AddressEffect } from '../domain/address-rule.ts';
import type { ConsentPurpose } from '../domain/consent.ts';
import type { CustomFieldType } from '../domain/custom-field.ts';
import type { Topic } from '../domain/event.ts';
import type { InvitationState, InvitedRole } from '../domain/invitation.ts';
import type { TokenPurpose } from '../domain/one-time-token.ts';
import type { Role } from '../domain/permission.ts';
import type { Methodology } from '../domain/project.ts';
import type { SecurityEventType, SecurityOutcome } from '../domain/security-event.ts';
import type { EndReason, SignInMethod } from '../domain/session.ts';
import type { SprintState } from '../domain/sprint.ts';
import type { RelationKind, TaskPriority, TaskStatus, TaskType } from '../domain/task.ts';
import type { Attachment } from '../domain/task-parts.ts';
import type { UserStatus } from '../domain/user.ts';
import type { Delivery } from '../domain/webhook.ts';
import type { Locale } from '../platform/failure.ts';
import type { ClientKind } from '../platform/operation.ts';
import type { DB, Generated } from './schema.ts';

type Narrow<Table, Columns> = Omit<Table, keyof Columns> & Columns;

/** The generated schema, with the closed sets that CHECK constraints guarantee. */
export type Tables = Narrow<
  DB,
  {
    users: Narrow<DB['users'], { status: Generated<UserStatus>; locale: Generated<Locale> }>;
    projects: Narrow<DB['projects'], { methodology: Generated<Methodology> }>;
    project_members: Narrow<DB['project_members'], { role: Role }>;
    tasks: Narrow<
      DB['tasks'],
      {
        status: Generated<TaskStatus>;
        priority: Generated<TaskPriority>;
        type: Generated<TaskType>;
      }
    >;
    invitations: Narrow<
      DB['invitations'],
      { role: InvitedRole; state: Generated<Exclude<InvitationState, 'expired'>> }
    >;
    webhook_deliveries: Narrow<DB['webhook_deliveries'], { state: Generated<Delivery['state']> }>;
    sprints: Narrow<DB['sprints'], { state: Generated<SprintState> }>;
    custom_fields: Narrow<DB['custom_fields'], { type: CustomFieldType }>;
    attachments: Narrow<DB['attachments'], { state: Generated<Attachment['state']> }>;
    task_relations: Narrow<DB['task_relations'], { kind: RelationKind }>;
    outbox: Narrow<DB['outbox'], { topic: Topic }>;
    auth_methods: Narrow<DB['auth_methods'], { provider: SignInMethod }>;
    sign_in_challenges: Narrow<DB['sign_in_challenges'], { method: SignInMethod }>;
    address_rules: Narrow<DB['address_rules'], { effect: AddressEffect }>;
    consents: Narrow<DB['consents'], { purpose: ConsentPurpose }>;
    sessions: Narrow<
      DB['sessions'],
      { method: SignInMethod; end_reason: EndReason | null; client: ClientKind | null }
    >;
    one_time_tokens: Narrow<DB['one_time_tokens'], { purpose: TokenPurpose }>;
    security_events: Narrow<
      DB['security_events'],
      { type: SecurityEventType; outcome: SecurityOutcome }
    >;
  }
>;
