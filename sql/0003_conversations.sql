-- Conversations: what was said, and where the talk stood, so that losing Redis loses no thread.

CREATE TABLE conversations (
  -- Made by the server and unguessable, as it travels in addresses.
  id VARCHAR(64) PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  project_id BIGINT REFERENCES projects (id) ON DELETE SET NULL,
  step VARCHAR(40) NOT NULL DEFAULT 'idle',
  -- State of the dialogue after the last turn; versioned inside.
  state JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX conversations_of_user ON conversations (user_id, updated_at DESC, id DESC);
CREATE INDEX conversations_age ON conversations (updated_at);

CREATE TABLE conversation_messages (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conversation_id VARCHAR(64) NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  role VARCHAR(10) NOT NULL CHECK (role IN ('user', 'bot')),
  text TEXT NOT NULL,
  intents TEXT[] NOT NULL DEFAULT '{}',
  at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX conversation_messages_of ON conversation_messages (conversation_id, id DESC);

-- Talks that the bot gave up on: a person of the project takes over.
CREATE TABLE handovers (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conversation_id VARCHAR(64) NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  project_id BIGINT REFERENCES projects (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  resolved_at TIMESTAMPTZ
);
CREATE INDEX handovers_open ON handovers (project_id, id) WHERE resolved_at IS NULL;
CREATE INDEX handovers_conversation ON handovers (conversation_id);
CREATE INDEX handovers_user ON handovers (user_id);
