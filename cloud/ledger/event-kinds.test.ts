import { expect, test } from 'vitest';
import { dataEventType, eventName, eventSource } from './event-kinds.ts';

test.each([
  ['s3', 'PutPublicAccessBlock', 's3.amazonaws.com', 'PutBucketPublicAccessBlock'],
  ['s3-control', 'PutPublicAccessBlock', 's3.amazonaws.com', 'PutAccountPublicAccessBlock'],
  ['s3-control', 'TagResource', 's3.amazonaws.com', 'TagResource'],
  ['s3', 'PutBucketNotificationConfiguration', 's3.amazonaws.com', 'PutBucketNotification'],
])('%s:%s stands as %s %s', (service, operation, source, name) => {
  expect([eventSource(service), eventName(service, operation)]).toEqual([source, name]);
  expect(dataEventType(service, operation)).toBeUndefined();
});

test.each(['GetObject', 'GetObjectAttributes', 'PutObjectRetention', 'PutObjectLegalHold', 'DeleteObjects'])(
  '%s is a data event of an object',
  (operation) => expect(dataEventType('s3', operation)).toBe('AWS::S3::Object'),
);

test.each(['PutObjectLockConfiguration', 'PutBucketEncryption', 'GetBucketCors'])(
  '%s is a management event',
  (operation) => expect(dataEventType('s3', operation)).toBeUndefined(),
);
