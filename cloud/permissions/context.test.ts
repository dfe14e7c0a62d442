import { expect, test } from 'vitest';
import { globalContext } from './context.ts';

const request = { sourceIp: '203.0.113.7', secureTransport: false, userAgent: 'aws-cli/2', region: 'eu-west-1' };
const now = Date.UTC(2026, 10, 24, 10, 0, 0, 999);

test('the keys of a direct call', () => {
  expect(globalContext(request, 's3:GetObject', '111122223333', now)).toEqual({
    'aws:CurrentTime': '2026-11-24T10:00:00Z',
    'aws:EpochTime': '1795514400',
    'aws:SourceIp': '203.0.113.7',
    'aws:SecureTransport': 'false',
    'aws:UserAgent': 'aws-cli/2',
    'aws:RequestedRegion': 'eu-west-1',
    'aws:ViaAWSService': 'false',
    'aws:ResourceAccount': '111122223333',
  });
});

test('row 86: a global service is in its home region, whatever the region signed for', () => {
  expect(globalContext(request, 'IAM:GetUser', '111122223333', now)['aws:RequestedRegion']).toBe('us-east-1');
  expect(globalContext(request, 'sts:AssumeRole', '111122223333', now)['aws:RequestedRegion']).toBe('eu-west-1');
});

test('a client without a name has no aws:UserAgent', () => {
  expect(globalContext({ ...request, userAgent: '' }, 's3:GetObject', '1', now)).not.toHaveProperty('aws:UserAgent');
});
