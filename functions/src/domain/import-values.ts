import { isDate } from './calendar.ts';
import type { CustomField, CustomFieldType } from './custom-field.ts';
import { given } from './given.ts';
import type { ImportedTask, ImportIssue } from './import.ts';
import type { TaskPriority, TaskStatus, TaskType } from './task.ts';
import { controls, isVisible, onOneLine } from './written-text.ts';

export const fold = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();

const statuses: [TaskStatus, RegExp][] = [
  // Before the words that they deny.
  ['todo', /not (?:started|done)|no (?:iniciad|empezad|hech)|sin (?:iniciar|empezar|hacer)/],
  [
    'done',
    /done|closed|resolved|complete|hech[oa]|terminad|completad|cerrad|list[oa]|finalizad|resuelt/,
  ],
  ['in_review', /review|revision|qa|test/],
  ['blocked', /block|bloque|imped/],
  ['in_progress', /progres|doing|started|curso|proceso|haciendo|desarrollo|ejecucion|marcha/],
  ['todo', /to ?do|open|new|backlog|pendiente|por hacer|abiert|nuev|selected|reopened/],
];
const priorities: [TaskPriority, RegExp][] = [
  ['urgent', /urgent|highest|critical|blocker|critic|muy alta/],
  ['low', /low|baja|minor|trivial/],
  ['high', /high|alta|major/],
  ['medium', /medium|media|normal|none|ningun/],
];
const types: [TaskType, RegExp][] = [
  ['bug', /bug|error|defect|fallo|incidente/],
  ['story', /story|historia/],
  ['epic', /epic/],
  ['improvement', /improvement|mejora/],
  ['task', /task|tarea/],
];

const meaning = <T>(table: [T, RegExp][], text: string): T | undefined => {
  const folded = fold(text);
  return table.find(([, pattern]) => pattern.test(folded))?.[0];
};

const months = [
  'ene|jan',
  'feb',
  'mar',
  'abr|apr',
  'may',
  'jun',
  'jul',
  'ago|aug',
  'sep',
  'oct',
  'nov',
  'dic|dec',
];

const monthNumber = (name: string): string =>
  String(months.findIndex(month => new RegExp(`^(?:${month})`).test(fold(name))) + 1);

const inFigures = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d(?!\d))/;

/** Whether dates in figures begin with the month: only a file of which some can be read no other way does. */
export const beginWithMonth = (dates: string[]): boolean => {
  const pairs = dates.flatMap(text => {
    const [, first, second] = inFigures.exec(text) ?? [];
    return first === undefined ? [] : [[Number(first), Number(second)] as const];
  });
  return pairs.some(([, day]) => day > 12) && pairs.every(([month]) => month <= 12);
};

const inFull = (year: string): string => (year.length === 2 ? `20${year}` : year);

/** Year, month and day of `2026-03-05`, of `5/3/2026` with the day first, as Spanish writes it, or of `05/Mar/26`. */
const partsOf = (text: string, monthFirst: boolean): string[] => {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
  if (iso) return iso.slice(1);
  const [, first, second, last] = inFigures.exec(text) ?? [];
  if (first && second && last)
    return monthFirst ? [inFull(last), first, second] : [inFull(last), second, first];
  // Jira's own way, whatever the language of its month.
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[/ -](\p{L}{3,4})\.?[/ -](\d{2}|\d{4})(?!\d)/u.exec(text) ?? [];
  return [inFull(year), monthNumber(month), day];
};

const dateFrom = (text: string, monthFirst: boolean): string | undefined => {
  const [year = '', month = '', day = ''] = partsOf(text, monthFirst);
  const wanted = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(wanted) ? wanted : undefined;
};

const unstorable = new RegExp(`[${controls}]`, 'g');

/** Without marks that cannot be stored: control characters and halves of characters. */
const cleaned = (text: string): string => text.toWellFormed().replaceAll(unstorable, '');

/** The beginning of a text, never ending in half a character. */
const cut = (text: string, length: number): string =>
  text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');

const pointsFrom = (text: string): number | undefined => {
  const points = Math.round(2 * Number(text.replace(',', '.'))) / 2;
  return points >= 0 && points <= 9_999 ? points : undefined;
};

const longestTitle = 500;
const longestText = 50_000;

/** What a row says about a task, all of it as text. */
export type Raw = Record<string, string | undefined> & { title: string };

/** A task as far as its values can be understood, and an issue for each that cannot. */
export const taskFrom = (
  row: number,
  raw: Raw,
  labels: string[],
  monthFirst = false,
): { task: ImportedTask; issues: ImportIssue[] } => {
  const issues: ImportIssue[] = [];
  const understood = <T>(
    field: string,
    code: ImportIssue['code'],
    read: (text: string) => T | undefined,
  ): T | undefined => {
    const { [field]: text } = raw;
    if (!text) return undefined;
    const value = read(text);
    if (value === undefined) issues.push({ row, code, value: cut(cleaned(text), 100) });
    return value;
  };
  const title = onOneLine(cleaned(raw.title));
  if (title.length > longestTitle) issues.push({ row, code: 'title_cut' });
  const task: ImportedTask = {
    title: cut(title, longestTitle),
    description: raw['description'] ? cut(cleaned(raw['description']), longestText) : undefined,
    status: understood('status', 'status_unknown', text => meaning(statuses, text)),
    priority: understood('priority', 'priority_unknown', text => meaning(priorities, text)),
    type: understood('type', 'type_unknown', text => meaning(types, text)),
    startDate: understood('startDate', 'date_invalid', text => dateFrom(text, monthFirst)),
    dueDate: understood('dueDate', 'date_invalid', text => dateFrom(text, monthFirst)),
    storyPoints: understood('storyPoints', 'points_invalid', pointsFrom),
    labels: [...new Set(labels.map(label => cut(onOneLine(cleaned(label)), 50)))]
      .filter(isVisible)
      .slice(0, 30),
    assignee: raw['assignee'] ? cut(cleaned(raw['assignee']).trim(), 255) : undefined,
  };
  return { task: given(inOrder(task, issues, row)), issues };
};

/** A task cannot start after it is due; when it is due matters more. */
const inOrder = (task: ImportedTask, issues: ImportIssue[], row: number): ImportedTask => {
  const { startDate, ...rest } = task;
  if (startDate == null || task.dueDate == null || startDate <= task.dueDate) return task;
  issues.push({ row, code: 'start_after_due', value: startDate });
  return rest;
};

const yes = /^(?:true|yes|y|si|s|verdadero|x|1)$/;
const no = /^(?:false|no|n|falso|0)$/;

const valueFrom: Record<CustomFieldType, (text: string, options: string[]) => CustomValue> = {
  text: text => cut(cleaned(text), 2_000),
  number: text => {
    const number = Number(text.replace(',', '.'));
    return Number.isFinite(number) ? number : undefined;
  },
  date: text => dateFrom(text, false),
  boolean: text => (yes.test(fold(text)) ? true : no.test(fold(text)) ? false : undefined),
  choice: (text, options) => options.find(option => fold(option) === fold(text)),
};

type CustomValue = string | number | boolean | undefined;

/** A value of an own field as it was written, if it can be one. */
export const fieldValueFrom = ({ type, options }: CustomField, text: string): CustomValue =>
  valueFrom[type](text, options);
