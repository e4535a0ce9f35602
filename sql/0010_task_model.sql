-- The full task: types, dates, subtasks, relations, checklists, comments, watchers, custom fields,
-- attachments and sprints, and search in Spanish.

CREATE TABLE sprints (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  name VARCHAR(200) NOT NULL,
  goal TEXT,
  state VARCHAR(20) NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'active', 'completed')),
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  started_at TIMESTAMPTZ,
  completed_at TIMESTAMPTZ,
  -- What the team took on at the start and what it delivered, kept as it was at that time.
  committed_points NUMERIC(9, 1) NOT NULL DEFAULT 0,
  committed_tasks INTEGER NOT NULL DEFAULT 0,
  completed_points NUMERIC(9, 1) NOT NULL DEFAULT 0,
  completed_tasks INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CHECK (end_date >= start_date),
  UNIQUE (project_id, id)
);
CREATE UNIQUE INDEX sprints_one_active ON sprints (project_id) WHERE state = 'active';

-- Words without accents, then their Spanish stems: "revisión" finds "revisiones".
CREATE TEXT SEARCH CONFIGURATION spanish_folded (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION spanish_folded
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;

ALTER TABLE tasks
  ADD COLUMN type VARCHAR(20) NOT NULL DEFAULT 'task'
    CHECK (type IN ('task', 'story', 'bug', 'epic', 'improvement')),
  ADD COLUMN start_date DATE,
  ADD COLUMN parent_id BIGINT REFERENCES tasks (id) ON DELETE SET NULL,
  ADD COLUMN custom_fields JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN search TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('public.spanish_folded', title), 'A') ||
    setweight(to_tsvector('public.spanish_folded', coalesce(description, '')), 'B')) STORED,
  ADD CONSTRAINT tasks_dates_in_order CHECK (start_date <= due_date),
  ADD CONSTRAINT tasks_not_own_parent CHECK (parent_id <> id),
  ADD CONSTRAINT tasks_sprint_of_project FOREIGN KEY (project_id, sprint_id)
    REFERENCES sprints (project_id, id) ON DELETE SET NULL (sprint_id);

-- Everything that the status report counts, so that one pass over the index answers all of it.
DROP INDEX tasks_report;
CREATE INDEX tasks_report ON tasks (project_id, status, assignee_id, due_date)
  INCLUDE (story_points, sprint_id, created_at, completed_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_text_search ON tasks USING gin (project_id, search) WHERE deleted_at IS NULL;
CREATE INDEX tasks_of_parent ON tasks (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX tasks_of_sprint ON tasks (sprint_id) WHERE sprint_id IS NOT NULL;
CREATE INDEX tasks_trash ON tasks (project_id, deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE task_relations (
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  kind VARCHAR(20) NOT NULL CHECK (kind IN ('blocks', 'relates', 'duplicates')),
  other_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (task_id, kind, other_id),
  CHECK (task_id <> other_id),
  -- "relates" has no direction: it is stored once, from the lower id.
  CHECK (kind <> 'relates' OR task_id < other_id)
);
CREATE INDEX task_relations_other ON task_relations (other_id);

CREATE TABLE checklist_items (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  text VARCHAR(500) NOT NULL,
  done BOOLEAN NOT NULL DEFAULT FALSE,
  position DOUBLE PRECISION NOT NULL
);
CREATE INDEX checklist_items_task ON checklist_items (task_id, position, id);

CREATE TABLE comments (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  author_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  body TEXT NOT NULL,
  mentions BIGINT[] NOT NULL DEFAULT '{}',
  version INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX comments_task ON comments (task_id, id);

-- People who follow a task without being its assignee or creator, who always do.
CREATE TABLE task_watchers (
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (task_id, user_id)
);
CREATE INDEX task_watchers_user ON task_watchers (user_id);

-- Fields that a project adds to its tasks; tasks keep the values under the field's id.
CREATE TABLE custom_fields (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL,
  type VARCHAR(20) NOT NULL CHECK (type IN ('text', 'number', 'date', 'boolean', 'choice')),
  options TEXT[] NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX custom_fields_name ON custom_fields (project_id, lower(name));

CREATE TABLE attachments (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  task_id BIGINT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  name VARCHAR(255) NOT NULL,
  content_type VARCHAR(127) NOT NULL,
  size BIGINT NOT NULL CHECK (size > 0),
  -- Name of the object in storage: random, so that nothing about the file can be guessed from it.
  object VARCHAR(200) NOT NULL UNIQUE,
  state VARCHAR(10) NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'stored')),
  creator_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX attachments_task ON attachments (task_id, id);
CREATE INDEX attachments_pending ON attachments (created_at) WHERE state = 'pending';
