CREATE TABLE "setting" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL,
  "updated_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "staff_member" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "alias" INTEGER NOT NULL UNIQUE,
  "first_name" TEXT NOT NULL,
  "last_name" TEXT NOT NULL,
  "email" TEXT UNIQUE,
  "role" TEXT NOT NULL CHECK ("role" IN ('platform_owner', 'restaurant_owner', 'manager', 'employee')),
  "preset" TEXT CHECK ("preset" IN ('server', 'cashier', 'kitchen', 'host', 'bar')),
  "active" INTEGER NOT NULL,
  "created_at" INTEGER NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE "staff_secret" (
  "id" TEXT NOT NULL PRIMARY KEY REFERENCES "staff_member" ("id"),
  "password_hash" TEXT,
  "pin_hash" TEXT
) STRICT;
--> statement-breakpoint
CREATE TABLE "device" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('registered', 'legacy')),
  "address" TEXT,
  "registered_by" TEXT,
  "registered_at" INTEGER NOT NULL,
  "revoked_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE TABLE "device_secret" (
  "id" TEXT NOT NULL PRIMARY KEY REFERENCES "device" ("id"),
  "token_hash" TEXT NOT NULL UNIQUE
) STRICT;
--> statement-breakpoint
CREATE TABLE "one_time_code" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "purpose" TEXT NOT NULL CHECK ("purpose" IN ('setup', 'device')),
  "created_by" TEXT,
  "created_at" INTEGER NOT NULL,
  "expires_at" INTEGER,
  "used_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE TABLE "login_session" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "staff_id" TEXT NOT NULL REFERENCES "staff_member" ("id"),
  "device_id" TEXT REFERENCES "device" ("id"),
  "kind" TEXT NOT NULL CHECK ("kind" IN ('password', 'pin', 'legacy')),
  "address" TEXT,
  "created_at" INTEGER NOT NULL,
  "expires_at" INTEGER NOT NULL,
  "revoked_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "login_session_staff" ON "login_session" ("staff_id", "created_at");
--> statement-breakpoint
CREATE INDEX "login_session_device" ON "login_session" ("device_id") WHERE "revoked_at" IS NULL;
--> statement-breakpoint
CREATE TABLE "refresh_token" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "session_id" TEXT NOT NULL REFERENCES "login_session" ("id"),
  "created_at" INTEGER NOT NULL,
  "expires_at" INTEGER NOT NULL,
  "used_at" INTEGER
) STRICT;
--> statement-breakpoint
CREATE INDEX "refresh_token_expiry" ON "refresh_token" ("expires_at");
--> statement-breakpoint
CREATE TABLE "sign_in_guard" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "failures" TEXT NOT NULL,
  "streak" INTEGER NOT NULL,
  "locked_until" INTEGER,
  "touched_at" INTEGER NOT NULL
) STRICT;
