import type { Act } from './verb-list.ts';

/** English words that Spanish speakers mix in, and those of people who write in English. */
export const english: [Act[], string[]][] = [
  [['create'], ['create', 'add', 'new']],
  [['assign'], ['assign', 'reassign']],
  [['put', 'create'], ['make']],
  [['put'], ['set', 'mark', 'update', 'updatea', 'change', 'put']],
  [
    ['put', 'postpone'],
    ['move', 'postpone', 'reschedule', 'push'],
  ],
  [['finish'], ['finish', 'complete', 'close', 'finished', 'completed', 'closed']],
  [['reopen'], ['reopen']],
  [['block'], ['block']],
  [['start'], ['start', 'started']],
  [['remove'], ['delete', 'remove', 'deletea']],
  [['show'], ['show', 'list']],
  [['invite'], ['invite']],
  [['undo'], ['undo', 'revert']],
  [['comment'], ['comment']],
  [['remind'], ['remind']],
];
