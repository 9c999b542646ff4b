CREATE TABLE "station" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "color" TEXT NOT NULL,
  "sort_order" INTEGER NOT NULL,
  "active" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "printer" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "address" TEXT NOT NULL,
  "model" TEXT NOT NULL,
  "stations" TEXT NOT NULL,
  "is_receipt_printer" INTEGER NOT NULL,
  "removed_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE TABLE "menu_category" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "parent_id" TEXT REFERENCES "menu_category" ("id"),
  "name" TEXT NOT NULL,
  "description" TEXT,
  "color" TEXT NOT NULL,
  "icon" TEXT,
  "course" INTEGER NOT NULL,
  "station_id" TEXT,
  "sort_order" INTEGER NOT NULL,
  "active" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "product" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "category_id" TEXT NOT NULL REFERENCES "menu_category" ("id"),
  "name" TEXT NOT NULL,
  "kitchen_name" TEXT,
  "description" TEXT,
  "price_minor" INTEGER NOT NULL,
  "vat_bps" INTEGER NOT NULL,
  "course" INTEGER,
  "station_id" TEXT,
  "also_station_ids" TEXT NOT NULL,
  "allergens" TEXT NOT NULL,
  "dietary_info" TEXT NOT NULL,
  "barcode" TEXT,
  "sku" TEXT,
  "prep_minutes" INTEGER NOT NULL,
  "image" TEXT,
  "sort_order" INTEGER NOT NULL,
  "active" INTEGER NOT NULL,
  "sold_out" INTEGER NOT NULL,
  "remaining" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "product_category" ON "product" ("category_id");
--> statement-breakpoint
CREATE TABLE "modifier_group" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('size', 'choice', 'extra', 'removal')),
  "min" INTEGER NOT NULL,
  "max" INTEGER,
  "free_count" INTEGER NOT NULL,
  "active" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "modifier_option" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "group_id" TEXT NOT NULL REFERENCES "modifier_group" ("id"),
  "name" TEXT NOT NULL,
  "kitchen_name" TEXT,
  "price_minor" INTEGER NOT NULL,
  "prices_by_size" TEXT NOT NULL,
  "max_quantity" INTEGER NOT NULL,
  "is_default" INTEGER NOT NULL,
  "nested_group_id" TEXT REFERENCES "modifier_group" ("id"),
  "allergens" TEXT NOT NULL,
  "sort_order" INTEGER NOT NULL,
  "active" INTEGER NOT NULL,
  "sold_out" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "modifier_option_group" ON "modifier_option" ("group_id");
--> statement-breakpoint
CREATE TABLE "product_modifier_group" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "product_id" TEXT NOT NULL REFERENCES "product" ("id"),
  "group_id" TEXT NOT NULL REFERENCES "modifier_group" ("id"),
  "sort_order" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "product_modifier_group_product" ON "product_modifier_group" ("product_id");
--> statement-breakpoint
CREATE TABLE "menu_version" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK ("id" IN ('catalogue', 'stock')),
  "version" TEXT NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO "menu_version" ("id", "version") VALUES
  ('catalogue', hex(randomblob(8))), ('stock', hex(randomblob(8)));
--> statement-breakpoint
-- Every change of the menu gives it a new, random version, so that what is kept in memory of it can tell whether it
-- still holds: inside the changing transaction, after it, and after a rollback (a counter would come back to a number
-- that something else was kept under). Portions counting down leave the catalogue as it is and have their own version.
CREATE TRIGGER "menu_category_catalogue_insert" AFTER INSERT ON "menu_category"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "menu_category_catalogue_update" AFTER UPDATE ON "menu_category"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "menu_category_catalogue_delete" AFTER DELETE ON "menu_category"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_catalogue_insert" AFTER INSERT ON "product"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_catalogue_update" AFTER UPDATE OF
  "id", "alias", "category_id", "name", "kitchen_name", "description", "price_minor", "vat_bps",
  "course", "station_id", "also_station_ids", "allergens", "dietary_info", "barcode", "sku",
  "prep_minutes", "image", "sort_order", "active"
  ON "product"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_catalogue_delete" AFTER DELETE ON "product"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "modifier_group_catalogue_insert" AFTER INSERT ON "modifier_group"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "modifier_group_catalogue_update" AFTER UPDATE ON "modifier_group"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "modifier_group_catalogue_delete" AFTER DELETE ON "modifier_group"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "modifier_option_catalogue_insert" AFTER INSERT ON "modifier_option"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "modifier_option_catalogue_update" AFTER UPDATE ON "modifier_option"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "modifier_option_catalogue_delete" AFTER DELETE ON "modifier_option"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_modifier_group_catalogue_insert" AFTER INSERT ON "product_modifier_group"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_modifier_group_catalogue_update" AFTER UPDATE ON "product_modifier_group"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_modifier_group_catalogue_delete" AFTER DELETE ON "product_modifier_group"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'catalogue'; END;
--> statement-breakpoint
CREATE TRIGGER "product_stock_update" AFTER UPDATE OF "sold_out", "remaining" ON "product"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'stock'; END;
