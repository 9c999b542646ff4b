CREATE TABLE "relay_membership" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "url" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL,
  "relay_id" TEXT NOT NULL,
  "relay_public_key" TEXT NOT NULL,
  "joined_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "relay_cursor" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "seq" INTEGER NOT NULL,
  "hash" BLOB NOT NULL,
  "state" TEXT NOT NULL CHECK ("state" IN ('open', 'forked', 'revoked')),
  "last_error" TEXT,
  "seen_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE TABLE "relay_inbox" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "relay_id" TEXT NOT NULL,
  "n" INTEGER NOT NULL,
  "command" TEXT NOT NULL,
  "outcome" TEXT NOT NULL CHECK ("outcome" IN ('applied', 'duplicate', 'refused')),
  "code" TEXT,
  "sentence" TEXT,
  "received_at" INTEGER NOT NULL,
  "acknowledged_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "relay_inbox_number" ON "relay_inbox" ("relay_id", "n");
--> statement-breakpoint
CREATE INDEX "relay_inbox_waiting" ON "relay_inbox" ("relay_id", "n") WHERE "acknowledged_at" IS NULL;
