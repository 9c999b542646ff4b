-- What a restaurant owes its platform. Rules are added and never changed, so an old statement reads as it did.
CREATE TABLE commission_rule (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  from_day date NOT NULL,
  bps int NOT NULL CHECK (bps BETWEEN 0 AND 10000),
  made_by uuid NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, from_day),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store,
  FOREIGN KEY (tenant_id, made_by) REFERENCES person
);
ALTER TABLE commission_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE commission_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON commission_rule
  USING (tenant_id = nullif(current_setting('fynlo.tenant', true), '')::uuid);
