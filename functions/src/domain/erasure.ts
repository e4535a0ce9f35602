/** What an erasure changed for others: projects that vanished, projects that went on without the person. */
export type Erasure = {
  deletedProjects: number[];
  leftProjects: { projectId: number; taskIds: number[] }[];
};
