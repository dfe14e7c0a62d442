-- CreateEnum
CREATE TYPE "attempt_state" AS ENUM ('open', 'ended');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('passed', 'failed', 'ungraded');

-- CreateTable
CREATE TABLE "learner" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "learner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "challenge_content" (
    "digest" TEXT NOT NULL,
    "challenge_id" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "challenge_content_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" TEXT NOT NULL,
    "learner_id" TEXT NOT NULL,
    "challenge_id" TEXT NOT NULL,
    "content_digest" TEXT NOT NULL,
    "variables" JSONB NOT NULL,
    "sandbox_id" TEXT NOT NULL,
    "state" "attempt_state" NOT NULL DEFAULT 'open',
    "stage" INTEGER NOT NULL DEFAULT 0,
    "profiles" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "solved_at" TIMESTAMPTZ(3),

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "id" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "stage" TEXT,
    "verdict" "verdict" NOT NULL,
    "solved" BOOLEAN NOT NULL,
    "checks" JSONB NOT NULL,
    "answers" JSONB,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "check_state" (
    "attempt_id" TEXT NOT NULL,
    "check_id" TEXT NOT NULL,
    "verdict" "verdict" NOT NULL,
    "reason" TEXT,
    "graded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "check_state_pkey" PRIMARY KEY ("attempt_id","check_id")
);

-- CreateTable
CREATE TABLE "hint_purchase" (
    "attempt_id" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "cost" INTEGER NOT NULL,
    "bought_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hint_purchase_pkey" PRIMARY KEY ("attempt_id","n")
);

-- CreateTable
CREATE TABLE "stage_start" (
    "attempt_id" TEXT NOT NULL,
    "stage" INTEGER NOT NULL,
    "world" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stage_start_pkey" PRIMARY KEY ("attempt_id","stage")
);

-- CreateTable
CREATE TABLE "sandbox" (
    "id" TEXT NOT NULL,
    "primary_account_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "sandbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sandbox_account" (
    "account_id" TEXT NOT NULL,
    "sandbox_id" TEXT NOT NULL,

    CONSTRAINT "sandbox_account_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "bucket_name" (
    "name" TEXT NOT NULL,
    "sandbox_id" TEXT NOT NULL,

    CONSTRAINT "bucket_name_pkey" PRIMARY KEY ("name","sandbox_id")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "sandbox_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "world" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("sandbox_id","seq")
);

-- CreateTable
CREATE TABLE "journal_row" (
    "sandbox_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "request_id" TEXT,
    "call" JSON,
    "patches" JSON NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journal_row_pkey" PRIMARY KEY ("sandbox_id","seq")
);

-- CreateTable
CREATE TABLE "blob" (
    "digest" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "event" (
    "n" BIGSERIAL NOT NULL,
    "id" TEXT NOT NULL,
    "sandbox_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSON NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("n")
);

-- CreateIndex
CREATE UNIQUE INDEX "attempt_sandbox_id_key" ON "attempt"("sandbox_id");

-- CreateIndex
CREATE INDEX "attempt_learner_id_started_at_idx" ON "attempt"("learner_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_one_open" ON "attempt"("learner_id", "challenge_id") WHERE (state = 'open');

-- CreateIndex
CREATE INDEX "submission_attempt_id_submitted_at_idx" ON "submission"("attempt_id", "submitted_at");

-- CreateIndex
CREATE INDEX "sandbox_account_sandbox_id_idx" ON "sandbox_account"("sandbox_id");

-- CreateIndex
CREATE UNIQUE INDEX "event_id_key" ON "event"("id");

-- CreateIndex
CREATE INDEX "event_sandbox_id_n_idx" ON "event"("sandbox_id", "n");

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_learner_id_fkey" FOREIGN KEY ("learner_id") REFERENCES "learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_content_digest_fkey" FOREIGN KEY ("content_digest") REFERENCES "challenge_content"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "check_state" ADD CONSTRAINT "check_state_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hint_purchase" ADD CONSTRAINT "hint_purchase_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage_start" ADD CONSTRAINT "stage_start_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sandbox_account" ADD CONSTRAINT "sandbox_account_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bucket_name" ADD CONSTRAINT "bucket_name_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandbox"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
