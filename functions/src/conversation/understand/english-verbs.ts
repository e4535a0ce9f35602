import type { Act } from './verb-list.ts';

/** English words that Spanish speakers mix in, and those of people who write in English. */
export const english: [Act[], string[]][] = [
  [['create'], ['create', 'add', 'new', 'make']],
  [['assign'], ['assign', 'reassign']],
  [['put'], ['set', 'mark', 'update', 'updatea', 'change']],
  [
    ['put', 'postpone'],
    ['move', 'postpone', 'reschedule'],
  ],
  [['finish'], ['finish', 'complete', 'close', 'finished', 'completed', 'closed']],
  [['start'], ['start', 'started']],
  [['remove'], ['delete', 'remove', 'deletea']],
  [['show'], ['show', 'list']],
  [['invite'], ['invite']],
  [['undo'], ['undo', 'revert']],
  [['comment'], ['comment']],
  [['remind'], ['remind']],
];
