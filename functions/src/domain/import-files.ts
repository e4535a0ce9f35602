import { parseCsv } from './csv.ts';
import type { ImportedRow, ImportFormat } from './import.ts';
import { fold, taskFrom } from './import-values.ts';

/** A file in which there are no tasks to be found; says what was looked for in vain. */
export class UnreadableImport extends Error {}

const columns: Record<string, string[]> = {
  title: ['title', 'titulo', 'summary', 'resumen', 'nombre', 'name', 'tarea'],
  description: ['description', 'descripcion'],
  status: ['status', 'estado'],
  priority: ['priority', 'prioridad'],
  type: ['type', 'tipo', 'issue type', 'tipo de incidencia'],
  assignee: ['assignee', 'responsable', 'persona asignada', 'asignado'],
  dueDate: ['duedate', 'due date', 'fecha de vencimiento', 'fecha limite', 'vencimiento'],
  labels: ['labels', 'etiquetas', 'label'],
  storyPoints: [
    'storypoints',
    'story points',
    'custom field (story points)',
    'custom field (story point estimate)',
    'puntos',
  ],
};

const withoutTitle = (row: number): ImportedRow => ({
  row,
  task: undefined,
  issues: [{ row, code: 'title_missing' }],
});

const fromCsv = (text: string): ImportedRow[] => {
  const [head = [], ...rows] = parseCsv(text);
  const names = head.map(name => fold(name));
  const placesOf = (field: string) =>
    names.flatMap((name, index) => (columns[field]?.includes(name) ? [index] : []));
  const fields = Object.keys(columns);
  const places = Object.fromEntries(fields.map(field => [field, placesOf(field)]));
  if (places['title']?.length === 0) throw new UnreadableImport('title');
  return rows.map((cells, index) => {
    // The heading is a spreadsheet's first row.
    const row = index + 2;
    const valueOf = (field: string) => cells[places[field]?.[0] ?? -1]?.trim() || undefined;
    const title = valueOf('title');
    if (!title) return withoutTitle(row);
    const raw = Object.fromEntries(fields.map(field => [field, valueOf(field)]));
    // Jira repeats the column for each label; others put them into one.
    const labels = (places['labels'] ?? []).flatMap(place => (cells[place] ?? '').split(/[;|,]/));
    return { row, ...taskFrom(row, { ...raw, title }, labels) };
  });
};

type Node = Record<string, unknown>;

const list = (value: unknown): Node[] =>
  Array.isArray(value)
    ? value.filter((one): one is Node => typeof one === 'object' && one !== null)
    : [];

const textIn = (one: Node, name: string): string => {
  const { [name]: value } = one;
  return typeof value === 'string' ? value : '';
};

/** The checklists of each card as lines of text, ticked or not. */
const checklistsOf = (board: Node): Map<unknown, string> => {
  const lines = new Map<unknown, string>();
  for (const checklist of list(board['checklists']))
    for (const item of list(checklist['checkItems'])) {
      const mark = item['state'] === 'complete' ? 'x' : ' ';
      const card = checklist['idCard'];
      lines.set(card, `${lines.get(card) ?? ''}\n- [${mark}] ${textIn(item, 'name')}`);
    }
  return lines;
};

const fromTrello = (content: unknown): ImportedRow[] => {
  const board = (content ?? {}) as Node;
  if (!Array.isArray(board['cards'])) throw new UnreadableImport('cards');
  const names = new Map(list(board['lists']).map(one => [one['id'], textIn(one, 'name')]));
  const people = new Map(list(board['members']).map(one => [one['id'], textIn(one, 'fullName')]));
  const checklists = checklistsOf(board);
  return list(board['cards']).flatMap((card, index) => {
    if (card['closed'] === true) return [];
    const row = index + 1;
    const title = textIn(card, 'name');
    if (title.trim() === '') return [withoutTitle(row)];
    const [member] = Array.isArray(card['idMembers']) ? (card['idMembers'] as unknown[]) : [];
    const raw = {
      title,
      description: `${textIn(card, 'desc')}${checklists.get(card['id']) ?? ''}`.trim(),
      dueDate: textIn(card, 'due'),
      status: card['dueComplete'] === true ? 'done' : statusOf(names.get(card['idList'])),
      assignee: people.get(member),
    };
    const labels = list(card['labels']).map(label => textIn(label, 'name'));
    return [{ row, ...taskFrom(row, raw, labels) }];
  });
};

/** Columns of a board are named freely: what is none of our states is no mistake, but work to do. */
const statusOf = (name: string | undefined): string | undefined =>
  name && taskFrom(0, { title: '-', status: name }, []).issues.length > 0 ? undefined : name;

/** The rows of a file of another product. */
export const readImport = (format: ImportFormat, content: string): ImportedRow[] => {
  if (format !== 'trello_json') return fromCsv(content);
  try {
    return fromTrello(JSON.parse(content));
  } catch (error) {
    throw error instanceof UnreadableImport ? error : new UnreadableImport('json');
  }
};
