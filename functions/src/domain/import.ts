import { parseCsv } from './csv.ts';
import type { NewTask, TaskPriority, TaskStatus, TaskType } from './task.ts';

export const importFormats = ['csv', 'jira_csv', 'trello_json'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A task as another product knows it; people are named by e-mail or name. */
export type ImportedTask = NewTask & { assignee?: string | undefined };

/** Tasks that one import may bring. */
export const importLimit = 2_000;

export class UnreadableImport extends Error {}

const fold = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();

const columns: Record<string, string[]> = {
  title: ['title', 'titulo', 'summary', 'resumen', 'nombre', 'name', 'tarea'],
  description: ['description', 'descripcion'],
  status: ['status', 'estado'],
  priority: ['priority', 'prioridad'],
  type: ['type', 'tipo', 'issue type', 'tipo de incidencia'],
  assignee: ['assignee', 'responsable', 'persona asignada', 'asignado'],
  dueDate: ['duedate', 'due date', 'fecha de vencimiento', 'fecha limite', 'vencimiento'],
  labels: ['labels', 'etiquetas', 'label'],
  storyPoints: ['storypoints', 'story points', 'custom field (story points)', 'puntos'],
};

const statuses: [TaskStatus, RegExp][] = [
  ['done', /done|closed|resolved|hecho|terminad|completad|cerrad|listo|finalizad/],
  ['in_review', /review|revision|qa|test/],
  ['blocked', /block|bloque|imped/],
  ['in_progress', /progress|doing|curso|proceso|haciendo|desarrollo/],
];
const priorities: [TaskPriority, RegExp][] = [
  ['urgent', /urgent|highest|critical|blocker|critic|muy alta/],
  ['high', /high|alta|major/],
  ['low', /low|baja|minor|trivial/],
];
const types: [TaskType, RegExp][] = [
  ['bug', /bug|error|defect|fallo/],
  ['story', /story|historia/],
  ['epic', /epic/],
  ['improvement', /improvement|mejora/],
];

const meaning = <T>(table: [T, RegExp][], text: string | undefined): T | undefined =>
  text === undefined ? undefined : table.find(([, pattern]) => pattern.test(fold(text)))?.[0];

/** `2026-03-05`, or `5/3/2026` with the day first, as Spanish writes it. */
const dateFrom = (text = ''): string | undefined => {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
  const spanish = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text);
  const [year = '0000', month = '', day = ''] =
    iso?.slice(1) ?? spanish?.slice(1).toReversed() ?? [];
  const wanted = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return year !== '0000' && isRealDate(wanted) ? wanted : undefined;
};

const isRealDate = (date: string): boolean => {
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
};

const cleaned = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '');

const pointsFrom = (text: string | undefined): number | undefined => {
  const points = Math.round(2 * Number((text ?? '').replace(',', '.'))) / 2;
  return text && points >= 0 && points <= 9_999 ? points : undefined;
};

type Raw = Record<string, string | undefined> & { title: string };

const taskFrom = (raw: Raw, labels: string[]): ImportedTask => {
  const task: ImportedTask = {
    title: cleaned(raw.title).trim().slice(0, 500),
    description: raw['description'] ? cleaned(raw['description']).slice(0, 50_000) : undefined,
    status: meaning(statuses, raw['status']),
    priority: meaning(priorities, raw['priority']),
    type: meaning(types, raw['type']),
    dueDate: dateFrom(raw['dueDate']),
    storyPoints: pointsFrom(raw['storyPoints']),
    labels: [...new Set(labels.map(label => cleaned(label).trim().slice(0, 50)))]
      .filter(Boolean)
      .slice(0, 30),
    assignee: raw['assignee'] || undefined,
  };
  return Object.fromEntries(
    Object.entries(task).filter(([, value]) => value !== undefined),
  ) as unknown as ImportedTask;
};

const fromCsv = (text: string): ImportedTask[] => {
  const [head = [], ...rows] = parseCsv(text);
  const names = head.map(name => fold(name));
  const placesOf = (field: string) =>
    names.flatMap((name, index) => (columns[field]?.includes(name) ? [index] : []));
  const places = Object.fromEntries(Object.keys(columns).map(field => [field, placesOf(field)]));
  if (places['title']?.length === 0) throw new UnreadableImport('title');
  return rows.flatMap(row => {
    const valueOf = (field: string) => row[places[field]?.[0] ?? -1]?.trim() || undefined;
    const title = valueOf('title');
    if (!title) return [];
    const raw = Object.fromEntries(Object.keys(columns).map(field => [field, valueOf(field)]));
    // Jira repeats the column for each label; others put them into one.
    const labels = (places['labels'] ?? []).flatMap(place => (row[place] ?? '').split(/[;|,]/));
    return [taskFrom({ ...raw, title }, labels)];
  });
};

type TrelloCard = {
  name?: unknown;
  desc?: unknown;
  closed?: unknown;
  due?: unknown;
  dueComplete?: unknown;
  idList?: unknown;
  labels?: { name?: unknown }[];
};

const list = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];

const textIn = (one: Record<string, unknown>, name: string): string => {
  const { [name]: value } = one;
  return typeof value === 'string' ? value : '';
};

const fromTrello = (board: unknown): ImportedTask[] => {
  const { cards, lists } = (board ?? {}) as { cards?: unknown; lists?: unknown };
  if (!Array.isArray(cards)) throw new UnreadableImport('cards');
  const names = new Map(list(lists).map(one => [one['id'], textIn(one, 'name')]));
  return list(cards).flatMap((card: TrelloCard) => {
    if (card.closed === true || typeof card.name !== 'string' || card.name.trim() === '') return [];
    const raw = {
      title: card.name,
      description: typeof card.desc === 'string' ? card.desc : undefined,
      dueDate: typeof card.due === 'string' ? card.due : undefined,
      status: card.dueComplete === true ? 'done' : names.get(card.idList),
    };
    const labels = list(card.labels).map(label => textIn(label, 'name'));
    return [taskFrom(raw, labels)];
  });
};

/** Tasks in a file of another product. */
export const readImport = (format: ImportFormat, content: string): ImportedTask[] => {
  if (format !== 'trello_json') return fromCsv(content);
  try {
    return fromTrello(JSON.parse(content));
  } catch (error) {
    throw error instanceof UnreadableImport ? error : new UnreadableImport('json');
  }
};
