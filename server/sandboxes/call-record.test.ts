import { describe, expect, it } from 'vitest';
import type { CallRequest } from '../../cloud/perform.ts';
import { nodeHashes } from '../hashes/node-hashes.ts';
import { callRecord } from './call-record.ts';

const record = (service: string, operation: string, input: Record<string, unknown>) => {
  const request: CallRequest = {
    service,
    operation,
    input,
    caller: { kind: 'root', accountId: '111122223333' },
    request: { sourceIp: '127.0.0.1', secureTransport: false, userAgent: 'test', region: 'us-east-1' },
    requestId: 'r',
    realNow: 0,
  };
  return JSON.parse(callRecord(request, nodeHashes));
};

describe('the record of a call', () => {
  it('says who asked for what', () => {
    expect(record('iam', 'TagUser', { UserName: 'Bea', Tags: [{ Key: 'a', Value: 'b' }] })).toEqual({
      service: 'iam',
      operation: 'TagUser',
      principal: 'arn:aws:iam::111122223333:root',
      input: { UserName: 'Bea', Tags: [{ Key: 'a', Value: 'b' }] },
    });
  });

  it.each([
    ['iam', 'CreateLoginProfile', { Password: 'hunter2' }],
    ['iam', 'ChangePassword', { OldPassword: 'hunter2', NewPassword: 'hunter2' }],
    ['iam', 'EnableMFADevice', { AuthenticationCode1: 'hunter2', AuthenticationCode2: 'hunter2' }],
    ['sts', 'AssumeRole', { TokenCode: 'hunter2' }],
    ['ssm', 'PutParameter', { Name: '/n', Type: 'SecureString', Value: 'hunter2' }],
    ['cognito-identity', 'GetId', { Logins: { 'login.example.com': 'hunter2' } }],
    ['s3', 'PutObject', { Key: 'k', SSECustomerKey: 'hunter2', Body: new TextEncoder().encode('hunter2') }],
    ['s3', 'PutObject', { Key: 'k', Body: Buffer.from('hunter2') }],
    ['secretsmanager', 'CreateSecret', { Name: 'n', SecretString: 'hunter2' }],
    ['secretsmanager', 'PutSecretValue', { SecretId: 'n', SecretBinary: new TextEncoder().encode('hunter2') }],
    ['kms', 'Encrypt', { KeyId: 'k', Plaintext: new TextEncoder().encode('hunter2') }],
  ])('keeps no secret and no body: %s %s', (service, operation, input) => {
    expect(JSON.stringify(record(service, operation, input))).not.toMatch(/hunter2|104,117,110/);
  });

  it('names a secret that is asked for', () => {
    expect(record('secretsmanager', 'GetSecretValue', { SecretId: 'app/db' }).input).toEqual({ SecretId: 'app/db' });
  });

  it('names a body by its digest', () => {
    const { input } = record('s3', 'PutObject', { Body: new TextEncoder().encode('hello, world') });
    expect(input.Body).toEqual({
      sha256: '09ca7e4eaa6e8ae9c7d261167129184883644d07dfba7cbfbc4c8a2e08360d5b',
      size: 12,
    });
  });
});
