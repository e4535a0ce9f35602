/**
 * What an erasure changed for others: projects that vanished, projects that went on without the person,
 * notifications that named them.
 */
export type Erasure = {
  deletedProjects: number[];
  leftProjects: { projectId: number; taskIds: number[] }[];
  namedIn: { userId: number; id: number }[];
};
