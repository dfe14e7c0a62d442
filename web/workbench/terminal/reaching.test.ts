import { describe, expect, test } from 'vitest';
import { reached } from './reaching.ts';

const place = { endpoint: 'http://127.0.0.1:4566', accountId: '111122223333' };
const id = 'abcdefghijklmnopqrstuvwxyz234567';

describe('curl in the page', () => {
  test.each([
    ['the endpoint', 'http://127.0.0.1:4566/b/k?X-Amz-Signature=1', 'http://127.0.0.1:4566/b/k?X-Amz-Signature=1'],
    ['a function URL', `https://${id}.lambda-url.us-east-1.on.aws/a?b=1`, `http://127.0.0.1:4566/_url/${id}/a?b=1`],
    ['a bucket', 'https://site.s3.amazonaws.com/a.txt', 'http://127.0.0.1:4566/_as/111122223333/site/a.txt'],
    ['a bucket in a region', 'https://a.b.s3.eu-west-1.amazonaws.com/', 'http://127.0.0.1:4566/_as/111122223333/a.b/'],
    [
      'a bucket in the path',
      'https://s3.us-east-1.amazonaws.com/site/a',
      'http://127.0.0.1:4566/_as/111122223333/site/a',
    ],
    ['another service', 'https://sts.amazonaws.com/?Action=X', 'http://127.0.0.1:4566/?Action=X'],
  ])('reaches %s', (_what, url, wanted) => {
    expect(reached(url, place)).toBe(wanted);
  });

  test.each([
    ['another host', 'http://example.com/', 'no-such-host'],
    ['the API', 'http://127.0.0.1:3000/api/attempts', 'refused'],
    ['the metadata service', 'http://169.254.169.254/latest/meta-data/', 'refused'],
    ['a host that only ends like AWS', 'http://evilamazonaws.com/', 'no-such-host'],
    ['another scheme on the endpoint', 'https://127.0.0.1:4566/', 'refused'],
  ])('does not reach %s', (_what, url, why) => {
    expect(() => reached(url, place)).toThrow(why);
  });
});
