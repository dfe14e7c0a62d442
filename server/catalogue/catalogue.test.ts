import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readCatalogue } from './catalogue.ts';

const challenge = (id: string, change: Record<string, unknown> = {}) => ({
  id,
  title: 'A title',
  track: 'first',
  type: 'free',
  level: 1,
  minutes: 5,
  summary: 'A summary.',
  story: 'A story.',
  objectives: ['See'],
  you: [{ profile: 'bea', principal: 'user/Bea' }],
  ...change,
});
const account = stringify({ Resources: { Bea: { Type: 'AWS::IAM::User', Properties: { UserName: 'Bea' } } } });

let folder = '';
let told: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leastwise-packs-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** A pack with these challenges, each in the folder that its key names. */
async function pack(name: string, challenges: Record<string, object>, change: object = {}): Promise<void> {
  const file = {
    title: name,
    description: 'For this test.',
    language: 'en',
    licence: 'MIT',
    authors: ['Test'],
    tracks: [{ id: 'first', title: 'First' }],
    challenges: Object.keys(challenges),
    ...change,
  };
  await write(`${name}/pack.yaml`, stringify(file));
  for (const [id, content] of Object.entries(challenges)) {
    await write(`${name}/${id}/challenge.yaml`, stringify(content));
    await write(`${name}/${id}/account.yaml`, account);
  }
}

const listed = async () => {
  const catalogue = await readCatalogue(folder, (problem) => told.push(problem));
  return catalogue.list().map(({ id }) => id);
};

describe('the catalogue', () => {
  test('lists the packs by name, and each in its own order', async () => {
    await pack('roles', { second: challenge('second'), first: challenge('first') });
    await pack('basics', { start: challenge('start') });
    await write('notes/readme.txt', 'no pack');
    expect(await listed()).toEqual(['basics/start', 'roles/second', 'roles/first']);
    expect(told).toEqual([]);
  });

  test('leaves out what has a fault, tells where it is, and keeps the rest', async () => {
    await pack('mixed', {
      good: challenge('good'),
      lost: challenge('lost', { track: 'third' }),
      moved: challenge('another'),
      typo: challenge('typo', { colour: 'red' }),
    });
    await pack('broken', { fine: challenge('fine') }, { tracks: [] });
    await pack('empty', {}, { challenges: ['gone'] });
    expect(await listed()).toEqual(['mixed/good']);
    expect(told).toEqual([
      expect.stringMatching(/^broken\/pack\.yaml:\d+:\d+ \/tracks: .* \(wrong_value\)$/),
      expect.stringMatching(/^empty\/gone\/challenge\.yaml:1:1: .* \(missing_file\)$/),
      expect.stringMatching(/^empty\/gone\/account\.yaml:1:1: .* \(missing_file\)$/),
      expect.stringMatching(/^mixed\/lost\/challenge\.yaml:\d+:\d+ \/track: .*its tracks are first\. \(wrong_value\)$/),
      expect.stringMatching(/^mixed\/moved\/challenge\.yaml:\d+:\d+ \/id: .* \(wrong_value\)$/),
      expect.stringMatching(/^mixed\/typo\/challenge\.yaml:\d+:\d+ \/colour: .* \(unknown_field\)$/),
    ]);
  });

  test('tells a challenge that its pack does not list', async () => {
    await pack('basics', { start: challenge('start'), draft: challenge('draft') }, { challenges: ['start'] });
    expect(await listed()).toEqual(['basics/start']);
    expect(told).toEqual(['basics/pack.yaml: challenges does not list draft, so nobody sees it.']);
  });

  test('tells a prerequisite that is in no pack; one of another pack is found', async () => {
    await pack('basics', { start: challenge('start', { prerequisites: ['basics/none'] }) });
    await pack('roles', { first: challenge('first', { prerequisites: ['basics/start'] }) });
    expect(await listed()).toEqual(['basics/start', 'roles/first']);
    expect(told).toEqual(['basics/start/challenge.yaml: prerequisites names basics/none, which is in no pack.']);
  });
});
