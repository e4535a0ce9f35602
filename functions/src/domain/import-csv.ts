import { parseCsv, withoutGuard } from './csv.ts';
import { type ImportedFile, type ImportedRow, UnreadableImport } from './import.ts';
import { beginWithMonth, fold, taskFrom } from './import-values.ts';
import { isVisible } from './written-text.ts';

const columns: Record<string, string[]> = {
  title: ['title', 'titulo', 'summary', 'resumen', 'nombre', 'name', 'tarea', 'task', 'asunto'],
  description: ['description', 'descripcion', 'detalle', 'detalles', 'notas', 'notes'],
  status: ['status', 'estado'],
  priority: ['priority', 'prioridad'],
  type: ['type', 'tipo', 'issue type', 'tipo de incidencia', 'tipo de actividad'],
  assignee: [
    'assignee',
    'responsable',
    'persona asignada',
    'asignado',
    'asignada',
    'asignado a',
    'encargado',
    'encargada',
  ],
  startDate: [
    'startdate',
    'start date',
    'fecha de inicio',
    'fecha inicio',
    'inicio',
    'custom field (start date)',
    'campo personalizado (start date)',
  ],
  dueDate: [
    'duedate',
    'due date',
    'due',
    'deadline',
    'fecha de vencimiento',
    'fecha limite',
    'fecha de entrega',
    'fecha de fin',
    'entrega',
    'vencimiento',
    'vence',
  ],
  labels: ['labels', 'etiquetas', 'label', 'etiqueta'],
  storyPoints: [
    'storypoints',
    'story points',
    'custom field (story points)',
    'custom field (story point estimate)',
    'campo personalizado (story points)',
    'campo personalizado (story point estimate)',
    'puntos',
    'puntos de historia',
  ],
  sprint: ['sprint'],
};

/** What Jira says of an issue that has no field here: it goes along as text, as it can be searched for. */
const alongside =
  /^(?:issue key|clave(?: de (?:la )?incidencia)?|parent key|parent summary|epic (?:name|link)|(?:out|in)ward issue link .*)$/;
const comment = /^comment(?:s|ario|arios)?$/;

/** Columns that say what every new task has of itself, or by number what another column says by name. */
const dispensable = new Set(
  'id,createdat,completedat,sprintid,created,updated,resolved,issue id,assignee id,reporter id,creator id,project key,project type,project lead id,status category,last viewed'.split(
    ',',
  ),
);

/** `Cliente` of Jira's `Custom field (Cliente)`. */
const plainName = (heading: string): string =>
  /^(?:custom field|campo personalizado) \((.+)\)$/i.exec(heading.trim())?.[1] ?? heading.trim();

type Cell = { heading: string; value: string };
type Read = (cells: string[]) => Cell[];

/** Finds columns once, for all rows. */
const readerOf =
  (head: string[]) =>
  (wanted: (heading: string) => boolean): Read => {
    const places = head.flatMap((heading, index) => (wanted(fold(heading)) ? [index] : []));
    return cells =>
      places.flatMap(place => {
        const value = withoutGuard(cells[place] ?? '').trim();
        return value === '' ? [] : [{ heading: plainName(head[place] ?? ''), value }];
      });
  };

const names = (field: string) => (heading: string) => columns[field]?.includes(heading) ?? false;
const isKnown = (heading: string): boolean =>
  Object.keys(columns).some(field => names(field)(heading));
const isAlongside = (heading: string): boolean => alongside.test(heading);
const isComment = (heading: string): boolean => comment.test(heading);
const isOther = (heading: string): boolean =>
  heading !== '' &&
  !isKnown(heading) &&
  !isAlongside(heading) &&
  !isComment(heading) &&
  !dispensable.has(heading);

/** Jira repeats the column for each label; others put them into one. */
const labelsIn = ({ value }: Cell): string[] => value.split(value.includes('|') ? '|' : /[;,]/);

/** Jira writes time, author's id and text, with semicolons between. */
const commentIn = ({ value }: Cell): string => {
  const [, when, text] = /^([^;]{6,40});[^;]*;(.*)$/s.exec(value) ?? [];
  return when === undefined ? `- ${value}` : `- ${when}: ${text}`;
};

const factIn = ({ heading, value }: Cell): string => `${heading}: ${value}`;

type Readers = Record<'facts' | 'comments' | 'others', Read> & { fields: Record<string, Read> };

const readersOf = (head: string[]): Readers => {
  const read = readerOf(head);
  return {
    fields: Object.fromEntries(Object.keys(columns).map(field => [field, read(names(field))])),
    facts: read(isAlongside),
    comments: read(isComment),
    others: read(isOther),
  };
};

const rowOf = (
  readers: Readers,
  cells: string[],
  row: number,
  monthFirst: boolean,
): ImportedRow => {
  const valuesOf = (field: string): Cell[] => readers.fields[field]?.(cells) ?? [];
  const raw = Object.fromEntries(
    Object.keys(columns).map(field => [field, valuesOf(field)[0]?.value]),
  );
  const { title } = raw;
  if (!title || !isVisible(title))
    return { row, task: undefined, issues: [{ row, code: 'title_missing' }] };
  const facts = readers.facts(cells).map(factIn).join('\n');
  const comments = readers.comments(cells).map(commentIn).join('\n');
  const description = [raw['description'], facts, comments].filter(Boolean).join('\n\n');
  const labels = valuesOf('labels').flatMap(labelsIn);
  const { task, issues } = taskFrom(row, { ...raw, title, description }, labels, monthFirst);
  const others = readers.others(cells).map(({ heading, value }) => [heading, value]);
  // Jira repeats the column for each sprint that an issue went through.
  const sprint = valuesOf('sprint').at(-1)?.value;
  const named = {
    ...(sprint && { sprint }),
    ...(others.length > 0 && { others: Object.fromEntries(others) as Record<string, string> }),
  };
  return { row, task: { ...task, ...named }, issues };
};

const startsWithMonth = ({ fields }: Readers, body: string[][]): boolean => {
  const dates = [fields['startDate'], fields['dueDate']];
  return beginWithMonth(
    body.flatMap(cells => dates.flatMap(read => read?.(cells).map(({ value }) => value) ?? [])),
  );
};

/** The rows of a spreadsheet, of which the heading is the first. */
export const fromCsv = (text: string): ImportedFile => {
  const [head = [], ...body] = parseCsv(text);
  if (!head.some(heading => names('title')(fold(heading)))) throw new UnreadableImport('title');
  const readers = readersOf(head);
  const monthFirst = startsWithMonth(readers, body);
  const rows = body.map((cells, index) => rowOf(readers, cells, index + 2, monthFirst));
  const others = rows.flatMap(({ task }) => Object.keys(task?.others ?? {}));
  return { rows, columns: [...new Set(others)] };
};
