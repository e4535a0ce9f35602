import { describe, expect, it } from 'vitest';
import type { ImportFormat } from './import.ts';
import { readImport, UnreadableImport } from './import-files.ts';

const tasksIn = (format: ImportFormat, content: string) =>
  readImport(format, content).flatMap(({ task }) => task ?? []);
const issuesIn = (format: ImportFormat, content: string) =>
  readImport(format, content).flatMap(({ issues }) => issues);

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
    expect(() => readImport(format, text)).toThrow(UnreadableImport);
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
    const [row] = readImport('trello_json', JSON.stringify(board));
    expect(row?.task).toMatchObject({
      description: 'Texto\n- [x] uno\n- [ ] dos',
      assignee: 'Ana Torres',
    });
    expect(row?.task?.status).toBeUndefined();
    expect(row?.issues).toEqual([]);
  });
});
