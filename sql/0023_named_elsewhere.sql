-- What others keep that names a person who is erased: found without reading all of it.
CREATE INDEX notifications_actor ON notifications (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX security_events_by_others ON security_events (actor_id) WHERE actor_id <> user_id;
