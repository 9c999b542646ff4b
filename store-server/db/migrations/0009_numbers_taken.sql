CREATE TABLE "numbers_taken" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "series" TEXT NOT NULL,
  "up_to" INTEGER NOT NULL
) STRICT;
