-- Identity, projects and tasks: the five core tables of the specification, and what makes their
-- writes reliable (outbox, consumed events, idempotency keys).

CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- unaccent() alone is only STABLE because its dictionary may change; ours does not, so an index may use it.
CREATE FUNCTION fold_text(input text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, input));

CREATE TABLE users (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email VARCHAR(255) NOT NULL,
  password_hash VARCHAR(255),
  full_name VARCHAR(255) NOT NULL,
  avatar_url VARCHAR(500),
  email_verified BOOLEAN NOT NULL DEFAULT FALSE,
  status VARCHAR(30) NOT NULL DEFAULT 'pending_verification'
    CHECK (status IN ('pending_verification', 'active', 'disabled', 'erased')),
  timezone VARCHAR(64) NOT NULL DEFAULT 'UTC',
  locale VARCHAR(5) NOT NULL DEFAULT 'es' CHECK (locale IN ('es', 'en')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

CREATE TABLE auth_methods (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  provider VARCHAR(30) NOT NULL CHECK (provider IN ('password', 'google')),
  -- For Google the issuer and subject; for a password the user's own id.
  issuer VARCHAR(255) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_used_at TIMESTAMPTZ,
  UNIQUE (issuer, subject)
);
CREATE INDEX auth_methods_user ON auth_methods (user_id);

CREATE TABLE projects (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name VARCHAR(255) NOT NULL,
  description TEXT,
  owner_id BIGINT NOT NULL REFERENCES users (id),
  methodology VARCHAR(50) NOT NULL DEFAULT 'agile',
  settings JSONB NOT NULL DEFAULT '{}',
  version INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  deleted_at TIMESTAMPTZ
);
CREATE INDEX projects_owner ON projects (owner_id);

CREATE TABLE project_members (
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role VARCHAR(20) NOT NULL CHECK (role IN ('owner', 'manager', 'member', 'viewer')),
  version INTEGER NOT NULL DEFAULT 1,
  joined_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (project_id, user_id)
);
CREATE INDEX project_members_user ON project_members (user_id, project_id);

CREATE TABLE tasks (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  title VARCHAR(500) NOT NULL,
  description TEXT,
  status VARCHAR(50) NOT NULL DEFAULT 'todo'
    CHECK (status IN ('todo', 'in_progress', 'blocked', 'in_review', 'done')),
  assignee_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  creator_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  due_date DATE,
  priority VARCHAR(20) NOT NULL DEFAULT 'medium'
    CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
  labels TEXT[] NOT NULL DEFAULT '{}',
  story_points NUMERIC(6, 1) CHECK (story_points >= 0),
  sprint_id BIGINT,
  version INTEGER NOT NULL DEFAULT 1,
  completed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  deleted_at TIMESTAMPTZ
);
CREATE INDEX tasks_of_project ON tasks (project_id, id DESC) WHERE deleted_at IS NULL;
-- Covers the status report: counts by state and person, overdue and due soon, without the table.
CREATE INDEX tasks_report ON tasks (project_id, status, due_date, assignee_id)
  WHERE deleted_at IS NULL;
CREATE INDEX tasks_of_assignee ON tasks (assignee_id, project_id) WHERE deleted_at IS NULL;
-- The project leads, so that searching one project costs nothing for the size of the others.
CREATE INDEX tasks_title_search ON tasks USING gin (project_id, fold_text(title) gin_trgm_ops)
  WHERE deleted_at IS NULL;

-- What others must hear of, written in the same transaction as the change itself.
CREATE TABLE outbox (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic VARCHAR(50) NOT NULL,
  type VARCHAR(80) NOT NULL,
  project_id BIGINT,
  payload JSONB NOT NULL,
  occurred_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  published_at TIMESTAMPTZ
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Events that a consumer has finished with: a repeated delivery finds its row and does nothing.
CREATE TABLE consumed_events (
  consumer VARCHAR(50) NOT NULL,
  event_id BIGINT NOT NULL,
  consumed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX consumed_events_age ON consumed_events (consumed_at);

CREATE TABLE idempotency_keys (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  operation VARCHAR(80) NOT NULL,
  key VARCHAR(255) NOT NULL,
  -- SHA-256 of the input: the same key with other data is a mistake of the caller.
  fingerprint CHAR(64) NOT NULL,
  response JSONB,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, operation, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
