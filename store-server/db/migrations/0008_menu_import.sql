CREATE TABLE "menu_import" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "imported_at" INTEGER NOT NULL,
  "imported_by" TEXT,
  "source" TEXT NOT NULL,
  "did" TEXT NOT NULL CHECK (json_valid("did")),
  "undone_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "menu_import_at" ON "menu_import" ("imported_at");
