-- What happened in a project, for good: activity, audit, undo, the change feed and risk features.

CREATE TABLE project_events (
  -- The id of the outbox row that carried the same event.
  id BIGINT NOT NULL,
  project_id BIGINT NOT NULL,
  -- Ids are handed out before a transaction commits, so they alone do not tell what a reader has seen.
  -- Everything below the oldest running transaction is final: the change feed reads no further.
  xid XID8 NOT NULL DEFAULT pg_current_xact_id(),
  type VARCHAR(80) NOT NULL,
  task_id BIGINT,
  actor_id BIGINT,
  -- `fields`, `before` and `after` where something changed; ids and versions.
  payload JSONB NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, id)
);
CREATE INDEX project_events_feed ON project_events (project_id, xid, id);
CREATE INDEX project_events_task ON project_events (task_id, id) WHERE task_id IS NOT NULL;

-- Append-only. Retention and erasure, which the law asks for, name themselves in their transaction.
CREATE FUNCTION refuse_project_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('pmbot.privacy_job', true), '') <> 'on' THEN
    RAISE EXCEPTION 'project_events is append-only';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER project_events_append_only BEFORE UPDATE OR DELETE ON project_events
  FOR EACH ROW EXECUTE FUNCTION refuse_project_event_change();
CREATE TRIGGER project_events_not_truncated BEFORE TRUNCATE ON project_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_project_event_change();

ALTER TABLE projects
  -- An archived project can be read but not changed.
  ADD COLUMN archived_at TIMESTAMPTZ;
