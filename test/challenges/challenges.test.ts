/**
 * What makes a challenge sound, proved for every challenge of the repository: its start fails, its solution and its other right
 * ways pass, each wrong way fails at the check that it names, grading changes nothing, and no learner can use another's flag.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createCloud } from '../../cloud/index.ts';
import type { CheckResult, Script } from '../../grading/index.ts';
import { readCatalogue } from '../../server/catalogue/catalogue.ts';
import { nodeHashes, nodeRandom } from '../../server/hashes/node-hashes.ts';
import { readManagedPolicies } from '../../server/sandboxes/managed-policies.ts';
import { Learner } from './learner.ts';

const folder = fileURLToPath(new URL('../../challenges', import.meta.url));
const problems: string[] = [];
const catalogue = await readCatalogue(folder, (problem) => problems.push(problem));
const managedPolicies = await readManagedPolicies();
const cloud = createCloud({ hashes: nodeHashes, random: nodeRandom, managedPolicies });

let accounts = 100_000_000_000;
const open = (id: string) => {
  const content = catalogue.content(id);
  if (content === undefined) throw new Error(`There is no challenge ${id}`);
  accounts += 1;
  return Learner.open(cloud, content.challenge, String(accounts));
};

const failed = (results: readonly CheckResult[] | undefined) =>
  (results ?? []).filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);

/** What an author has to know of the checks that do not hold: which, and why. */
const wanting = (results: readonly CheckResult[] | undefined) =>
  (results ?? [])
    .filter(({ verdict }) => verdict !== 'passed')
    .map(({ id, verdict, reason }) => ({ id, verdict, reason }));

it('finds the foundations', () => {
  const ids = catalogue.list().map(({ id }) => id);
  const names = ['first-policy', 'deny-wins', 'managed-too-wide', 'self-service-admin', 'playground'];
  expect(ids).toEqual(expect.arrayContaining(names.map((name) => `foundations/${name}`)));
});

// A test each, so that one that is chosen by its challenge's name tells what is wrong with its files.
it.each(problems)('finds no fault in the packs: %s', (problem) => {
  expect.fail(problem);
});

it('knows every track and every prerequisite, and calls a folder by its challenge', () => {
  const ids = catalogue.list().map(({ id }) => id);
  for (const { id, track, prerequisites } of catalogue.list()) {
    expect(track.title).not.toBe(track.id);
    for (const earlier of prerequisites) expect(ids.indexOf(earlier)).toBeGreaterThanOrEqual(0);
    for (const earlier of prerequisites) expect(ids.indexOf(earlier)).toBeLessThan(ids.indexOf(id));
    expect(id.split('/')[1]).toBe(catalogue.content(id)?.challenge.id);
  }
});

const shipped = ['first-policy', 'deny-wins', 'managed-too-wide', 'self-service-admin'];

// Another author's challenge needs less; these are what authors take for a model.
it.each(shipped)('ships %s with another right way, three wrong ones and three hints', (name) => {
  const challenge = catalogue.content(`foundations/${name}`)?.challenge;
  expect(challenge?.right.length).toBeGreaterThanOrEqual(1);
  expect(challenge?.wrong.length).toBeGreaterThanOrEqual(3);
  expect(challenge?.hints.length).toBe(3);
});

it('begins every file with its schema, and no two stories alike', async () => {
  const starts = new Set<string>();
  for (const { id } of catalogue.list()) {
    const text = await readFile(`${folder}/${id}/challenge.yaml`, 'utf8');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../../schema/challenge.json');
    const story = catalogue.content(id)?.challenge.story ?? '';
    // Three minutes at 200 words a minute.
    expect(story.split(/\s+/).length).toBeLessThan(600);
    starts.add(story.split(/\s+/).slice(0, 2).join(' '));
  }
  expect(starts.size).toBe(catalogue.list().length);
});

it('opens the playground for its administrator', async () => {
  const learner = await open('foundations/playground');
  const { stdout } = await learner.run('aws sts get-caller-identity --query Arn --output text --profile admin');
  expect(stdout).toBe(`arn:aws:iam::${learner.account.world.primaryAccountId}:user/Admin\n`);
  const made = await learner.run('aws iam create-user --user-name Robin && aws s3 mb s3://my-first-bucket');
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
});

const graded = catalogue.list().filter(({ type }) => type !== 'free');

describe.each(graded.map(({ id }) => id))('%s', (id) => {
  const content = catalogue.content(id);
  if (content === undefined) throw new Error(`There is no challenge ${id}`);
  const { challenge } = content;
  const right: readonly Script[] = [...(challenge.solution === null ? [] : [challenge.solution]), ...challenge.right];

  it('has a solution, two wrong ways, hints from cheap to dear, and a debrief', () => {
    expect(challenge.solution, 'solution.sh').not.toBeNull();
    expect(challenge.wrong.length, 'files in wrong/').toBeGreaterThanOrEqual(2);
    expect(challenge.hints.length, 'hints').toBeGreaterThanOrEqual(1);
    expect(challenge.hints.map(({ cost }) => cost)).toEqual(
      challenge.hints.map(({ cost }) => cost).toSorted((a, b) => a - b),
    );
    expect(challenge.debrief, 'debrief').not.toBeNull();
  });

  it.each(right)('passes every stage by $file, and passes again', async ({ text }) => {
    const learner = await open(id);
    const { stderr } = await learner.run(text);
    const last = wanting(learner.submissions.at(-1));
    expect({ stderr, wanting: last, solved: learner.solved }).toEqual({ stderr: '', wanting: [], solved: true });
    // Each stage begins with something to do, and nothing in it is beyond grading.
    expect(learner.atStart.length).toBe(challenge.stages.length);
    for (const results of learner.atStart) {
      expect(failed(results)).not.toEqual([]);
      expect(results.map(({ verdict }) => verdict)).not.toContain('ungraded');
    }
    const before = learner.account.world;
    expect(await learner.grade()).toEqual(learner.submissions.at(-1));
    expect(learner.account.world).toBe(before);
  });

  it.each([...challenge.wrong])('refuses $file at the check $refusedBy', async ({ text, refusedBy }) => {
    const learner = await open(id);
    const { stderr } = await learner.run(text);
    expect({ stderr, solved: learner.solved }).toEqual({ stderr: '', solved: false });
    const last = learner.submissions.at(-1) ?? [];
    expect(failed(last)).toContain(refusedBy);
    for (const { verdict, reason, title } of last) {
      expect(verdict).not.toBe('ungraded');
      if (verdict === 'passed' || title === null) expect(reason).toBeNull();
      else expect(reason?.length).toBeLessThan(200);
      expect(reason ?? '').not.toContain(learner.variables['Flag']);
    }
  });

  it('gives two learners names of their own, and takes no flag of another', async () => {
    const [one, two] = [await open(id), await open(id)];
    for (const name of [...Object.keys(challenge.vary), 'Flag'])
      expect(one.variables[name]).not.toBe(two.variables[name]);
    const flags = one.stage.checks.filter(({ kind }) => kind === 'flag').map((check) => check.id);
    for (const check of flags) {
      one.answer(check, two.variables['Flag'] ?? '');
      expect(failed(await one.grade())).toContain(check);
      one.answer(check, ` ${one.variables['Flag']}\n`);
      expect(failed(await one.grade())).not.toContain(check);
    }
  });
});
