-- Who takes a conversation over from the bot, and when it was seen to.
ALTER TABLE handovers
  ADD COLUMN taken_by BIGINT REFERENCES users (id) ON DELETE SET NULL,
  ADD COLUMN taken_at TIMESTAMPTZ,
  ADD COLUMN resolved_by BIGINT REFERENCES users (id) ON DELETE SET NULL,
  -- The call itself: what is said afterwards stays between the person and the bot.
  ADD COLUMN last_message_id BIGINT;
CREATE INDEX handovers_list ON handovers (project_id, id DESC);
CREATE INDEX handovers_taken_by ON handovers (taken_by) WHERE taken_by IS NOT NULL;
CREATE INDEX handovers_resolved_by ON handovers (resolved_by) WHERE resolved_by IS NOT NULL;
