-- Under which epoch a store answered: what it did in a history that it left behind, it has not done any more.
ALTER TABLE command ADD COLUMN answered_in uuid;

-- Which commands from here stand in the store's history. A read model like the others, apart from `command` so that a
-- store's beat never waits for a batch.
CREATE TABLE command_done (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  command_id uuid NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, command_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
ALTER TABLE command_done ENABLE ROW LEVEL SECURITY;
ALTER TABLE command_done FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON command_done
  USING (tenant_id = nullif(current_setting('fynlo.tenant', true), '')::uuid);
