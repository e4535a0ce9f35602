-- Second factors, administrators' address rules, consents and exports.

-- Whether an outside identity proved the very mailbox of the account when it was linked: those that
-- did not are disconnected when the owner recovers the account through that mailbox.
ALTER TABLE auth_methods ADD COLUMN same_mailbox BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE second_factors (
  user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  -- Sealed. The pending secret replaces the active one with its first good code.
  secret TEXT,
  pending_secret TEXT,
  -- Last time step that was accepted: no code works twice, nor an older one after a newer.
  last_step BIGINT NOT NULL DEFAULT 0,
  enabled_at TIMESTAMPTZ,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE recovery_codes (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  digest BYTEA NOT NULL,
  PRIMARY KEY (user_id, digest)
);

-- A first factor was passed, the second is awaited.
CREATE TABLE sign_in_challenges (
  digest BYTEA PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  method VARCHAR(20) NOT NULL CHECK (method IN ('password', 'google')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_challenges_of_user ON sign_in_challenges (user_id);
CREATE INDEX sign_in_challenges_expiry ON sign_in_challenges (expires_at);

CREATE TABLE address_rules (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  effect VARCHAR(5) NOT NULL CHECK (effect IN ('allow', 'deny')),
  range CIDR NOT NULL,
  note VARCHAR(200) NOT NULL DEFAULT '',
  created_by BIGINT REFERENCES users (id) ON DELETE SET NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (effect, range)
);

-- What a person agreed to and when; withdrawing is a row of its own.
CREATE TABLE consents (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  purpose VARCHAR(40) NOT NULL,
  policy_version VARCHAR(40) NOT NULL,
  granted BOOLEAN NOT NULL,
  decided_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX consents_of_user ON consents (user_id, purpose, id DESC);

-- Permission to download one's own data for a short while; the data itself is never kept here.
CREATE TABLE exports (
  id UUID PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX exports_expiry ON exports (expires_at);
