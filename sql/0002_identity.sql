-- Sign-in: sessions with rotating refresh tokens, one-time tokens, devices, security events.
-- No column holds a secret that would work as it stands: tokens are SHA-256 digests, personal details
-- of sessions and events are sealed with a versioned field key that the database does not know.

ALTER TABLE users
  -- Version of the pepper that went into password_hash; NULL for a hash made without one.
  ADD COLUMN password_pepper VARCHAR(20),
  ADD COLUMN password_changed_at TIMESTAMPTZ,
  ADD COLUMN notification_preferences JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN is_admin BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE sessions (
  id UUID PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  method VARCHAR(20) NOT NULL CHECK (method IN ('password', 'google')),
  second_factor BOOLEAN NOT NULL DEFAULT FALSE,
  -- Sealed: user agent and network address of the last use.
  device TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- Last proof of identity: sign-in, or the password or code asked for again.
  authenticated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_used_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- Absolute: refreshing does not move it.
  expires_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  end_reason VARCHAR(30) CHECK (end_reason IN ('logout', 'logout_all', 'ended_by_user',
    'refresh_reused', 'password_changed', 'password_reset', 'email_changed', 'disabled', 'erased',
    'second_factor_changed', 'too_many'))
);
CREATE INDEX sessions_live ON sessions (user_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_ended ON sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- The session is the family: a token that comes back after its successor was used ends it.
CREATE TABLE refresh_tokens (
  digest BYTEA PRIMARY KEY,
  session_id UUID NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  used_at TIMESTAMPTZ,
  successor BYTEA
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- One row per person and purpose: a newer token replaces the older one.
CREATE TABLE one_time_tokens (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  purpose VARCHAR(30) NOT NULL
    CHECK (purpose IN ('verify_email', 'reset_password', 'change_email', 'undo_email_change')),
  digest BYTEA NOT NULL UNIQUE,
  -- Sealed: the mailbox that the token was sent to, or goes back to.
  email TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (user_id, purpose)
);
CREATE INDEX one_time_tokens_expiry ON one_time_tokens (expires_at);

-- Where a person has signed in before; `fingerprint` is keyed, so the table alone tells nothing.
CREATE TABLE known_devices (
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  fingerprint BYTEA NOT NULL,
  first_seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  last_seen_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, fingerprint)
);

CREATE TABLE security_events (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Whose account it concerns; empty when the account does not exist.
  user_id BIGINT,
  actor_id BIGINT,
  type VARCHAR(60) NOT NULL,
  outcome VARCHAR(10) NOT NULL CHECK (outcome IN ('success', 'failure', 'blocked')),
  session_id UUID,
  request_id VARCHAR(64) NOT NULL,
  -- Sealed.
  address TEXT,
  device TEXT,
  details JSONB NOT NULL DEFAULT '{}',
  occurred_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX security_events_of_user ON security_events (user_id, id DESC);
CREATE INDEX security_events_age ON security_events (occurred_at);

-- Append-only. Retention and erasure, which the law asks for, name themselves in their transaction.
CREATE FUNCTION refuse_security_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('pmbot.privacy_job', true), '') <> 'on' THEN
    RAISE EXCEPTION 'security_events is append-only';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER security_events_append_only BEFORE UPDATE OR DELETE ON security_events
  FOR EACH ROW EXECUTE FUNCTION refuse_security_event_change();
CREATE TRIGGER security_events_not_truncated BEFORE TRUNCATE ON security_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_security_event_change();
