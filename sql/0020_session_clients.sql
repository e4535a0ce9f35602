-- The kind of client that began a session: its refresh token is no use to another kind. Sessions from before
-- have none and are not bound.
ALTER TABLE sessions ADD COLUMN client VARCHAR(10) CHECK (client IN ('browser', 'app'));

-- Where a person was last seen, and deleting a person, look at ended sessions too.
CREATE INDEX sessions_of_user ON sessions (user_id);
