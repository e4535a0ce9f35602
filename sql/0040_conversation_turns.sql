-- Turns of a conversation are numbered: a turn is kept only on top of the one it was thought out on, so
-- that two requests that both believe to hold the conversation cannot interleave.
ALTER TABLE conversations ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;

-- What a turn came to, without what was said: figures are made of it. Goes with its conversation.
CREATE TABLE chat_turns (
  conversation_id VARCHAR(64) NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  turn INTEGER NOT NULL,
  project_id BIGINT REFERENCES projects (id) ON DELETE SET NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT now(),
  elapsed_ms INTEGER NOT NULL,
  -- What happened to wishes: [{"flow": "create_task", "what": "done", "seconds": 12.5}].
  flows JSONB NOT NULL DEFAULT '[]',
  -- Wishes left half done, by flow: abandoned when nothing follows within the hour.
  waiting TEXT[] NOT NULL DEFAULT '{}',
  marks TEXT[] NOT NULL DEFAULT '{}',
  -- A message that was not understood, with everything personal taken out.
  unknown VARCHAR(300),
  PRIMARY KEY (conversation_id, turn)
);
CREATE INDEX chat_turns_project ON chat_turns (project_id, at);
-- Turns come in order of time: a summary per block is enough to find a day.
CREATE INDEX chat_turns_day ON chat_turns USING brin (at);

-- Figures of past days, which outlive the turns. Days are UTC.
CREATE TABLE chat_days (
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  day DATE NOT NULL,
  turns INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  people INTEGER NOT NULL,
  marks JSONB NOT NULL,
  -- How many turns took how long: {"bucket": count}, buckets as in the domain's histogram.
  latency JSONB NOT NULL,
  PRIMARY KEY (project_id, day)
);

CREATE TABLE chat_flow_days (
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  day DATE NOT NULL,
  flow VARCHAR(40) NOT NULL,
  outcomes JSONB NOT NULL,
  -- Seconds from the wish to its end, as a histogram like `latency`.
  seconds JSONB NOT NULL,
  PRIMARY KEY (project_id, day, flow)
);

-- Days that are summed up for good.
CREATE TABLE chat_days_closed (
  day DATE PRIMARY KEY,
  closed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- One open request for a person per conversation is enough; asked again it would only be a double.
UPDATE handovers SET resolved_at = now() WHERE resolved_at IS NULL AND EXISTS (
  SELECT FROM handovers newer WHERE newer.conversation_id = handovers.conversation_id
    AND newer.resolved_at IS NULL AND newer.id > handovers.id);
CREATE UNIQUE INDEX handovers_one_open ON handovers (conversation_id) WHERE resolved_at IS NULL;
