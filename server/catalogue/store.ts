import type { ChallengeFiles } from '../../grading/reading/read-challenge.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { type Content, readContent } from './content.ts';

/** The contents that attempts are bound to, by digest: editing a pack never changes a running attempt. */
export interface ContentStore {
  keep(content: Content): Promise<void>;
  get(digest: string): Promise<Content>;
}

const MAX_REMEMBERED = 200;

/** The contents in this database; those used last are kept in memory. */
export function contentStore(database: PrismaClient): ContentStore {
  const remembered = new Map<string, Content>();
  const remember = (content: Content) => {
    remembered.set(content.digest, content);
    for (const digest of remembered.keys()) {
      if (remembered.size <= MAX_REMEMBERED) break;
      remembered.delete(digest);
    }
  };
  return {
    keep: async (content) => {
      if (remembered.has(content.digest)) return;
      const { digest, challengeId, files } = content;
      await database.challengeContent.createMany({ data: { digest, challengeId, files }, skipDuplicates: true });
      remember(content);
    },
    get: async (digest) => {
      const known = remembered.get(digest);
      if (known !== undefined) return known;
      const { challengeId, files } = await database.challengeContent.findUniqueOrThrow({ where: { digest } });
      const read = readContent(challengeId, files as ChallengeFiles);
      if (read.kind === 'invalid') throw new Error(`the stored content of ${challengeId} can no longer be read`);
      remember(read.content);
      return read.content;
    },
  };
}
