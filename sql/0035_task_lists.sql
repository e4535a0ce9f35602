-- Lists in any order find their page in the index alone and then read only the tasks of that page.
-- Ascending, because PostgreSQL packs an index tightly where new entries come last within their project.
DROP INDEX tasks_of_project;
CREATE INDEX tasks_of_project ON tasks (project_id, id)
  INCLUDE (due_date, start_date, priority, status, story_points, updated_at)
  WHERE deleted_at IS NULL;
