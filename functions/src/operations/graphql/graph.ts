import { buildSchema } from 'graphql';
import type {
  GraphActivity,
  GraphComment,
  GraphCounts,
  GraphMember,
  GraphPerson,
} from '../../domain/graph.ts';
import type { Project, Shelf } from '../../domain/project.ts';
import { type Task, type TaskStatus, taskStatuses } from '../../domain/task.ts';
import { batched, batchedBy } from './batch.ts';

export const schema = buildSchema(`
  enum TaskStatus { todo in_progress blocked in_review done }

  type Query {
    "Projects of the caller, newest first"
    projects(first: Int = 20): [Project!]!
    project(id: Int!): Project
    task(id: Int!): Task
  }

  type Project {
    id: Int!
    name: String!
    description: String
    methodology: String!
    role: String!
    ownerId: Int!
    archivedAt: String
    createdAt: String!
    updatedAt: String!
    status: Status!
    members(first: Int = 20): [Member!]!
    tasks(first: Int = 20, status: [TaskStatus!]): [Task!]!
    activity(first: Int = 20): [Activity!]!
  }

  type Status { total: Int! done: Int! overdue: Int! completionPercent: Int! byStatus: [StatusCount!]! }
  type StatusCount { status: TaskStatus! count: Int! }
  type Member { userId: Int! fullName: String! role: String! }
  type Person { id: Int! fullName: String! }
  type Activity { id: Int! type: String! taskId: Int occurredAt: String! actor: Person }

  type Task {
    id: Int!
    projectId: Int!
    title: String!
    description: String
    type: String!
    status: TaskStatus!
    priority: String!
    startDate: String
    dueDate: String
    labels: [String!]!
    storyPoints: Float
    sprintId: Int
    parentId: Int
    version: Int!
    completedAt: String
    createdAt: String!
    updatedAt: String!
    assignee: Person
    creator: Person
    comments(first: Int = 20): [Comment!]!
  }

  type Comment { id: Int! body: String! createdAt: String! author: Person }
`);

export type GraphDeps = {
  projects: {
    findFor(userId: number, projectId: number): Promise<Project | undefined>;
    listFor(userId: number, shelf: Shelf, limit: number): Promise<Project[]>;
  };
  tasks: { find(taskId: number): Promise<Task | undefined> };
  graph: {
    tasks(projectIds: number[], first: number, status?: TaskStatus[]): Promise<Task[]>;
    members(projectIds: number[], first: number): Promise<GraphMember[]>;
    activity(projectIds: number[], first: number): Promise<GraphActivity[]>;
    comments(taskIds: number[], first: number): Promise<GraphComment[]>;
    counts(projectIds: number[], today: string): Promise<GraphCounts[]>;
    people(userIds: number[]): Promise<GraphPerson[]>;
  };
};

type First = { first: number };
/** The date in a project's own time zone, or else in the reader's. */
type TodayIn = (zone: string | null) => string;

/** What a query starts from. Everything below a project was reached through the caller's membership. */
export const rootFor = (deps: GraphDeps, userId: number, todayIn: TodayIn) => {
  const load = loaders(deps.graph);
  const project = (one: Project) => projectNode(one, load, todayIn);
  return {
    projects: async (args: First) =>
      (await deps.projects.listFor(userId, 'current', args.first)).map(project),
    project: async ({ id }: { id: number }) => {
      const found = await deps.projects.findFor(userId, id);
      return found && project(found);
    },
    task: async ({ id }: { id: number }) => {
      const found = await deps.tasks.find(id);
      const readable = found && (await deps.projects.findFor(userId, found.projectId));
      return found && readable ? taskNode(found, load) : undefined;
    },
  };
};

type Loaders = ReturnType<typeof loaders>;

const loaders = (graph: GraphDeps['graph']) => ({
  person: batched(async ids => new Map((await graph.people(ids)).map(one => [one.id, one]))),
  counts: batchedBy(async (ids, args) => {
    const { today } = JSON.parse(args) as { today: string };
    return Map.groupBy(await graph.counts(ids, today), count => count.projectId);
  }),
  members: batchedBy(async (ids, args) =>
    Map.groupBy(await graph.members(ids, firstIn(args)), one => one.projectId),
  ),
  activity: batchedBy(async (ids, args) =>
    Map.groupBy(await graph.activity(ids, firstIn(args)), one => one.projectId),
  ),
  comments: batchedBy(async (ids, args) =>
    Map.groupBy(await graph.comments(ids, firstIn(args)), one => one.taskId),
  ),
  tasks: batchedBy(async (ids, args) => {
    const { first, status } = JSON.parse(args) as First & { status?: TaskStatus[] };
    return Map.groupBy(await graph.tasks(ids, first, status), one => one.projectId);
  }),
});

const firstIn = (args: string): number => (JSON.parse(args) as First).first;

const projectNode = (one: Project, load: Loaders, todayIn: TodayIn) => ({
  ...one,
  status: async () =>
    statusNode((await load.counts(one.id, { today: todayIn(one.settings.timezone) })) ?? []),
  members: async (args: First) => (await load.members(one.id, args)) ?? [],
  tasks: async ({ status, ...args }: First & { status?: TaskStatus[] }) => {
    const wanted = { ...args, ...(status && { status }) };
    return ((await load.tasks(one.id, wanted)) ?? []).map(task => taskNode(task, load));
  },
  activity: async (args: First) =>
    ((await load.activity(one.id, args)) ?? []).map(event => ({
      ...event,
      actor: personNode(event.actorId, load),
    })),
});

const taskNode = (one: Task, load: Loaders) => ({
  ...one,
  assignee: personNode(one.assigneeId, load),
  creator: personNode(one.creatorId, load),
  comments: async (args: First) =>
    ((await load.comments(one.id, args)) ?? []).map(comment => ({
      ...comment,
      author: personNode(comment.authorId, load),
    })),
});

const personNode = (id: number | null, load: Loaders) => () =>
  id === null ? null : load.person(id);

const statusNode = (counts: GraphCounts[]) => {
  const countOf = (status: TaskStatus) => counts.find(one => one.status === status)?.count ?? 0;
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  const done = countOf('done');
  return {
    total,
    done,
    overdue: counts.reduce((sum, one) => sum + one.overdue, 0),
    completionPercent: total === 0 ? 0 : Math.round((100 * done) / total),
    byStatus: taskStatuses.map(status => ({ status, count: countOf(status) })),
  };
};
