CREATE TABLE "till" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "printer_id" TEXT,
  "active" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "pos_session" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "till_id" TEXT NOT NULL REFERENCES "till" ("id"),
  "state" TEXT NOT NULL CHECK ("state" IN ('opening_control', 'opened', 'closing_control', 'closed')),
  "business_day" TEXT NOT NULL,
  "opened_by" TEXT,
  "opened_at" INTEGER NOT NULL,
  "opening_float_minor" INTEGER,
  "counted_minor" INTEGER,
  "expected_minor" INTEGER,
  "closed_by" TEXT,
  "closed_at" INTEGER,
  "carried_over" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX "pos_session_open_till" ON "pos_session" ("till_id") WHERE "state" <> 'closed';
--> statement-breakpoint
CREATE TABLE "cash_movement" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "session_id" TEXT NOT NULL REFERENCES "pos_session" ("id"),
  "direction" TEXT NOT NULL CHECK ("direction" IN ('in', 'out')),
  "amount_minor" INTEGER NOT NULL,
  "reason" TEXT NOT NULL,
  "made_by" TEXT,
  "recorded_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "cash_movement_session" ON "cash_movement" ("session_id");
--> statement-breakpoint
CREATE TABLE "cash_count" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "session_id" TEXT NOT NULL REFERENCES "pos_session" ("id"),
  "kind" TEXT NOT NULL CHECK ("kind" IN ('opening', 'closing')),
  "counted_minor" INTEGER NOT NULL,
  "denominations" TEXT,
  "counted_by" TEXT,
  "recorded_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "cash_count_session" ON "cash_count" ("session_id");
--> statement-breakpoint
CREATE TABLE "z_report" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "number" INTEGER NOT NULL UNIQUE,
  "session_id" TEXT NOT NULL UNIQUE REFERENCES "pos_session" ("id"),
  "business_day" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "made_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER "z_report_is_never_deleted" BEFORE DELETE ON "z_report"
BEGIN SELECT RAISE(ABORT, 'a Z report is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER "z_report_is_never_changed" BEFORE UPDATE ON "z_report"
BEGIN SELECT RAISE(ABORT, 'a Z report is never changed'); END;
--> statement-breakpoint
CREATE TABLE "payment" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "order_id" TEXT NOT NULL REFERENCES "orders" ("id"),
  "share_id" TEXT REFERENCES "order_share" ("id"),
  "session_id" TEXT REFERENCES "pos_session" ("id"),
  "method" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL CHECK ("amount_minor" >= 0),
  "tip_minor" INTEGER NOT NULL CHECK ("tip_minor" >= 0),
  "tendered_minor" INTEGER,
  "change_minor" INTEGER NOT NULL,
  "reference" TEXT,
  "business_day" TEXT NOT NULL,
  "taken_by" TEXT,
  "device_id" TEXT,
  "flags" TEXT NOT NULL,
  "occurred_at" INTEGER NOT NULL,
  "recorded_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "payment_order" ON "payment" ("order_id");
--> statement-breakpoint
CREATE INDEX "payment_session" ON "payment" ("session_id") WHERE "session_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "payment_day" ON "payment" ("business_day");
--> statement-breakpoint
CREATE TABLE "refund" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order_id" TEXT NOT NULL REFERENCES "orders" ("id"),
  "share_id" TEXT REFERENCES "order_share" ("id"),
  "session_id" TEXT REFERENCES "pos_session" ("id"),
  "method" TEXT NOT NULL,
  "amount_minor" INTEGER NOT NULL CHECK ("amount_minor" > 0),
  "returned_minor" INTEGER NOT NULL CHECK ("returned_minor" BETWEEN 0 AND "amount_minor"),
  "allocation" TEXT NOT NULL,
  "lines" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "business_day" TEXT NOT NULL,
  "made_by" TEXT,
  "approved_by" TEXT,
  "occurred_at" INTEGER NOT NULL,
  "recorded_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "refund_order" ON "refund" ("order_id");
--> statement-breakpoint
CREATE INDEX "refund_session" ON "refund" ("session_id") WHERE "session_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "refund_day" ON "refund" ("business_day");
--> statement-breakpoint
CREATE TABLE "day_seal" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "sealed_at" INTEGER NOT NULL,
  "sealed_by" TEXT,
  "summary" TEXT NOT NULL
) STRICT;
