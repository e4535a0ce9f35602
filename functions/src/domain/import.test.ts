import { describe, expect, it } from 'vitest';
import { readImport, UnreadableImport } from './import.ts';

describe('readImport', () => {
  it('reads Spanish headings, dates and states', () => {
    const text =
      'Título;Estado;Prioridad;Fecha límite;Etiquetas;Puntos;Responsable\nRevisar;En curso;Alta;5/3/2026;legal|urgente;2,5;Ana Torres\n';
    expect(readImport('csv', text)).toEqual([
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
    expect(readImport('jira_csv', text)).toEqual([
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
    expect(readImport('trello_json', JSON.stringify(board))).toEqual([
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
    expect(readImport('csv', text)).toEqual([
      { title: 'ab', labels: [] },
      { title: 'c', labels: [] },
    ]);
  });
});
