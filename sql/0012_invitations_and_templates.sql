-- Invitations for people with or without an account, and templates that people make themselves.

CREATE TABLE invitations (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  email VARCHAR(255) NOT NULL,
  role VARCHAR(20) NOT NULL CHECK (role IN ('manager', 'member', 'viewer')),
  state VARCHAR(20) NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'accepted', 'declined', 'cancelled')),
  inviter_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  -- SHA-256 of the token of the last mail; the token itself is nowhere else.
  digest BYTEA UNIQUE,
  requested_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  answered_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX invitations_pending ON invitations (project_id, lower(email))
  WHERE state = 'pending';
CREATE INDEX invitations_email ON invitations (lower(email)) WHERE state = 'pending';
CREATE INDEX invitations_expiry ON invitations (expires_at);

CREATE TABLE project_templates (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name VARCHAR(200) NOT NULL,
  description TEXT,
  -- Methodology, settings, own fields and tasks of a new project.
  content JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX project_templates_owner ON project_templates (owner_id, id);
