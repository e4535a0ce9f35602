import type { Preferences } from './notification-preferences.ts';

export const handoverStates = ['waiting', 'taken', 'resolved'] as const;
export type HandoverState = (typeof handoverStates)[number];

/** A person who talked with the bot asks for a person of the project instead. */
export type Handover = {
  id: number;
  projectId: number;
  askerId: number;
  askerName: string;
  askedAt: string;
  takenBy: number | null;
  takerName: string | null;
  takenAt: string | null;
  resolvedAt: string | null;
  state: HandoverState;
};

/** Who may take one over, and how they want to hear of it. */
export type Helper = { userId: number; preferences: Preferences };

/** What was said last before the call; whoever takes it over sees no more than these. */
export const messagesHandedOver = 10;
