import { expect, it } from 'vitest';
import { commandIn } from './chat-commands.ts';

it.each([
  ['hola', undefined],
  ['/salir', { kind: 'quit' }],
  ['/proyecto 12', { kind: 'project', projectId: 12 }],
  ['/project 12', { kind: 'project', projectId: 12 }],
  ['/proyecto', { kind: 'projects' }],
  ['/proyecto web', { kind: 'projects' }],
  ['/proyectos', { kind: 'projects' }],
  ['/nueva', { kind: 'new' }],
  ['/ayuda', { kind: 'help' }],
  ['/loquesea', { kind: 'help' }],
])('%s', (line, command) => {
  expect(commandIn(line)).toEqual(command);
});
