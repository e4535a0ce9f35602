-- Outgoing webhooks: where to, what about, and what became of every delivery.

CREATE TABLE webhooks (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  url VARCHAR(2000) NOT NULL,
  -- Sealed: whoever reads the database cannot sign.
  secret TEXT NOT NULL,
  -- Event types, or their first half, such as "task"; empty means all.
  events TEXT[] NOT NULL DEFAULT '{}',
  active BOOLEAN NOT NULL DEFAULT TRUE,
  -- Since when nothing was delivered any more.
  failing_since TIMESTAMPTZ,
  creator_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX webhooks_project ON webhooks (project_id);

CREATE TABLE webhook_deliveries (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  webhook_id BIGINT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id BIGINT NOT NULL,
  -- Zero for the first delivery of an event, then one more for each replay.
  replay INTEGER NOT NULL DEFAULT 0,
  type VARCHAR(80) NOT NULL,
  body JSONB NOT NULL,
  state VARCHAR(20) NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Also a lease: moved ahead while somebody is sending.
  next_attempt_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- HTTP status of the last answer, or a word of ours; never anything that the other side wrote.
  last_status INTEGER,
  last_error VARCHAR(40),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  delivered_at TIMESTAMPTZ,
  UNIQUE (webhook_id, event_id, replay)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, id DESC);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);

-- In-app notifications.
CREATE TABLE notifications (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  event_id BIGINT NOT NULL,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  task_id BIGINT REFERENCES tasks (id) ON DELETE CASCADE,
  kind VARCHAR(30) NOT NULL,
  actor_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  -- What the sentence needs, such as the title at that time.
  facts JSONB NOT NULL DEFAULT '{}',
  read_at TIMESTAMPTZ,
  -- Set once the person was told by mail too.
  mailed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (user_id, event_id, kind)
);
CREATE INDEX notifications_list ON notifications (user_id, id DESC);
CREATE INDEX notifications_age ON notifications (created_at);
CREATE INDEX notifications_digest ON notifications (user_id, id) WHERE mailed_at IS NULL AND read_at IS NULL;
