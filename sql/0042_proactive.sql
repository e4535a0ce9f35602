-- What the bot proposed to a person of its own accord: never twice. `since` is the date of the fact (due,
-- blocked, made), so that the same task may be spoken of again when that changes.
CREATE TABLE chat_suggestions (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  kind VARCHAR(30) NOT NULL,
  since DATE NOT NULL,
  made_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, task_id, kind, since)
);
CREATE INDEX chat_suggestions_task ON chat_suggestions (task_id);

-- When a person who wants a morning summary gets the next one. Sending moves it on in the same
-- transaction, so that nobody gets two.
CREATE TABLE summary_plans (
  user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  next_at TIMESTAMPTZ NOT NULL,
  -- The person's own date of the last one: changing the hour brings no second one that day.
  last_day DATE
);
CREATE INDEX summary_plans_due ON summary_plans (next_at);
