import { expect, it } from 'vitest';
import { accountOfArn, accountOfIdentity, accountOfQueueUrl, identityId } from './unsigned.ts';

it.each([
  ['arn:aws:sns:us-east-1:111122223333:news', '111122223333'],
  ['arn:aws:iam::111122223333:role/a:b', '111122223333'],
  ['arn:aws:s3:::bucket', undefined],
  ['111122223333', undefined],
  [undefined, undefined],
])('the account of the ARN %s', (arn, account) => expect(accountOfArn(arn)).toBe(account));

it.each([
  ['http://127.0.0.1:4566/111122223333/jobs', '111122223333'],
  ['https://sqs.us-east-1.amazonaws.com/111122223333/jobs.fifo', '111122223333'],
  ['http://127.0.0.1:4566/queue/us-east-1/111122223333/jobs', '111122223333'],
  ['jobs', undefined],
  ['http://127.0.0.1:4566/1111/jobs', undefined],
])('the account of the queue %s', (url, account) => expect(accountOfQueueUrl(url)).toBe(account));

it('makes ids of identities that are GUIDs, and lead to their account', () => {
  const random = Uint8Array.from([0xde, 0xad, 0xbe, 0xef, 1, 2, 0xff, 0xff, 0xff, 0xff]);
  const id = identityId('eu-west-1', '111122223333', random);
  expect(id).toBe('eu-west-1:deadbeef-0102-4fff-bfff-111122223333');
  expect(accountOfIdentity(id)).toBe('111122223333');
  expect(accountOfIdentity('eu-west-1:deadbeef-0102-4fff-bfff-11112222333f')).toBeUndefined();
});
