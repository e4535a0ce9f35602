/** What a line that begins with a slash asks of the terminal client, in Spanish or English. */
export type Command =
  | { kind: 'quit' | 'new' | 'help' | 'projects' }
  | { kind: 'project'; projectId: number };

const names: Record<string, Exclude<Command['kind'], 'project'>> = {
  salir: 'quit',
  quit: 'quit',
  exit: 'quit',
  nueva: 'new',
  new: 'new',
  proyectos: 'projects',
  projects: 'projects',
  ayuda: 'help',
  help: 'help',
};

/** Nothing for an ordinary message; a slash that is not known asks for help. */
export const commandIn = (line: string): Command | undefined => {
  if (!line.startsWith('/')) return undefined;
  const [, word = '', rest = ''] = /^\/(\p{L}*)\s*(.*)$/u.exec(line) ?? [];
  const projectId = /^(?:proyecto|project)$/.test(word) ? Number(rest || Number.NaN) : 0;
  if (Number.isSafeInteger(projectId) && projectId > 0) return { kind: 'project', projectId };
  if (Number.isNaN(projectId)) return { kind: 'projects' };
  return { kind: names[word] ?? 'help' };
};
