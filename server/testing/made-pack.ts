/** A challenge that a test makes up, as a folder that the app can be opened on. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of packs with one challenge, `made/up`. */
export interface MadePack {
  readonly challenges: string;
  remove(): Promise<void>;
}

const PACK = `
title: Made up
description: A challenge of a test.
language: en
licence: MIT
authors: [Test]
tracks: [{ id: only, title: Only }]
challenges: [up]
`;

const CHALLENGE = `
id: up
title: Made up
track: only
level: 1
minutes: 1
summary: A challenge of a test.
story: Do something.
objectives: [Do something]
`;

/**
 * Writes the pack.
 * @param challenge fields of challenge.yaml besides those that every one needs, `type` and `you` among them
 */
export async function makePack(challenge: string, account: string): Promise<MadePack> {
  const challenges = await mkdtemp(join(tmpdir(), 'leastwise-pack-'));
  const files = { 'pack.yaml': PACK, 'up/challenge.yaml': CHALLENGE + challenge, 'up/account.yaml': account };
  for (const [path, text] of Object.entries(files)) {
    const file = join(challenges, 'made', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { challenges, remove: () => rm(challenges, { recursive: true, force: true }) };
}
