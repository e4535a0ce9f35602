import { dateIn } from './calendar.ts';
import { type ImportedFile, type ImportedRow, UnreadableImport } from './import.ts';
import { taskFrom } from './import-values.ts';
import { isVisible } from './written-text.ts';

type Node = Record<string, unknown>;

const list = (value: unknown): Node[] =>
  Array.isArray(value)
    ? value.filter((one): one is Node => typeof one === 'object' && one !== null)
    : [];

const textIn = (one: Node, name: string): string => {
  const { [name]: value } = one;
  return typeof value === 'string' ? value : '';
};

const nodeIn = (one: Node, name: string): Node => list([one[name]])[0] ?? {};

const position = (one: Node): number => (typeof one['pos'] === 'number' ? one['pos'] : 0);

/** Lines of text by card. */
const linesBy = (entries: (readonly [card: unknown, line: string])[]): Map<unknown, string> =>
  new Map(
    [...Map.groupBy(entries, ([card]) => card)].map(([card, own]) => [
      card,
      own.map(([, line]) => line).join('\n'),
    ]),
  );

/** The checklists of each card, ticked or not, in their order. */
const checklistsOf = (board: Node): Map<unknown, string> =>
  linesBy(
    list(board['checklists']).flatMap(checklist =>
      list(checklist['checkItems'])
        .toSorted((one, other) => position(one) - position(other))
        .map(item => {
          const mark = item['state'] === 'complete' ? 'x' : ' ';
          return [checklist['idCard'], `- [${mark}] ${textIn(item, 'name')}`] as const;
        }),
    ),
  );

/** What was said about each card, oldest first. */
const commentsOf = (board: Node): Map<unknown, string> =>
  linesBy(
    list(board['actions'])
      .filter(action => action['type'] === 'commentCard')
      .toSorted((one, other) => textIn(one, 'date').localeCompare(textIn(other, 'date')))
      .map(action => {
        const data = nodeIn(action, 'data');
        const author = textIn(nodeIn(action, 'memberCreator'), 'fullName');
        const line = `- ${author} (${textIn(action, 'date').slice(0, 10)}): ${textIn(data, 'text')}`;
        return [nodeIn(data, 'card')['id'], line] as const;
      }),
  );

/** Columns of a board are named freely: what is none of our states is no mistake, but work to do. */
const statusOf = (name: string | undefined): string | undefined =>
  name && taskFrom(0, { title: '-', status: name }, []).issues.length > 0 ? undefined : name;

/** The day that it is at an instant where the board's people are: Trello keeps the instant alone. */
const dayOf = (text: string, zone: string): string => {
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? text : dateIn(instant, zone);
};

type Board = {
  zone: string;
  lists: Map<unknown, string>;
  people: Map<unknown, string>;
  checklists: Map<unknown, string>;
  comments: Map<unknown, string>;
};

const rowOf = (card: Node, row: number, { zone, lists, people, ...texts }: Board): ImportedRow => {
  const title = textIn(card, 'name');
  if (!isVisible(title)) return { row, task: undefined, issues: [{ row, code: 'title_missing' }] };
  const ids = Array.isArray(card['idMembers']) ? (card['idMembers'] as unknown[]) : [];
  const members = ids.flatMap(id => people.get(id) ?? []);
  const { id } = card;
  const parts = [
    textIn(card, 'desc'),
    texts.checklists.get(id),
    // A task has one person who does it.
    members.length > 1 && members.map(name => `- @${name}`).join('\n'),
    texts.comments.get(id),
  ];
  const raw = {
    title,
    description: parts.filter(Boolean).join('\n\n'),
    startDate: dayOf(textIn(card, 'start'), zone),
    dueDate: dayOf(textIn(card, 'due'), zone),
    status: card['dueComplete'] === true ? 'done' : statusOf(lists.get(card['idList'])),
    assignee: members[0],
  };
  // Many a label is nothing but its colour.
  const labels = list(card['labels']).map(one => textIn(one, 'name') || textIn(one, 'color'));
  return { row, ...taskFrom(row, raw, labels) };
};

/** The cards of a board that are not put away, by themselves or with their column. */
export const fromTrello = (content: unknown, zone: string): ImportedFile => {
  const board = (content ?? {}) as Node;
  if (!Array.isArray(board['cards'])) throw new UnreadableImport('cards');
  const columns = list(board['lists']);
  const away = new Set(columns.filter(one => one['closed'] === true).map(one => one['id']));
  const parts = {
    zone,
    lists: new Map(columns.map(one => [one['id'], textIn(one, 'name')])),
    people: new Map(list(board['members']).map(one => [one['id'], textIn(one, 'fullName')])),
    checklists: checklistsOf(board),
    comments: commentsOf(board),
  };
  const rows = list(board['cards']).flatMap((card, index) =>
    card['closed'] === true || away.has(card['idList']) ? [] : [rowOf(card, index + 1, parts)],
  );
  return { rows, columns: [] };
};
