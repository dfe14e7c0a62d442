-- CreateTable
CREATE TABLE "seat" (
    "sandbox_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "session" TEXT NOT NULL,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "seat_pkey" PRIMARY KEY ("sandbox_id")
);

-- CreateIndex
CREATE INDEX "seat_url_session_idx" ON "seat"("url", "session");
