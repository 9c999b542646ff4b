-- What was answered to a request with an Idempotency-Key, so that a repeat after a lost answer is done once. Neither the
-- key nor the answer can be read here: an answer may hold a claim code, which opens the door.
CREATE TABLE receipt (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  key_digest bytea NOT NULL,
  request_digest bytea NOT NULL,
  sealed bytea,
  answered_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, person_id, key_digest),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person
);
CREATE INDEX receipt_age ON receipt (tenant_id, answered_at);
ALTER TABLE receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON receipt
  USING (tenant_id = nullif(current_setting('fynlo.tenant', true), '')::uuid);
