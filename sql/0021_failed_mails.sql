-- Mails that could not be sent so far. Those that were given up on wait here for an administrator; addresses
-- in the payload are sealed, as in the outbox that they come from.
CREATE TABLE failed_mails (
  event_id BIGINT PRIMARY KEY,
  type VARCHAR(60) NOT NULL,
  payload JSONB NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 1,
  -- What the server or the network said, as a code.
  reason VARCHAR(60) NOT NULL,
  first_failed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_failed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  given_up_at TIMESTAMPTZ
);
CREATE INDEX failed_mails_age ON failed_mails (last_failed_at);
