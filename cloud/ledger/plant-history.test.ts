import { applyPatches } from 'immer';
import { expect, test } from 'vitest';
import { LedgerSandbox } from '../testing/ledger-sandbox.ts';
import { accountId, root } from '../testing/sandbox.ts';
import { plantHistory } from './plant-history.ts';

const day = 86_400_000;

test('history is told beside the calls that are made', () => {
  const sandbox = new LedgerSandbox();
  const shared = { caller: root, sourceIp: '198.51.100.9', userAgent: 'curl', region: 'us-east-1' };
  const planted = plantHistory(sandbox.cloud, sandbox.world, [
    { ...shared, at: sandbox.now - 3 * day, service: 'iam', operation: 'CreateUser', input: { UserName: 'Mallory' } },
    {
      ...shared,
      at: sandbox.now - 2 * day,
      accessKeyId: 'AKIAOLD',
      service: 'secretsmanager',
      operation: 'GetSecretValue',
      input: { SecretId: 'payroll' },
      error: { code: 'AccessDeniedException', message: 'not authorized' },
    },
  ]);
  expect(applyPatches(sandbox.world, [...planted.patches])).toEqual(planted.world);
  sandbox.world = planted.world;
  sandbox.call('iam:ListUsers');
  const { Events } = sandbox.call('cloudtrail:LookupEvents');
  expect(Events.map((event: { EventName: string }) => event.EventName)).toEqual([
    'ListUsers',
    'GetSecretValue',
    'CreateUser',
  ]);
  expect(JSON.parse(Events[1].CloudTrailEvent)).toMatchObject({
    errorCode: 'AccessDenied',
    sourceIPAddress: '198.51.100.9',
    userIdentity: { type: 'Root', accessKeyId: 'AKIAOLD' },
    recipientAccountId: accountId,
  });
  expect(Events[2].Resources).toEqual([{ ResourceType: 'AWS::IAM::User', ResourceName: 'Mallory' }]);
});

test('history is of operations that are offered', () => {
  const sandbox = new LedgerSandbox();
  const entry = { at: 0, caller: root, service: 'iam', operation: 'MakeCoffee', input: {} };
  const more = { sourceIp: '198.51.100.9', userAgent: 'curl', region: 'us-east-1' };
  expect(() => plantHistory(sandbox.cloud, sandbox.world, [{ ...entry, ...more }])).toThrow('is not offered');
});
