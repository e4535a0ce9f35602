import { z } from 'zod';
import {
  beginning,
  type ChangeToken,
  type ProjectEvent,
  readToken,
  writeToken,
} from '../../domain/history.ts';
import { wording } from '../../domain/wording.ts';
import { id, pageToken } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { change, readable } from './event-schema.ts';

type Deps = {
  history: {
    changes(
      projectId: number,
      since: ChangeToken,
      limit: number,
    ): Promise<{ event: Omit<ProjectEvent, 'actorName'>; token: ChangeToken }[]>;
    latest(): Promise<ChangeToken>;
  };
};

export const listChanges = defineOperation({
  name: 'projects/listChanges',
  summary:
    'Change feed: everything after the token, once and in order. Without `since` from the beginning; `since=latest` answers just a token to start from',
  route: 'GET /projects/{projectId}/changes',
  access: 'project.read',
  input: z.strictObject({
    projectId: id,
    since: pageToken.optional(),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({ items: z.array(change), nextToken: z.string(), hasMore: z.boolean() }),
  refuses: ['since'],
  run: async ({ history }: Deps, _caller, { projectId, since, limit }) => {
    if (since === 'latest')
      return { items: [], nextToken: writeToken(await history.latest()), hasMore: false };
    const from = since === undefined ? beginning : readToken(since);
    if (!from) throw refusal('since', wording.invalidCursor);
    const rows = await history.changes(projectId, from, limit + 1);
    const items = rows.slice(0, limit);
    return {
      items: items.map(row => readable(row.event)),
      nextToken: writeToken(items.at(-1)?.token ?? from),
      hasMore: rows.length > limit,
    };
  },
});
