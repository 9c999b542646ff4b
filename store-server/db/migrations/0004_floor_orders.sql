CREATE TABLE "section" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "color" TEXT NOT NULL,
  "sort_order" INTEGER NOT NULL,
  "active" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "dining_table" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "section_id" TEXT NOT NULL REFERENCES "section" ("id"),
  "seats" INTEGER NOT NULL,
  "x" INTEGER NOT NULL,
  "y" INTEGER NOT NULL,
  "width" INTEGER NOT NULL,
  "height" INTEGER NOT NULL,
  "rotation" INTEGER NOT NULL,
  "shape" TEXT NOT NULL CHECK ("shape" IN ('round', 'square', 'rectangle')),
  "status" TEXT NOT NULL CHECK ("status" IN ('available', 'occupied', 'reserved', 'cleaning', 'out_of_order')),
  "server_id" TEXT,
  "occupied_since" INTEGER,
  "open_checks" INTEGER NOT NULL CHECK ("open_checks" >= 0),
  "active" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "dining_table_name" ON "dining_table" (lower("name")) WHERE "active" = 1;
--> statement-breakpoint
CREATE TABLE "orders" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "order_number" INTEGER NOT NULL,
  "business_day" TEXT NOT NULL,
  "order_type" TEXT NOT NULL CHECK ("order_type" IN ('dine_in', 'takeaway', 'collection', 'delivery', 'counter', 'bar')),
  "status" TEXT NOT NULL CHECK ("status" IN ('open', 'closed', 'cancelled')),
  "table_id" TEXT REFERENCES "dining_table" ("id"),
  "table_name" TEXT,
  "covers" INTEGER NOT NULL,
  "customer_name" TEXT,
  "note" TEXT,
  "server_id" TEXT,
  "device_id" TEXT,
  "source" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "vat_inclusive" INTEGER NOT NULL,
  "service_bps" INTEGER NOT NULL,
  "service_mandatory" INTEGER NOT NULL,
  "service_removed_by" TEXT,
  "service_asked_minor" INTEGER,
  "discount_bps" INTEGER NOT NULL,
  "client_total_minor" INTEGER,
  "totals_differ_by_minor" INTEGER,
  "flags" TEXT NOT NULL,
  "bill_printed_at" INTEGER,
  "opened_at" INTEGER NOT NULL,
  "occurred_at" INTEGER NOT NULL,
  "closed_at" INTEGER,
  "settled_day" TEXT,
  UNIQUE ("business_day", "order_number")
) STRICT;
--> statement-breakpoint
CREATE INDEX "orders_open" ON "orders" ("alias") WHERE "status" = 'open';
--> statement-breakpoint
CREATE INDEX "orders_cancelled" ON "orders" ("alias") WHERE "status" = 'cancelled';
--> statement-breakpoint
CREATE INDEX "orders_open_table" ON "orders" ("table_id") WHERE "status" = 'open';
--> statement-breakpoint
CREATE INDEX "orders_totals_differ" ON "orders" ("opened_at") WHERE "totals_differ_by_minor" <> 0;
--> statement-breakpoint
CREATE INDEX "orders_settled_day" ON "orders" ("settled_day") WHERE "settled_day" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "order_line" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order_id" TEXT NOT NULL REFERENCES "orders" ("id"),
  "n" INTEGER NOT NULL,
  "product_id" TEXT NOT NULL REFERENCES "product" ("id"),
  "product_name" TEXT NOT NULL,
  "kitchen_name" TEXT NOT NULL,
  "category_id" TEXT NOT NULL,
  "quantity" INTEGER NOT NULL CHECK ("quantity" > 0),
  "unit_price_minor" INTEGER NOT NULL,
  "vat_bps" INTEGER NOT NULL,
  "seat" INTEGER,
  "course" INTEGER NOT NULL,
  "station_ids" TEXT NOT NULL,
  "allergens" TEXT NOT NULL,
  "note" TEXT,
  "status" TEXT NOT NULL CHECK ("status" IN ('held', 'fired', 'preparing', 'ready', 'served', 'voided')),
  "added_by" TEXT,
  "added_at" INTEGER NOT NULL,
  "fired_at" INTEGER,
  "ready_at" INTEGER,
  "served_at" INTEGER,
  "voided_at" INTEGER,
  "voided_by" TEXT,
  "void_reason" TEXT,
  UNIQUE ("order_id", "n")
) STRICT;
--> statement-breakpoint
CREATE INDEX "order_line_voided" ON "order_line" ("voided_at") WHERE "voided_at" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "order_line_modifier" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "line_id" TEXT NOT NULL REFERENCES "order_line" ("id"),
  "option_id" TEXT NOT NULL,
  "group_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "kitchen_name" TEXT NOT NULL,
  "quantity" INTEGER NOT NULL,
  "price_minor" INTEGER NOT NULL,
  "depth" INTEGER NOT NULL,
  "n" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "order_line_modifier_line" ON "order_line_modifier" ("line_id");
--> statement-breakpoint
CREATE TABLE "order_allergy" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order_id" TEXT NOT NULL REFERENCES "orders" ("id"),
  "seat" INTEGER NOT NULL,
  "allergens" TEXT NOT NULL,
  "note" TEXT,
  UNIQUE ("order_id", "seat")
) STRICT;
--> statement-breakpoint
CREATE TABLE "order_share" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "order_id" TEXT NOT NULL REFERENCES "orders" ("id"),
  "split_id" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  "mode" TEXT NOT NULL CHECK ("mode" IN ('even', 'items', 'seats')),
  "seat" INTEGER,
  "line_ids" TEXT NOT NULL,
  "figures" TEXT NOT NULL,
  "total_minor" INTEGER NOT NULL,
  "dissolved_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "order_share_order" ON "order_share" ("order_id");
