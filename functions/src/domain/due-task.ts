/** An open task whose date is near, and the person who has it. */
export type DueTask = {
  taskId: number;
  projectId: number;
  userId: number;
  /** `YYYY-MM-DD` */
  dueDate: string;
  /** Of the person. */
  timezone: string;
};

/** A person is reminded of a task once on each of their own days. */
export type Reminder = { taskId: number; userId: number; day: string };
