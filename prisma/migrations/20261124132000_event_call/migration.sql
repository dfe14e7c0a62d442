-- AlterTable
ALTER TABLE "event" ADD COLUMN     "call" JSON;

-- CreateIndex
CREATE INDEX "event_sandbox_id_at_idx" ON "event"("sandbox_id", "at");
