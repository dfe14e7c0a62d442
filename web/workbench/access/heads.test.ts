import { expect, test } from 'vitest';
import { cellName, exampleNote, groupsOf, permissionHead, principalHead } from './heads.ts';

const on = (action: string, resource: string, context: Record<string, string> = {}, given: string[] = []) => ({
  kind: 'known' as const,
  action,
  resource,
  resourceAccountId: '111122223333',
  context,
  given,
});

test('permissions stand under the resource that they are on', () => {
  const groups = groupsOf([
    on('s3:GetObject', 'arn:aws:s3:::seeds/a.txt'),
    on('s3:PutObject', 'arn:aws:s3:::seeds/a.txt'),
    on('s3:ListAllMyBuckets', '*'),
  ]);
  expect(groups.map(({ text, from, heads }) => [text, from, heads.map((head) => head.text)])).toEqual([
    ['seeds/a.txt', 0, ['s3:GetObject', 's3:PutObject']],
    ['', 2, ['s3:ListAllMyBuckets']],
  ]);
});

test('what the check says of the request stands behind the action, as the request has it', () => {
  const mfa = on('sts:AssumeRole', '*', { 'aws:MultiFactorAuthPresent': 'false', 'aws:SourceIp': '192.0.2.1' }, [
    'AWS:multifactorauthpresent',
  ]);
  expect(permissionHead(mfa)).toMatchObject({ text: 'sts:AssumeRole', note: 'AWS:multifactorauthpresent false' });
});

test('a cell is called by its principal, its action and its resource', () => {
  const bea = { kind: 'missing' as const, name: 'user/Bea' };
  expect(principalHead(bea)).toEqual({ text: 'Bea', note: '', title: 'user/Bea' });
  expect(cellName(bea, on('s3:GetObject', 'arn:aws:s3:::seeds/a.txt'))).toBe('Bea · s3:GetObject · seeds/a.txt');
  expect(cellName(bea, on('s3:ListAllMyBuckets', '*'))).toBe('Bea · s3:ListAllMyBuckets');
});

test('a pattern stands above its permissions, with the example by which it is shown', () => {
  const pattern = 'arn:aws:s3:::seeds/reports/*';
  const example = { ...on('s3:GetObject', 'arn:aws:s3:::seeds/reports/example'), pattern };
  expect(groupsOf([example])).toMatchObject([
    {
      text: 'seeds/reports/*',
      note: '· one example: seeds/reports/example',
      title: `${pattern} · one example: seeds/reports/example`,
    },
  ]);
  expect(exampleNote(example)).toContain('seeds/reports/example is one example of seeds/reports/*');
  expect(exampleNote(on('s3:GetObject', 'arn:aws:s3:::seeds/a'))).toBeUndefined();
});
