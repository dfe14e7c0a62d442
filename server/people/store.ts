import type { PrismaClient } from '../database/generated/client.ts';

/** A learner as stored. */
export interface LearnerRecord {
  readonly id: string;
  readonly name: string;
}

/** The learners in the database. */
export interface LearnerStore {
  find(id: string): Promise<LearnerRecord | undefined>;
  create(learner: LearnerRecord): Promise<void>;
}

/** The learners in this database. */
export function learnerStore(database: PrismaClient): LearnerStore {
  return {
    find: async (id) =>
      (await database.learner.findUnique({ where: { id }, select: { id: true, name: true } })) ?? undefined,
    create: async (learner) => {
      await database.learner.create({ data: { ...learner } });
    },
  };
}
