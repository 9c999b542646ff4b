-- Sums over day_total, so that what an owner asks across restaurants costs neither by restaurants times days nor by how
-- long they have traded. Money in minor units.

-- All days of a store up to this one together: any span is the difference of two rows.
CREATE TABLE total_upto (
  tenant_id uuid NOT NULL,
  store_id uuid NOT NULL,
  business_day date NOT NULL,
  -- The newest there is.
  currency text,
  days bigint NOT NULL,
  orders bigint NOT NULL,
  covers bigint NOT NULL,
  sales_minor bigint NOT NULL,
  vat_minor bigint NOT NULL,
  service_minor bigint NOT NULL,
  refunds_minor bigint NOT NULL,
  refund_count bigint NOT NULL,
  tips_minor bigint NOT NULL,
  PRIMARY KEY (tenant_id, store_id, business_day),
  FOREIGN KEY (tenant_id, store_id) REFERENCES store
);
CREATE INDEX total_upto_day ON total_upto (tenant_id, business_day);

-- One day of all restaurants of a tenant in one currency, '' where none is known yet. Cut into 32 parts by the last byte
-- of the store's id, so that batches of several restaurants do not queue for one row.
CREATE TABLE tenant_day (
  tenant_id uuid NOT NULL REFERENCES tenant,
  business_day date NOT NULL,
  currency text NOT NULL,
  part int NOT NULL,
  days bigint NOT NULL,
  orders bigint NOT NULL,
  covers bigint NOT NULL,
  sales_minor bigint NOT NULL,
  vat_minor bigint NOT NULL,
  service_minor bigint NOT NULL,
  refunds_minor bigint NOT NULL,
  refund_count bigint NOT NULL,
  tips_minor bigint NOT NULL,
  PRIMARY KEY (tenant_id, business_day, currency, part)
  -- Half of each page stays free: a row changes with every batch and finds its new place beside the old one.
) WITH (fillfactor = 50);

-- What is there already; a forced policy would hide it from the owner of the tables.
ALTER TABLE day_total NO FORCE ROW LEVEL SECURITY;
INSERT INTO total_upto
SELECT tenant_id, store_id, business_day,
  (SELECT c.currency FROM day_total c
   WHERE c.tenant_id = d.tenant_id AND c.store_id = d.store_id AND c.business_day <= d.business_day
     AND c.currency IS NOT NULL ORDER BY c.business_day DESC LIMIT 1),
  count(*) OVER upto, sum(orders) OVER upto, sum(covers) OVER upto, sum(sales_minor) OVER upto, sum(vat_minor) OVER upto,
  sum(service_minor) OVER upto, sum(refunds_minor) OVER upto, sum(refund_count) OVER upto, sum(tips_minor) OVER upto
FROM day_total d WINDOW upto AS (PARTITION BY tenant_id, store_id ORDER BY business_day);
INSERT INTO tenant_day
SELECT tenant_id, business_day, coalesce(currency, ''), get_byte(uuid_send(store_id), 15) % 32, count(*), sum(orders),
  sum(covers), sum(sales_minor), sum(vat_minor), sum(service_minor), sum(refunds_minor), sum(refund_count), sum(tips_minor)
FROM day_total GROUP BY 1, 2, 3, 4;
ALTER TABLE day_total FORCE ROW LEVEL SECURITY;

ALTER TABLE total_upto ENABLE ROW LEVEL SECURITY;
ALTER TABLE total_upto FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON total_upto
  USING (tenant_id = nullif(current_setting('fynlo.tenant', true), '')::uuid);
ALTER TABLE tenant_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_day FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant_day
  USING (tenant_id = nullif(current_setting('fynlo.tenant', true), '')::uuid);
