/** What a mail says; `{name}` stands for a fact of it. */
export type Words = { subject: string; lines: string[]; action?: string };
