-- Tables without a tenant: who this relay is, where a hash leads, who guessed wrong. Nothing in them is anybody's data.
CREATE TABLE relay (
  relay_id uuid PRIMARY KEY,
  public_key text NOT NULL,
  created_at bigint NOT NULL
);
-- Digests of e-mail addresses, claim codes and store ids: which tenant to ask. Read only by exact key.
CREATE TABLE directory (
  kind text NOT NULL CHECK (kind IN ('email', 'claim', 'store')),
  digest bytea NOT NULL,
  tenant_id uuid NOT NULL,
  PRIMARY KEY (kind, digest)
);
CREATE TABLE attempt (
  door text NOT NULL,
  who bytea NOT NULL,
  failed_at bigint NOT NULL
);
CREATE INDEX attempt_door ON attempt (door, who, failed_at);
CREATE INDEX attempt_age ON attempt (failed_at);

-- A tenant is one owner of restaurants. Everything below is somebody's, and tenant_id leads every key.
CREATE TABLE tenant (
  tenant_id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at bigint NOT NULL
);
CREATE TABLE person (
  tenant_id uuid NOT NULL REFERENCES tenant,
  person_id uuid NOT NULL,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'viewer')),
  password_hash text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, person_id),
  UNIQUE (tenant_id, email)
);
CREATE TABLE login_session (
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  ended_at bigint,
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person
);
CREATE TABLE refresh_token (
  tenant_id uuid NOT NULL,
  digest bytea NOT NULL,
  session_id uuid NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint,
  PRIMARY KEY (tenant_id, digest),
  FOREIGN KEY (tenant_id, session_id) REFERENCES login_session
);

