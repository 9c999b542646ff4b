CREATE TABLE "product_off_today" (
  "id" TEXT NOT NULL PRIMARY KEY REFERENCES "product" ("id"),
  "business_day" TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER "product_off_today_insert" AFTER INSERT ON "product_off_today"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'stock'; END;
--> statement-breakpoint
CREATE TRIGGER "product_off_today_delete" AFTER DELETE ON "product_off_today"
BEGIN UPDATE "menu_version" SET "version" = hex(randomblob(8)) WHERE "id" = 'stock'; END;
