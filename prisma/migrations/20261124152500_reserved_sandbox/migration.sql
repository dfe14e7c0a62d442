-- CreateTable
CREATE TABLE "reserved_sandbox" (
    "id" TEXT NOT NULL,
    "challenge_id" TEXT NOT NULL,
    "content_digest" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "variables" JSONB NOT NULL,
    "world" JSON NOT NULL,
    "times" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reserved_sandbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reserved_sandbox_account_id_key" ON "reserved_sandbox"("account_id");

-- CreateIndex
CREATE INDEX "reserved_sandbox_content_digest_made_at_idx" ON "reserved_sandbox"("content_digest", "made_at");
