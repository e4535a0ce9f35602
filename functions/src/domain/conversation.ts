export type ConversationMessage = { role: 'user' | 'bot'; text: string; at: string };

/** A talk as it is kept: where it stands, and the state that only the dialogue understands. */
export type Conversation = {
  id: string;
  projectId: number | null;
  step: string;
  state: unknown;
  createdAt: string;
  updatedAt: string;
};

/** What one turn leaves behind. */
export type TurnRecord = {
  userId: number;
  projectId: number | null;
  step: string;
  state: unknown;
  said: { text: string; intents: string[]; at: string };
  answered: { text: string; at: string };
};
