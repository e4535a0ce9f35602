import { describe, expect, it } from 'vitest';
import { csvLine } from './csv.ts';
import { type ImportFormat, UnreadableImport } from './import.ts';
import { readImport } from './import-files.ts';

const rowsIn = (format: ImportFormat, content: string, zone = 'UTC') =>
  readImport(format, content, zone).rows;
const tasksIn = (format: ImportFormat, content: string, zone?: string) =>
  rowsIn(format, content, zone).flatMap(({ task }) => task ?? []);
const issuesIn = (format: ImportFormat, content: string) =>
  rowsIn(format, content).flatMap(({ issues }) => issues);

describe('readImport', () => {
  it('reads Spanish headings, dates and states', () => {
    const text =
      'Título;Estado;Prioridad;Fecha límite;Etiquetas;Puntos;Responsable\nRevisar;En curso;Alta;5/3/2026;legal|urgente;2,5;Ana Torres\n';
    expect(tasksIn('csv', text)).toEqual([
      {
        title: 'Revisar',
        status: 'in_progress',
        priority: 'high',
        dueDate: '2026-03-05',
        labels: ['legal', 'urgente'],
        storyPoints: 2.5,
        assignee: 'Ana Torres',
      },
    ]);
  });

  it('reads what Jira exports, with its repeated columns', () => {
    const text =
      'Summary,Issue Type,Status,Priority,Labels,Labels,Due Date\n"Falla, a veces",Bug,Done,Highest,api,web,2026-03-05 00:00\n';
    expect(tasksIn('jira_csv', text)).toEqual([
      {
        title: 'Falla, a veces',
        type: 'bug',
        status: 'done',
        priority: 'urgent',
        labels: ['api', 'web'],
        dueDate: '2026-03-05',
      },
    ]);
  });

  it('reads the open cards of a Trello board', () => {
    const board = {
      lists: [{ id: 'l', name: 'Doing' }],
      cards: [
        {
          name: 'Una',
          desc: 'Texto',
          idList: 'l',
          labels: [{ name: 'rojo' }],
          due: '2026-03-05T10:00:00Z',
        },
        { name: 'Archivada', closed: true },
        { name: 'Lista', dueComplete: true },
      ],
    };
    expect(tasksIn('trello_json', JSON.stringify(board))).toEqual([
      {
        title: 'Una',
        description: 'Texto',
        status: 'in_progress',
        labels: ['rojo'],
        dueDate: '2026-03-05',
      },
      { title: 'Lista', status: 'done', labels: [] },
    ]);
  });

  it.each([
    ['csv' as const, 'a,b\n1,2'],
    ['csv' as const, ''],
    ['trello_json' as const, '{"cards":1}'],
    ['trello_json' as const, 'nada'],
    ['trello_json' as const, 'null'],
  ])('says that a %s like %j cannot be read', (format, text) => {
    expect(() => rowsIn(format, text)).toThrow(UnreadableImport);
  });

  it('drops dates that do not exist and marks that cannot be stored', () => {
    const text = 'title,due date,story points\na\u0000b,2026-02-30,-3\nc,31/2/2026,x\n';
    expect(tasksIn('csv', text)).toEqual([
      { title: 'ab', labels: [] },
      { title: 'c', labels: [] },
    ]);
  });

  it.each([
    ['05/Mar/26 12:00 AM', '2026-03-05'],
    ['5/ene/2026', '2026-01-05'],
    ['05-Dec-2026', '2026-12-05'],
    ['5.3.2026', '2026-03-05'],
    ['2026-03-05T23:59:00.000+0100', '2026-03-05'],
  ])('understands the date %s', (text, expected) => {
    expect(tasksIn('jira_csv', `Summary,Due Date\nx,${text}\n`)[0]?.dueDate).toBe(expected);
  });

  it('tells of each row what could not be taken over', () => {
    const long = 'x'.repeat(501);
    const text = `Título;Estado;Prioridad;Fecha límite;Puntos\nBien;Hecho;Alta;5/3/2026;1\n;Hecho;;;\nMal;Quién sabe;Azul;31/2/2026;muchos\n${long};;;;\n`;
    expect(issuesIn('csv', text)).toEqual([
      { row: 3, code: 'title_missing' },
      { row: 4, code: 'status_unknown', value: 'Quién sabe' },
      { row: 4, code: 'priority_unknown', value: 'Azul' },
      { row: 4, code: 'date_invalid', value: '31/2/2026' },
      { row: 4, code: 'points_invalid', value: 'muchos' },
      { row: 5, code: 'title_cut' },
    ]);
  });

  it('takes people and checklists of a Trello board along, and any name for a column', () => {
    const board = {
      lists: [{ id: 'l', name: 'Ideas locas' }],
      members: [{ id: 'm', fullName: 'Ana Torres' }],
      checklists: [
        {
          idCard: 'c',
          checkItems: [
            { name: 'uno', state: 'complete' },
            { name: 'dos', state: 'incomplete' },
          ],
        },
      ],
      cards: [{ id: 'c', name: 'Una', desc: 'Texto', idList: 'l', idMembers: ['m'] }],
    };
    const [row] = rowsIn('trello_json', JSON.stringify(board));
    expect(row?.task).toMatchObject({
      description: 'Texto\n\n- [x] uno\n- [ ] dos',
      assignee: 'Ana Torres',
    });
    expect(row?.task?.status).toBeUndefined();
    expect(row?.issues).toEqual([]);
  });

  it('takes along what Jira says for which there is no field', () => {
    const text = [
      'Issue key,Issue id,Parent,Parent summary,Summary,Status,Sprint,Sprint,Comment,Comment,Custom field (Cliente),Custom field (Start date),Due date,Outward issue link (Blocks)',
      'WEB-2,10002,10001,Nueva web,Portada,To Do,Sprint 1,Sprint 2,"02/Nov/26 10:00 AM;5b10;Primera; con coma",Segunda,Acme,20/Nov/26 12:00 AM,01/Dec/26 12:00 AM,WEB-3',
    ].join('\n');
    expect(tasksIn('jira_csv', text)).toEqual([
      {
        title: 'Portada',
        description:
          'Issue key: WEB-2\nParent summary: Nueva web\nOutward issue link (Blocks): WEB-3\n\n- 02/Nov/26 10:00 AM: Primera; con coma\n- Segunda',
        status: 'todo',
        startDate: '2026-11-20',
        dueDate: '2026-12-01',
        labels: [],
        sprint: 'Sprint 2',
        others: { Parent: '10001', Cliente: 'Acme' },
      },
    ]);
  });

  it.each([
    ['11/20/2026', '3/4/2026', ['2026-11-20', '2026-03-04']],
    ['20/11/2026', '3/4/2026', ['2026-11-20', '2026-04-03']],
    ['3-12-26', '1.2.27', ['2026-12-03', '2027-02-01']],
  ])('tells from %s beside %s where a file puts the month', (one, other, expected) => {
    const tasks = tasksIn('csv', `Título;Vence\na;${one}\nb;${other}\n`);
    expect(tasks.map(({ dueDate }) => dueDate)).toEqual(expected);
  });

  it.each([
    ['En progreso', 'in_progress'],
    ['En ejecución', 'in_progress'],
    ['Sin empezar', 'todo'],
    ['No iniciada', 'todo'],
    ['Not started', 'todo'],
    ['Hecha', 'done'],
    ['Completed', 'done'],
  ])('knows the state %s', (state, expected) => {
    expect(tasksIn('csv', `Título,Estado\nx,${state}\n`)).toMatchObject([{ status: expected }]);
  });

  it.each([
    ['named separator', 'sep=;\r\nTítulo;Vence\r\nx;26/11/2026\r\n'],
    ['old line ends', 'Título;Vence\rx;26/11/2026\r'],
    ['mark of byte order', '\uFEFFTítulo\tFecha de entrega\nx\t2026-11-26\n'],
  ])('reads what Excel writes: %s', (_name, text) => {
    expect(tasksIn('csv', text)).toEqual([{ title: 'x', dueDate: '2026-11-26', labels: [] }]);
  });

  it('takes the guard off what an export made harmless', () => {
    const text = csvLine(['title', 'labels', 'Nota']) + csvLine(['=1+1', 'a,b|c', '-x']);
    expect(tasksIn('csv', text)).toEqual([
      { title: '=1+1', labels: ['a,b', 'c'], others: { Nota: '-x' } },
    ]);
  });

  it('leaves the start open where it would come after the end, and says so', () => {
    const text = 'Título,Inicio,Vence\nx,2026-12-02,2026-12-01\n';
    expect(tasksIn('csv', text)).toEqual([{ title: 'x', dueDate: '2026-12-01', labels: [] }]);
    expect(issuesIn('csv', text)).toEqual([
      { row: 2, code: 'start_after_due', value: '2026-12-02' },
    ]);
  });

  it('leaves out what a Trello board has put away, and takes the rest of a card along', () => {
    const board = {
      lists: [
        { id: 'l', name: 'Por hacer' },
        { id: 'old', name: 'Vieja', closed: true },
      ],
      members: [
        { id: 'm', fullName: 'Ana Torres' },
        { id: 'n', fullName: 'Luis Gómez' },
      ],
      checklists: [
        {
          idCard: 'c',
          checkItems: [
            { name: 'dos', state: 'incomplete', pos: 2 },
            { name: 'uno', state: 'complete', pos: 1 },
          ],
        },
      ],
      cards: [
        {
          id: 'c',
          name: 'Una',
          desc: 'Texto',
          idList: 'l',
          idMembers: ['m', 'n'],
          labels: [{ name: '', color: 'red' }],
          start: '2026-11-20T06:00:00.000Z',
          due: '2026-12-01T02:30:00.000Z',
        },
        { id: 'd', name: 'En una columna archivada', idList: 'old' },
      ],
      actions: [
        {
          type: 'commentCard',
          date: '2026-11-03T10:00:00Z',
          data: { text: 'Después', card: { id: 'c' } },
          memberCreator: { fullName: 'Luis Gómez' },
        },
        {
          type: 'commentCard',
          date: '2026-11-02T10:00:00Z',
          data: { text: 'Primero', card: { id: 'c' } },
          memberCreator: { fullName: 'Ana Torres' },
        },
        { type: 'updateCard', data: {} },
      ],
    };
    expect(tasksIn('trello_json', JSON.stringify(board), 'America/Mexico_City')).toEqual([
      {
        title: 'Una',
        description:
          'Texto\n\n- [x] uno\n- [ ] dos\n\n- @Ana Torres\n- @Luis Gómez\n\n- Ana Torres (2026-11-02): Primero\n- Luis Gómez (2026-11-03): Después',
        status: 'todo',
        startDate: '2026-11-20',
        dueDate: '2026-11-30',
        labels: ['red'],
        assignee: 'Ana Torres',
      },
    ]);
  });
});
