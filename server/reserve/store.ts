/** The reserve in the database: every process on it may fill it, and take from it. */
import { completeWorld } from '../../cloud/stored-world.ts';
import type { World } from '../../cloud/world.ts';
import type { Variables } from '../../grading/index.ts';
import type { PreparedStart } from '../../grading/prepared-start.ts';
import type { Prisma, PrismaClient } from '../database/generated/client.ts';

/** What a start state belongs to. */
export interface ReservedFor {
  readonly challengeId: string;
  readonly contentDigest: string;
}

/** A start state with what was drawn for it. */
export interface ReservedStart {
  readonly start: PreparedStart;
  readonly variables: Variables;
}

/** The only database calls of this folder. */
export class ReserveStore {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async add(
    id: string,
    { challengeId, contentDigest }: ReservedFor,
    { start, variables }: ReservedStart,
  ): Promise<void> {
    await this.#client.reservedSandbox.create({
      data: {
        id,
        challengeId,
        contentDigest,
        accountId: start.world.primaryAccountId,
        variables: { ...variables },
        world: start.world as unknown as Prisma.InputJsonValue,
        times: start.times as unknown as Prisma.InputJsonValue,
        madeAt: new Date(start.madeAt),
      },
    });
  }

  /** Takes the oldest of a content: each is given once, whoever asks at the same time. */
  async take(contentDigest: string): Promise<ReservedStart | undefined> {
    const [row] = await this.#client.$queryRaw<
      { variables: Variables; world: World; times: PreparedStart['times']; madeAt: Date }[]
    >`
      DELETE FROM reserved_sandbox WHERE id = (
        SELECT id FROM reserved_sandbox WHERE content_digest = ${contentDigest}
        ORDER BY made_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING variables, world, times, made_at AS "madeAt"`;
    if (row === undefined) return undefined;
    const { variables, world, times, madeAt } = row;
    return { variables, start: { world: completeWorld(world), times, madeAt: madeAt.getTime() } };
  }

  /** How many there are of each content. */
  async counts(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#client.reservedSandbox.groupBy({ by: ['contentDigest'], _count: true });
    return new Map(rows.map((row) => [row.contentDigest, row._count]));
  }

  /** Lets go of all made before `before`, and of those made before `beforeOthers` of contents that are not `current`. */
  async drop(before: Date, beforeOthers: Date, current: readonly string[]): Promise<void> {
    await this.#client.reservedSandbox.deleteMany({
      where: {
        OR: [{ madeAt: { lt: before } }, { madeAt: { lt: beforeOthers }, contentDigest: { notIn: [...current] } }],
      },
    });
  }

  /** The challenges opened most since then, the first one most. */
  async popular(since: Date, most: number): Promise<readonly string[]> {
    const rows = await this.#client.attempt.groupBy({
      by: ['challengeId'],
      where: { startedAt: { gte: since } },
      _count: { challengeId: true },
      orderBy: [{ _count: { challengeId: 'desc' } }, { challengeId: 'asc' }],
      take: most,
    });
    return rows.map((row) => row.challengeId);
  }
}
