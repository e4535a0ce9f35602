-- Imports that run in the background, a part at a time.

CREATE TABLE imports (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  creator_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
  format VARCHAR(20) NOT NULL,
  state VARCHAR(20) NOT NULL DEFAULT 'running'
    CHECK (state IN ('checked', 'running', 'completed', 'cancelled', 'failed')),
  total INTEGER NOT NULL,
  imported INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  -- What could not be taken over, row by row; only so many are kept, all are counted.
  issues JSONB NOT NULL DEFAULT '[]',
  issue_count INTEGER NOT NULL DEFAULT 0,
  -- Why it failed, in a word of ours.
  failure VARCHAR(40),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  finished_at TIMESTAMPTZ
);
CREATE INDEX imports_project ON imports (project_id, id DESC);
CREATE INDEX imports_creator ON imports (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX imports_age ON imports (created_at);

-- What an import still has to bring. A part goes in the transaction that brings its tasks, so that each
-- is brought once, whatever is repeated or breaks off.
CREATE TABLE import_parts (
  import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  rows JSONB NOT NULL,
  PRIMARY KEY (import_id, position)
);
