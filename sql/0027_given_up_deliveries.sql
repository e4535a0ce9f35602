-- Deliveries that were given up are counted by /metrics; they are few among those that went out.
CREATE INDEX webhook_deliveries_given_up ON webhook_deliveries (id) WHERE state = 'failed';
