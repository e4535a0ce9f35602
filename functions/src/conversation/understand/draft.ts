import type { Entity, EntityValue, Segment } from '../model.ts';
import type { Features } from './features.ts';
import type { Run } from './titles.ts';

export type Extraction = Pick<Segment, 'entities' | 'reference' | 'owner'>;

/** A clause being read: which words are spoken for, and what they were found to be. */
export class Draft {
  readonly features: Features;
  readonly taken: boolean[];
  readonly entities: Entity[] = [];

  constructor(features: Features) {
    this.features = features;
    this.taken = features.words.map(() => false);
  }

  take(start: number, end: number): void {
    for (let at = Math.max(0, start); at < end; at++) this.taken[at] = true;
  }

  add(run: Run, found: EntityValue): void {
    const { words } = this.features;
    const first = words[run.start];
    const last = words[run.end - 1];
    if (!first || !last) return;
    this.entities.push({
      ...found,
      ...textOf(this.features, run),
      start: first.start,
      end: last.end,
    });
  }
}

/** The words as they were typed, with the blanks between them. */
export const textOf = ({ words }: Pick<Features, 'words'>, run: Run): { text: string } => {
  const parts = words.slice(run.start, run.end);
  const text = parts.map((w, at) => {
    const gap = at === 0 ? 0 : w.start - (parts[at - 1]?.end ?? w.start);
    return (gap > 0 ? ' ' : '') + w.text;
  });
  return { text: text.join('') };
};