-- A store is one store server of one restaurant.
CREATE TABLE store (
  tenant_id uuid NOT NULL REFERENCES tenant,
  store_id uuid NOT NULL,
  restaurant_id uuid NOT NULL,
  name text NOT NULL,
  public_key text NOT NULL,
  version text NOT NULL,
  joined_at bigint NOT NULL,
  revoked_at bigint,
  PRIMARY KEY (tenant_id, store_id)
);
CREATE TABLE claim_code (
  tenant_id uuid NOT NULL REFERENCES tenant,
  digest bytea NOT NULL,
  made_by uuid,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint,
  used_by uuid,
  PRIMARY KEY (tenant_id, digest),
  FOREIGN KEY (tenant_id, used_by) REFERENCES store
);
-- The last entry that is held; its lock makes the batches of one store take turns.
CREATE TABLE store_head (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  epoch_id uuid,
  seq bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL,
  recorded_at bigint,
  taken_at bigint,
  next_command bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, store_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
-- What the store said of itself last. Apart from the head, so that the owner's view never waits for a batch.
CREATE TABLE store_live (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  heard_at bigint NOT NULL,
  live jsonb NOT NULL,
  PRIMARY KEY (tenant_id, store_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE TABLE epoch (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  epoch_id uuid NOT NULL,
  parent_epoch uuid,
  parent_seq bigint,
  parent_hash bytea,
  reason text NOT NULL,
  started_at bigint NOT NULL,
  heard_at bigint NOT NULL,
  -- Entries of its parent beyond the point where it went on: history that the store no longer has.
  orphans bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, store_id, epoch_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE TABLE entry (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  epoch_id uuid NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  orphaned boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, store_id, epoch_id, seq),
  FOREIGN KEY (tenant_id, store_id, epoch_id) REFERENCES epoch
);
CREATE UNIQUE INDEX entry_standing ON entry (tenant_id, store_id, seq) INCLUDE (hash) WHERE NOT orphaned;
-- Batches as they came, packed: whatever this relay cannot read yet is in here.
CREATE TABLE batch (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  epoch_id uuid NOT NULL,
  -- The first and the last entry that were new in it.
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL,
  taken_at bigint NOT NULL,
  packed bytea NOT NULL,
  PRIMARY KEY (tenant_id, store_id, epoch_id, first_seq),
  FOREIGN KEY (tenant_id, store_id, epoch_id) REFERENCES epoch
);
ALTER TABLE batch ALTER COLUMN packed SET STORAGE EXTERNAL;

-- Read models, made from facts only; `relay:rebuild` makes them anew from the batches. Money in minor units.
CREATE TABLE unread_fact (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  kind text NOT NULL,
  version int NOT NULL,
  told bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, kind, version),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE TABLE order_seen (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  order_id uuid NOT NULL,
  order_number bigint NOT NULL,
  table_name text,
  status text NOT NULL,
  covers int,
  total_minor bigint NOT NULL,
  due_minor bigint NOT NULL,
  opened_at bigint,
  settled_day date,
  settled_at bigint,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, order_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE INDEX order_seen_day ON order_seen (tenant_id, store_id, settled_day, settled_at);
CREATE TABLE payment_seen (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  order_id uuid NOT NULL,
  business_day date NOT NULL,
  method text NOT NULL,
  amount_minor bigint NOT NULL,
  tip_minor bigint NOT NULL,
  recorded_at bigint NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, payment_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE TABLE refund_seen (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  refund_id uuid NOT NULL,
  order_id uuid NOT NULL,
  business_day date NOT NULL,
  method text NOT NULL,
  amount_minor bigint NOT NULL,
  returned_minor bigint NOT NULL,
  recorded_at bigint NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, refund_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE TABLE day_total (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  business_day date NOT NULL,
  currency text,
  orders bigint NOT NULL DEFAULT 0,
  covers bigint NOT NULL DEFAULT 0,
  sales_minor bigint NOT NULL DEFAULT 0,
  -- After refunds.
  vat_minor bigint NOT NULL DEFAULT 0,
  service_minor bigint NOT NULL DEFAULT 0,
  refunds_minor bigint NOT NULL DEFAULT 0,
  refund_count bigint NOT NULL DEFAULT 0,
  tips_minor bigint NOT NULL DEFAULT 0,
  -- What the store itself said the day came to when it closed it.
  sealed_at bigint,
  sealed jsonb,
  -- Whether the entries add up to that; null while the day runs.
  agrees boolean GENERATED ALWAYS AS (
    (sealed ->> 'orders')::bigint = orders AND (sealed ->> 'sales_total_minor')::bigint = sales_minor
    AND (sealed ->> 'vat_minor')::bigint = vat_minor AND (sealed ->> 'service_minor')::bigint = service_minor
    AND (sealed ->> 'refunds_minor')::bigint = refunds_minor AND (sealed ->> 'tips_minor')::bigint = tips_minor
  ) STORED,
  PRIMARY KEY (tenant_id, store_id, business_day),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE INDEX day_total_day ON day_total (tenant_id, business_day);
CREATE TABLE day_tender (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  business_day date NOT NULL,
  method text NOT NULL,
  payments bigint NOT NULL DEFAULT 0,
  taken_minor bigint NOT NULL DEFAULT 0,
  tip_minor bigint NOT NULL DEFAULT 0,
  refunded_minor bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, store_id, business_day, method),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE TABLE product_seen (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  product_id uuid NOT NULL,
  name text NOT NULL,
  price_minor bigint NOT NULL,
  vat_bps int NOT NULL,
  active boolean NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, product_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);

-- Commands from the platform to a store, and what became of them.
CREATE TABLE command (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  n bigint NOT NULL,
  command_id uuid NOT NULL,
  command text NOT NULL,
  input jsonb NOT NULL,
  base_version bigint,
  not_after bigint NOT NULL,
  issued_by uuid NOT NULL,
  issued_at bigint NOT NULL,
  signature text NOT NULL,
  sent_at bigint,
  outcome text CHECK (outcome IN ('applied', 'duplicate', 'refused')),
  problem jsonb,
  answered_at bigint,
  PRIMARY KEY (tenant_id, store_id, n),
  UNIQUE (tenant_id, store_id, command_id),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE INDEX command_waiting ON command (tenant_id, store_id, n) WHERE outcome IS NULL;

-- Forced, so that not even the owner of the tables reads past it by mistake.
DO $$
DECLARE name text;
BEGIN
  FOR name IN
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
      AND c.relname NOT IN ('migration', 'relay', 'directory', 'attempt')
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I USING (tenant_id = nullif(current_setting(''fynlo.tenant'', true), '''')::uuid)', name);
  END LOOP;
END $$;
