import { beforeEach, describe, expect, test } from 'vitest';
import { SandboxShell } from '../testing/sandbox-shell.ts';

let shell: SandboxShell;
beforeEach(async () => {
  shell = new SandboxShell();
  await shell.ok('s3', 'mb', 's3://reports-2026');
  shell.write('a.txt', 'a');
  shell.write('tree/b.json', '{}');
  shell.write('tree/deep/c.html', '<p>');
});
const bucket = 's3://reports-2026';

test('files go up and come down', async () => {
  expect(await shell.ok('s3', 'cp', 'a.txt', bucket)).toBe(`upload: ./a.txt to ${bucket}/a.txt\n`);
  expect(await shell.ok('s3', 'cp', `${bucket}/a.txt`, 'down/')).toBe(`download: ${bucket}/a.txt to down/a.txt\n`);
  expect(shell.read('down/a.txt')).toBe('a');
  expect(await shell.ok('s3', 'cp', `${bucket}/a.txt`, '-')).toBe('a');
});

test('trees are sent by their patterns, with the type that their names tell', async () => {
  expect(await shell.ok('s3', 'cp', 'tree', `${bucket}/t`, '--recursive')).toBe(
    `upload: tree/b.json to ${bucket}/t/b.json\nupload: tree/deep/c.html to ${bucket}/t/deep/c.html\n`,
  );
  const words = [
    's3api',
    'head-object',
    '--bucket',
    'reports-2026',
    '--key',
    't/deep/c.html',
    '--query',
    'ContentType',
  ];
  expect(await shell.ok(...words)).toBe('"text/html"\n');
  expect(await shell.ok('s3', 'rm', `${bucket}/t`, '--recursive', '--exclude', '*', '--include', '*.json')).toBe(
    `delete: ${bucket}/t/b.json\n`,
  );
});

test('sync sends what is new or changed, and deletes what is gone', async () => {
  await shell.ok('s3', 'sync', 'tree', bucket);
  expect(await shell.ok('s3', 'sync', 'tree', bucket)).toBe('');
  shell.write('tree/b.json', '{"a": 1}');
  shell.files.files.delete('/home/learner/tree/deep/c.html');
  expect(await shell.ok('s3', 'sync', 'tree', bucket, '--delete', '--dryrun')).toBe(
    `(dryrun) upload: tree/b.json to ${bucket}/b.json\n(dryrun) delete: ${bucket}/deep/c.html\n`,
  );
});

test('objects are copied, moved and listed', async () => {
  await shell.ok('s3', 'cp', 'a.txt', `${bucket}/x/a.txt`);
  expect(await shell.ok('s3', 'cp', `${bucket}/x/a.txt`, `${bucket}/b.txt`)).toBe(
    `copy: ${bucket}/x/a.txt to ${bucket}/b.txt\n`,
  );
  expect(await shell.ok('s3', 'mv', `${bucket}/b.txt`, `${bucket}/c.txt`)).toBe(
    `move: ${bucket}/b.txt to ${bucket}/c.txt\n`,
  );
  expect(await shell.ok('s3', 'ls', bucket)).toBe(
    '                           PRE x/\n2026-01-05 12:00:00          1 c.txt\n',
  );
  expect(await shell.aws('s3', 'ls', `${bucket}/nothing`)).toEqual({ stdout: '', stderr: '', exitCode: 1 });
});

test('a copy keeps what it is not told otherwise', async () => {
  await shell.ok('s3', 'cp', 'a.txt', bucket, '--metadata', 'color=red', '--cache-control', 'no-store');
  const copied = async (...options: readonly string[]) => {
    await shell.ok('s3', 'cp', `${bucket}/a.txt`, `${bucket}/b`, ...options);
    const words = ['s3api', 'head-object', '--bucket', 'reports-2026', '--key', 'b'];
    return JSON.parse(await shell.ok(...words, '--query', '[ContentType, CacheControl, Metadata]'));
  };
  expect(await copied()).toEqual(['text/plain', 'no-store', { color: 'red' }]);
  expect(await copied('--content-type', 'text/csv')).toEqual(['text/csv', 'no-store', { color: 'red' }]);
  expect(await copied('--copy-props', 'none')).toEqual(['binary/octet-stream', null, {}]);
  expect(await copied('--metadata-directive', 'REPLACE', '--metadata', 'a=b')).toEqual([
    'binary/octet-stream',
    null,
    { a: 'b' },
  ]);
});

test('a big file goes up in parts', async () => {
  const bytes = Uint8Array.from({ length: 9 * 1024 * 1024 }, (_, i) => i % 251);
  shell.files.files.set('/home/learner/big', bytes);
  await shell.ok('s3', 'cp', 'big', bucket);
  expect(shell.sent.filter((line) => line.includes('partNumber='))).toHaveLength(2);
  await shell.ok('s3', 'cp', `${bucket}/big`, 'big2');
  expect(Buffer.from(shell.files.files.get('/home/learner/big2') ?? []).equals(bytes)).toBe(true);
});

describe('failures', () => {
  test.each([
    [
      ['s3', 'cp', `${bucket}/none`, 'x'],
      'fatal error: An error occurred (404) when calling the HeadObject operation: Key "none" does not exist\n',
      1,
    ],
    [['s3', 'cp', 'none', bucket], '\nThe user-provided path none does not exist.\n', 255],
    [
      ['s3', 'cp', 'a.txt', 's3://no-such-bucket-here'],
      'upload failed: ./a.txt to s3://no-such-bucket-here/a.txt An error occurred (NoSuchBucket) when calling the PutObject ' +
        'operation: The specified bucket does not exist\n',
      1,
    ],
    [
      ['s3', 'ls', 's3://no-such-bucket-here'],
      '\nAn error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist\n',
      254,
    ],
    [
      ['s3', 'cp', 'a.txt', 'b.txt'],
      '\nusage: aws s3 cp <LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>\nError: Invalid argument type\n',
      252,
    ],
  ])('%j', async (words, stderr, exitCode) => {
    expect(await shell.aws(...words)).toEqual({ stdout: '', stderr, exitCode });
  });
});
