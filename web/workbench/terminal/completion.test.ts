import { InMemoryFs } from 'just-bash/browser';
import { describe, expect, it } from 'vitest';
import { complete } from './completion.ts';
import { commonStart, wordsOf } from './completion-text.ts';
import { startState } from './protocol.ts';

const fs = new InMemoryFs({
  '/home/learner/policy.json': '{}',
  '/home/learner/policies/a.json': '{}',
  '/home/learner/.aws/config': '[profile engineer]\nregion = us-east-1\n',
});
const completed = async (text: string): Promise<readonly string[]> =>
  (await complete(fs, ['aws', 'awk', 'cat'], text, startState)).candidates;

describe('completion', () => {
  it('completes commands, also after a pipe', async () => {
    expect(await completed('aw')).toEqual(['awk', 'aws']);
    expect(await completed('cat x | c')).toEqual(['cat']);
  });

  it('completes files; hidden ones only when asked for', async () => {
    expect(await completed('cat pol')).toEqual(['policies/', 'policy.json']);
    expect(await completed('cat ')).toEqual(['policies/', 'policy.json']);
    expect(await completed('cat .a')).toEqual(['.aws/']);
    expect(await completed('cat policies/')).toEqual(['policies/a.json']);
  });

  it('knows the words of aws', async () => {
    expect(await completed('aws i')).toContain('iam');
    expect(await completed('aws iam list-us')).toContain('list-users');
    expect(await completed('aws iam put-role-policy --policy-d')).toEqual(['--policy-document']);
    expect(await completed('aws --profile e')).toEqual(['engineer']);
    expect(await completed('aws iam create-policy --policy-document file://pol')).toEqual([
      'file://policies/',
      'file://policy.json',
    ]);
  });

  it('says where the word starts', async () => {
    expect((await complete(fs, [], 'aws iam list-us', startState)).from).toBe(8);
  });
});

describe('words', () => {
  it('are those of the last command', () => {
    expect(wordsOf('ls; aws s3 ')).toEqual(['aws', 's3', '']);
    expect(commonStart(['list-users', 'list-user-tags'])).toBe('list-user');
    expect(commonStart([])).toBe('');
  });
});
