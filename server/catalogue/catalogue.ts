import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ChallengeSummary } from '../../contract/index.ts';
import { type Pack, problemLine, readPack } from '../../grading/index.ts';
import { type Content, readContent } from './content.ts';

/** The challenges that learners can open. */
export interface Catalogue {
  /** Pack by pack, in the order of each pack. */
  list(): readonly ChallengeSummary[];
  /** By `<pack>/<id>`. */
  content(challengeId: string): Content | undefined;
  summary(challengeId: string): ChallengeSummary | undefined;
}

/**
 * Reads every pack of a folder. A pack or challenge with a fault is told, and left out; the others stay. A prerequisite that is
 * not there is told too: it is advice, so its challenge stays. And so is a challenge that its pack does not list.
 */
export async function readCatalogue(directory: string, tell: (problem: string) => void): Promise<Catalogue> {
  const contents = new Map<string, Content>();
  const summaries = new Map<string, ChallengeSummary>();
  for (const packId of await packsIn(directory)) {
    const packFile = join(packId, 'pack.yaml');
    const read = readPack(await readFile(join(directory, packFile), 'utf8'));
    if (read.kind === 'invalid') {
      for (const problem of read.problems) tell(`${packId}/${problemLine(problem)}`);
      continue;
    }
    for (const name of read.pack.challenges) {
      const challengeId = `${packId}/${name}`;
      const files = await filesIn(join(directory, packId, name));
      const found = readContent(challengeId, files, { folder: name, tracks: read.pack.tracks });
      if (found.kind === 'invalid') {
        for (const problem of found.problems) tell(`${challengeId}/${problemLine(problem)}`);
        continue;
      }
      contents.set(challengeId, found.content);
      summaries.set(challengeId, summaryOf(found.content, packId, read.pack));
    }
    for (const name of await challengesIn(join(directory, packId))) {
      if (!read.pack.challenges.includes(name))
        tell(`${packFile}: challenges does not list ${name}, so nobody sees it.`);
    }
  }
  for (const { id, prerequisites } of summaries.values()) {
    for (const earlier of prerequisites.filter((name) => !summaries.has(name)))
      tell(`${id}/challenge.yaml: prerequisites names ${earlier}, which is in no pack.`);
  }
  return {
    list: () => [...summaries.values()],
    content: (challengeId) => contents.get(challengeId),
    summary: (challengeId) => summaries.get(challengeId),
  };
}

/** A challenge in a few words, as the catalogue shows it. */
export function summaryOf(content: Content, packId: string, pack: Pick<Pack, 'title' | 'tracks'>): ChallengeSummary {
  const { challenge, challengeId } = content;
  const track = pack.tracks.find((candidate) => candidate.id === challenge.track);
  return {
    id: challengeId,
    title: challenge.title,
    type: challenge.type,
    level: challenge.level,
    minutes: challenge.minutes,
    summary: challenge.summary,
    track: { id: challenge.track, title: track?.title ?? challenge.track },
    pack: { id: packId, title: pack.title },
    objectives: [...challenge.objectives],
    prerequisites: [...challenge.prerequisites],
  };
}

async function packsIn(directory: string): Promise<readonly string[]> {
  const packs: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isDirectory() && (await readdir(join(directory, entry.name))).includes('pack.yaml'))
      packs.push(entry.name);
  }
  return packs.sort();
}

async function challengesIn(pack: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const entry of await readdir(pack, { withFileTypes: true })) {
    if (entry.isDirectory() && (await readdir(join(pack, entry.name))).includes('challenge.yaml'))
      names.push(entry.name);
  }
  return names.sort();
}

async function filesIn(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: Record<string, string> = {};
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(directory, path).split(sep).join('/')] = await readFile(path, 'utf8');
  }
  return files;
}
