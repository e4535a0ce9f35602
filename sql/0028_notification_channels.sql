-- Where each notification goes, decided by its reader's preferences when it is made; reminders of due tasks.

ALTER TABLE notifications
  ADD COLUMN in_app BOOLEAN NOT NULL DEFAULT TRUE,
  ADD COLUMN by_mail BOOLEAN NOT NULL DEFAULT TRUE;

DROP INDEX notifications_digest;
CREATE INDEX notifications_digest ON notifications (user_id, id)
  WHERE mailed_at IS NULL AND read_at IS NULL AND by_mail;

-- One row per task, person and day of the person: whoever has one was reminded.
CREATE TABLE due_reminders (
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  day DATE NOT NULL,
  PRIMARY KEY (task_id, user_id, day)
);
CREATE INDEX due_reminders_user ON due_reminders (user_id);
CREATE INDEX due_reminders_age ON due_reminders (day);

-- Open tasks of somebody in order of their dates, whatever the project.
CREATE INDEX tasks_due ON tasks (due_date, id)
  WHERE deleted_at IS NULL AND status <> 'done' AND assignee_id IS NOT NULL;
