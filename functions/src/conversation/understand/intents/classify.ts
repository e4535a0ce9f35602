import type { IntentName } from '../../model.ts';
import type { Features } from '../features.ts';
import { asking } from './asking.ts';
import { changing } from './changing.ts';
import type { Reason } from './conditions.ts';
import { creating } from './creating.ts';
import { handing } from './handing.ts';
import { organising } from './organising.ts';
import { planning } from './planning.ts';
import { scheduling } from './scheduling.ts';

const reasons: readonly Reason[] = [
  ...creating,
  ...changing,
  ...scheduling,
  ...handing,
  ...asking,
  ...planning,
  ...organising,
];

/** The best reading of a clause that is more than a bare answer. */
export const classify = (f: Features): { intent: IntentName; confidence: number } | undefined => {
  let best: { intent: IntentName; confidence: number } | undefined;
  for (const [intent, confidence, holds] of reasons)
    if ((!best || confidence > best.confidence) && holds(f)) best = { intent, confidence };
  if (!best) return undefined;
  return f.head?.loose ? { ...best, confidence: best.confidence - 0.05 } : best;
};
