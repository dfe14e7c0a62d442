/** A challenge that a test makes up, as a folder that the app can be opened on. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openTestApp, type TestApp } from './app.ts';

/** A folder of packs with one challenge, `made/up`. */
interface MadePack {
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
async function makePack(challenge: string, account: string): Promise<MadePack> {
  const challenges = await mkdtemp(join(tmpdir(), 'leastwise-pack-'));
  const files = { 'pack.yaml': PACK, 'up/challenge.yaml': CHALLENGE + challenge, 'up/account.yaml': account };
  for (const [path, text] of Object.entries(files)) {
    const file = join(challenges, 'made', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { challenges, remove: () => rm(challenges, { recursive: true, force: true }) };
}

/** An account with a role Boss, who may do everything. */
export const bossAccount = `
Resources:
  Boss:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Boss
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Principal: { AWS: !Ref AWS::AccountId }, Action: "sts:AssumeRole" }]
      Policies:
        - PolicyName: Everything
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: "*" }] }
`;

/** Opens the app on a made challenge before the tests of a file, and closes it after them. Answers what gives the app. */
export function madeApp(challenge: string, account: string): () => TestApp {
  let pack: MadePack | undefined;
  let opened: TestApp | undefined;
  beforeAll(async () => {
    pack = await makePack(challenge, account);
    opened = await openTestApp({ challenges: pack.challenges });
  });
  afterAll(async () => {
    await opened?.close();
    await pack?.remove();
  });
  return () => {
    if (opened === undefined) throw new Error('The app is not open yet');
    return opened;
  };
}
