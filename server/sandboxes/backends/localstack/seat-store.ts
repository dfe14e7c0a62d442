/** Which sandbox is at which run of which emulator. */
import type { PrismaClient } from '../../../database/generated/client.ts';
import type { Seat } from '../backend.ts';

/** The seats of all sandboxes that ever had one. */
export class SeatStore {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async take(sandboxId: string, { url, session }: Seat): Promise<void> {
    await this.#client.seat.create({ data: { sandboxId, url, session } });
  }

  /** Undefined: it never had one. */
  async of(sandboxId: string): Promise<Seat | 'left' | undefined> {
    const seat = await this.#client.seat.findUnique({ where: { sandboxId } });
    if (seat === null) return undefined;
    return seat.leftAt === null ? { url: seat.url, session: seat.session } : 'left';
  }

  /** The sandbox goes on without its emulator, for good. */
  async leave(sandboxId: string): Promise<void> {
    await this.#client.seat.updateMany({ where: { sandboxId, leftAt: null }, data: { leftAt: new Date() } });
  }

  /** Sandboxes that were ever brought up in a run, and those of them that are still there. */
  async taken({ url, session }: Seat): Promise<{ readonly ever: number; readonly still: number }> {
    const [row] = await this.#client.$queryRaw<{ ever: number; still: number }[]>`
      SELECT count(*)::int AS ever,
        count(*) FILTER (WHERE seat.left_at IS NULL AND sandbox.retired_at IS NULL)::int AS still
      FROM seat JOIN sandbox ON sandbox.id = seat.sandbox_id
      WHERE seat.url = ${url} AND seat.session = ${session}`;
    return row ?? { ever: 0, still: 0 };
  }
}
