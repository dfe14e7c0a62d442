/** Sizes, types, patterns and paths, as AWS CLI v2 has them. */
import { describe, expect, test } from 'vitest';
import type { AwsEnvironment } from '../environment.ts';
import { recorded } from '../testing/recorded.ts';
import { guessContentType } from './content-type.ts';
import { globPattern } from './filters.ts';
import { humanSize } from './list.ts';
import { shownPath, splitS3 } from './location.ts';

test.each(recorded.sizes)('%d bytes are %s', (bytes, text) => {
  expect(humanSize(bytes)).toBe(text);
});

test.each(recorded.contentTypes)('%s is of type %s', (name, type) => {
  expect(guessContentType(name) ?? null).toBe(type);
});

test.each(recorded.globs)('%s against %s: %s', (pattern, name, matches) => {
  expect(globPattern(pattern).test(name)).toBe(matches);
});

test.each(recorded.relativePaths)('%s seen from %s is %s', (path, workingDirectory, text) => {
  expect(shownPath({ workingDirectory } as AwsEnvironment, path)).toBe(text);
});

describe('s3 paths', () => {
  test.each([
    ['s3://b', { bucket: 'b', key: '' }],
    ['s3://b/k/x', { bucket: 'b', key: 'k/x' }],
    ['b/k', { bucket: 'b', key: 'k' }],
    [
      's3://arn:aws:s3:us-east-1:123456789012:accesspoint/ap/k',
      { bucket: 'arn:aws:s3:us-east-1:123456789012:accesspoint/ap', key: 'k' },
    ],
  ])('%s', (path, parts) => {
    expect(splitS3(path)).toEqual(parts);
  });
});
