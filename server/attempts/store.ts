import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { completeWorld } from '../../cloud/stored-world.ts';
import type { World } from '../../cloud/world.ts';
import type { CheckResult, Profile, Verdict } from '../../contract/index.ts';
import { Prisma, type PrismaClient } from '../database/generated/client.ts';

/** A learner's work on one challenge, as stored. */
export interface AttemptRecord {
  readonly id: string;
  readonly learnerId: string;
  /** `<pack>/<id>`. */
  readonly challengeId: string;
  readonly contentDigest: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly sandboxId: string;
  readonly state: 'open' | 'ended';
  /** Index of the stage being worked on. */
  readonly stage: number;
  readonly profiles: readonly Profile[];
  readonly startedAt: Date;
  readonly solvedAt: Date | null;
}

/** What a grading came to, as stored. */
export interface SubmissionRecord {
  readonly id: string;
  readonly stage: string | null;
  readonly verdict: Verdict;
  readonly solved: boolean;
  readonly checks: readonly CheckResult[];
  readonly answers: Readonly<Record<string, string>>;
  readonly submittedAt: Date;
}

/** The latest verdict of a check. */
export interface CheckRecord {
  readonly checkId: string;
  readonly verdict: Verdict;
  readonly reason: string | null;
}

/** An attempt with all that its view needs. */
export interface AttemptDetails {
  readonly attempt: AttemptRecord;
  readonly checks: readonly CheckRecord[];
  /** Numbers of the hints bought, from 1. */
  readonly hints: readonly number[];
  readonly submissions: number;
}

/** Where an attempt goes after a stage was passed. */
export interface Progress {
  readonly stage: number;
  readonly profiles: readonly Profile[];
  readonly world: World;
}

/** The attempts in the database. */
export interface AttemptStore {
  find(id: string): Promise<AttemptDetails | undefined>;
  findOpen(learnerId: string, challengeId: string): Promise<AttemptRecord | undefined>;
  /** The attempts of a learner, newest first. */
  list(learnerId: string): Promise<readonly AttemptDetails[]>;
  /** Stores an attempt with the state that its first stage starts from; ends the attempt `instead`, where given. False: one was open. */
  create(attempt: AttemptRecord, start: World, instead?: string): Promise<'created' | 'one-is-open'>;
  /** Stores a submission with the verdicts of its checks, and what follows from it. */
  addSubmission(
    attemptId: string,
    submission: SubmissionRecord,
    next: { solvedAt?: Date; progress?: Progress },
  ): Promise<void>;
  stageStart(attemptId: string, stage: number): Promise<World>;
  saveProfiles(attemptId: string, profiles: readonly Profile[]): Promise<void>;
  /** New credentials after a reset; the verdicts of these checks are forgotten. */
  resetStage(attemptId: string, profiles: readonly Profile[], checkIds: readonly string[]): Promise<void>;
  buyHint(attemptId: string, n: number, cost: number): Promise<void>;
}

type Row = Awaited<ReturnType<PrismaClient['attempt']['findUniqueOrThrow']>>;

const json = (value: unknown) => value as Prisma.InputJsonValue;

function record(row: Row): AttemptRecord {
  return {
    id: row.id,
    learnerId: row.learnerId,
    challengeId: row.challengeId,
    contentDigest: row.contentDigest,
    variables: row.variables as Record<string, string>,
    sandboxId: row.sandboxId,
    state: row.state,
    stage: row.stage,
    profiles: row.profiles as unknown as Profile[],
    startedAt: row.startedAt,
    solvedAt: row.solvedAt,
  };
}

const DETAILS = {
  checkStates: { select: { checkId: true, verdict: true, reason: true } },
  hintPurchases: { select: { n: true }, orderBy: { n: 'asc' } },
  _count: { select: { submissions: true } },
} as const;

type DetailedRow = Prisma.AttemptGetPayload<{ include: typeof DETAILS }>;

function details(row: DetailedRow): AttemptDetails {
  return {
    attempt: record(row),
    checks: row.checkStates,
    hints: row.hintPurchases.map((purchase) => purchase.n),
    submissions: row._count.submissions,
  };
}

