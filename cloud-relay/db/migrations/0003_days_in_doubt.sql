-- The owner's view counts these for every restaurant every few seconds, and hardly ever is there one.
CREATE INDEX day_total_doubt ON day_total (tenant_id, store_id) WHERE sealed IS NOT NULL AND NOT agrees;
