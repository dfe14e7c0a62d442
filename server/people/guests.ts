import { randomBytes, randomUUID } from 'node:crypto';
import type { LearnerRecord, LearnerStore } from './store.ts';

/** Makes a guest learner: a visitor who has not signed in. */
export async function welcomeGuest(store: LearnerStore): Promise<LearnerRecord> {
  const learner = { id: randomUUID(), name: `Guest ${randomBytes(2).toString('hex').toUpperCase()}` };
  await store.create(learner);
  return learner;
}