/** An attempt with the start of its stage, in one statement: whoever opens a challenge waits for it. */
function insertAttempt(database: PrismaClient, attempt: AttemptRecord, start: World): Prisma.PrismaPromise<number> {
  const { id, learnerId, challengeId, contentDigest, sandboxId, stage } = attempt;
  return database.$executeRaw`
    WITH made AS (
      INSERT INTO attempt (id, learner_id, challenge_id, content_digest, variables, sandbox_id, state, stage, profiles, started_at)
      VALUES (${id}, ${learnerId}, ${challengeId}, ${contentDigest}, ${JSON.stringify(attempt.variables)}::jsonb, ${sandboxId},
        ${attempt.state}::attempt_state, ${stage}::int, ${JSON.stringify(attempt.profiles)}::jsonb, ${attempt.startedAt}::timestamptz))
    INSERT INTO stage_start (attempt_id, stage, world) VALUES (${id}, ${stage}::int, ${JSON.stringify(start)}::json)`;
}

/** A raw statement's error holds the driver's: PostgreSQL's unique_violation. */
function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const { driverAdapterError } = (error.meta ?? {}) as { readonly driverAdapterError?: unknown };
  return isDriverAdapterError(driverAdapterError) && driverAdapterError.cause.kind === 'UniqueConstraintViolation';
}

/** The attempts in this database. */
export function attemptStore(database: PrismaClient): AttemptStore {
  return {
    find: async (id) => {
      const row = await database.attempt.findUnique({ where: { id }, include: DETAILS });
      return row === null ? undefined : details(row);
    },
    findOpen: async (learnerId, challengeId) => {
      const row = await database.attempt.findFirst({ where: { learnerId, challengeId, state: 'open' } });
      return row === null ? undefined : record(row);
    },
    list: async (learnerId) => {
      const rows = await database.attempt.findMany({
        where: { learnerId },
        orderBy: { startedAt: 'desc' },
        include: DETAILS,
        take: 500,
      });
      return rows.map(details);
    },
    create: async (attempt, start, instead) => {
      const insert = insertAttempt(database, attempt, start);
      try {
        if (instead === undefined) await insert;
        else {
          const ended = { state: 'ended', endedAt: new Date() } as const;
          await database.$transaction([database.attempt.update({ where: { id: instead }, data: ended }), insert]);
        }
        return 'created';
      } catch (error) {
        if (isUniqueViolation(error)) return 'one-is-open';
        throw error;
      }
    },
    addSubmission: async (attemptId, submission, { solvedAt, progress }) => {
      const { checks, answers, ...rest } = submission;
      await database.$transaction([
        database.submission.create({ data: { ...rest, attemptId, checks: json(checks), answers: json(answers) } }),
        ...checks.map(({ id: checkId, verdict, reason }) =>
          database.checkState.upsert({
            where: { attemptId_checkId: { attemptId, checkId } },
            create: { attemptId, checkId, verdict, reason },
            update: { verdict, reason, gradedAt: new Date() },
          }),
        ),
        ...(solvedAt === undefined ? [] : [database.attempt.update({ where: { id: attemptId }, data: { solvedAt } })]),
        ...(progress === undefined
          ? []
          : [
              database.attempt.update({
                where: { id: attemptId },
                data: {
                  stage: progress.stage,
                  profiles: json(progress.profiles),
                  stageStarts: { create: { stage: progress.stage, world: json(progress.world) } },
                },
              }),
            ]),
      ]);
    },
    stageStart: async (attemptId, stage) => {
      const row = await database.stageStart.findUniqueOrThrow({ where: { attemptId_stage: { attemptId, stage } } });
      return completeWorld(row.world as unknown as World);
    },
    saveProfiles: async (id, profiles) => {
      await database.attempt.update({ where: { id }, data: { profiles: json(profiles) } });
    },
    resetStage: async (attemptId, profiles, checkIds) => {
      await database.$transaction([
        database.attempt.update({ where: { id: attemptId }, data: { profiles: json(profiles) } }),
        database.checkState.deleteMany({ where: { attemptId, checkId: { in: [...checkIds] } } }),
      ]);
    },
    buyHint: async (attemptId, n, cost) => {
      await database.hintPurchase.upsert({
        where: { attemptId_n: { attemptId, n } },
        create: { attemptId, n, cost },
        update: {},
      });
    },
  };
}
