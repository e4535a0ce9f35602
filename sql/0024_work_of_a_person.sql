-- What a person made or is to do, found without reading everybody's: for their export and erasure, and for
-- the retention of accounts that nobody confirmed, which looks for each of them in every table that refers to people.
CREATE INDEX tasks_creator ON tasks (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX comments_author ON comments (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX attachments_creator ON attachments (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX invitations_inviter ON invitations (inviter_id) WHERE inviter_id IS NOT NULL;
CREATE INDEX webhooks_creator ON webhooks (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX project_events_actor ON project_events (actor_id) WHERE actor_id IS NOT NULL;

-- With deleted tasks as well: the foreign key looks for those, too.
DROP INDEX tasks_of_assignee;
CREATE INDEX tasks_of_assignee ON tasks (assignee_id, project_id) WHERE assignee_id IS NOT NULL;
