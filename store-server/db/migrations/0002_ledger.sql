CREATE TABLE "ledger_entry" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "order_id" TEXT,
  "session_id" TEXT,
  "payment_id" TEXT,
  "business_day" TEXT NOT NULL,
  "occurred_at" INTEGER NOT NULL,
  "recorded_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "ledger_entry_day" ON "ledger_entry" ("business_day");
--> statement-breakpoint
CREATE INDEX "ledger_entry_order" ON "ledger_entry" ("order_id") WHERE "order_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "ledger_entry_session" ON "ledger_entry" ("session_id") WHERE "session_id" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "ledger_posting" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "entry_id" TEXT NOT NULL REFERENCES "ledger_entry" ("id"),
  "account" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL,
  "vat_bps" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "ledger_posting_entry" ON "ledger_posting" ("entry_id");
--> statement-breakpoint
CREATE TRIGGER "ledger_entry_is_never_deleted" BEFORE DELETE ON "ledger_entry"
BEGIN SELECT RAISE(ABORT, 'the ledger is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER "ledger_entry_is_never_changed" BEFORE UPDATE ON "ledger_entry"
BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER "ledger_posting_is_never_deleted" BEFORE DELETE ON "ledger_posting"
BEGIN SELECT RAISE(ABORT, 'the ledger is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER "ledger_posting_is_never_changed" BEFORE UPDATE ON "ledger_posting"
BEGIN SELECT RAISE(ABORT, 'the ledger is never changed'); END;
