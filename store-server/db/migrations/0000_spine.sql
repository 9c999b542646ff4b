CREATE TABLE "store" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "restaurant_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('restaurant', 'demo')),
  "created_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "epoch" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "started_at" INTEGER NOT NULL,
  "parent_epoch" TEXT,
  "parent_seq" INTEGER,
  "parent_hash" BLOB,
  "reason" TEXT NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "journal" (
  "seq" INTEGER PRIMARY KEY,
  "format" INTEGER NOT NULL,
  "command_id" TEXT NOT NULL UNIQUE,
  "command" TEXT NOT NULL,
  "group_id" TEXT,
  "scope" TEXT,
  "key" TEXT,
  "actor_id" TEXT,
  "approved_by" TEXT,
  "device_id" TEXT,
  "origin" TEXT NOT NULL CHECK ("origin" IN ('store', 'relay', 'system')),
  "business_day" TEXT NOT NULL,
  "occurred_at" INTEGER NOT NULL,
  "recorded_at" INTEGER NOT NULL,
  "hash" BLOB NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "journal_part" (
  "seq" INTEGER NOT NULL,
  "n" INTEGER NOT NULL,
  "role" TEXT NOT NULL CHECK ("role" IN ('fact', 'change')),
  "kind" TEXT NOT NULL,
  "kind_version" INTEGER NOT NULL,
  "audience" TEXT NOT NULL,
  "entity_type" TEXT NOT NULL,
  "entity_id" TEXT NOT NULL,
  "body" TEXT,
  "salt" BLOB,
  "digest" BLOB NOT NULL,
  PRIMARY KEY ("seq", "n")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "journal_part_entity" ON "journal_part" ("entity_id", "seq");
--> statement-breakpoint
CREATE TRIGGER "journal_is_never_deleted" BEFORE DELETE ON "journal"
BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER "journal_is_never_changed" BEFORE UPDATE ON "journal"
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER "journal_part_is_never_deleted" BEFORE DELETE ON "journal_part"
BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER "journal_part_may_only_be_erased" BEFORE UPDATE ON "journal_part"
WHEN NOT (
  NEW."body" IS NULL AND NEW."salt" IS NULL
  AND NEW."seq" = OLD."seq" AND NEW."n" = OLD."n" AND NEW."role" = OLD."role" AND NEW."kind" = OLD."kind"
  AND NEW."kind_version" = OLD."kind_version" AND NEW."audience" = OLD."audience"
  AND NEW."entity_type" = OLD."entity_type" AND NEW."entity_id" = OLD."entity_id" AND NEW."digest" = OLD."digest"
)
BEGIN SELECT RAISE(ABORT, 'a journal part may only be erased'); END;
--> statement-breakpoint
CREATE TABLE "receipt" (
  "scope" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "request_digest" BLOB NOT NULL,
  "outcome" TEXT NOT NULL CHECK ("outcome" IN ('applied', 'refused')),
  "command_id" TEXT NOT NULL,
  "seq" INTEGER,
  "answer" TEXT NOT NULL,
  "recorded_at" INTEGER NOT NULL,
  PRIMARY KEY ("scope", "key")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "receipt_age" ON "receipt" ("recorded_at");
--> statement-breakpoint
CREATE TABLE "approval" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "approver_id" TEXT NOT NULL,
  "role" TEXT NOT NULL,
  "preset" TEXT,
  "device_id" TEXT,
  "command" TEXT NOT NULL,
  "target_id" TEXT NOT NULL,
  "expires_at" INTEGER NOT NULL,
  "used_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE TABLE "job" (
  "n" INTEGER PRIMARY KEY,
  "id" TEXT NOT NULL UNIQUE,
  "lane" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "payload" TEXT NOT NULL,
  "subject_id" TEXT,
  "state" TEXT NOT NULL CHECK ("state" IN ('queued', 'running', 'done', 'failed', 'uncertain', 'dead')),
  "attempt" INTEGER NOT NULL,
  "repeat_possible" INTEGER NOT NULL,
  "confirmed" INTEGER,
  "reason" TEXT,
  "retry_at" INTEGER,
  "dies_at" INTEGER,
  "created_at" INTEGER NOT NULL,
  "updated_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX "job_waiting" ON "job" ("lane", "n") WHERE "state" IN ('queued', 'running', 'failed', 'uncertain');
--> statement-breakpoint
CREATE INDEX "job_subject" ON "job" ("subject_id");
