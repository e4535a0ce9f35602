import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/adapters/webhooks/sender.ts';
import { builtInTemplates } from '../../src/domain/built-in-templates.ts';
import { can, leastRole, type Right, roles } from '../../src/domain/permission.ts';
import { taskSorts } from '../../src/domain/task-list.ts';
import { listTasks } from '../../src/operations/tasks/list-tasks.ts';

const guide = await readFile(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'projects.md'),
  'utf8',
);

describe('docs/projects.md', () => {
  it('lists every right under the roles that have it', () => {
    const rows = guide.split('\n').filter(line => /^\| `[a-z]+\.[a-z]+`/.test(line));
    const listed = new Map<string, boolean[]>();
    for (const row of rows) {
      const [names = '', ...marks] = row.split('|').slice(1, -1);
      for (const [, name = ''] of names.matchAll(/`([\w.]+)`/g))
        listed.set(
          name,
          marks.map(mark => mark.includes('✓')),
        );
    }
    const expected = Object.keys(leastRole).map(
      right => [right, roles.map(role => can(role, right as Right))] as const,
    );
    expect(listed).toEqual(new Map(expected));
  });

  it('knows every template, filter and order of the list', () => {
    const filters = Object.keys(listTasks.input.shape).filter(
      name => !/^(?:projectId|limit|cursor|order|start|created|updated|completed)/.test(name),
    );
    for (const name of [...filters, ...taskSorts, ...builtInTemplates.map(({ key }) => key)])
      expect(guide).toContain(`\`${name}\``);
  });

  it('shows a check of signatures that works', async () => {
    const code = /```js\n(.*?)```/s.exec(guide)?.[1] ?? '';
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      isGenuine(secret: string, header: string, body: string, now?: number): boolean;
    };
    const [body, seconds] = ['{"id":1}', 1_764_150_000];
    const header = signatureOf('secreto', seconds, body);
    const at = (offset: number) => (seconds + offset) * 1_000;
    expect(isGenuine('secreto', header, body, at(10))).toBe(true);
    expect(isGenuine('secreto', header, body, at(301))).toBe(false);
    expect(isGenuine('otro', header, body, at(10))).toBe(false);
    expect(isGenuine('secreto', header, `${body} `, at(10))).toBe(false);
    expect(isGenuine('secreto', header.replace('v1=', 'v1=00'), body, at(10))).toBe(false);
  });
});
