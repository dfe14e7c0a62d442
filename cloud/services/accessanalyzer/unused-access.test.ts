import { beforeEach, describe, expect, it } from 'vitest';
import { userCaller } from '../../credentials.ts';
import { LedgerSandbox } from '../../testing/ledger-sandbox.ts';
import { accountId, allow, type Output, policy } from '../../testing/sandbox.ts';

let sandbox: LedgerSandbox;
const DAY = 86_400_000;
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

beforeEach(() => {
  sandbox = new LedgerSandbox();
});

function findings(configuration?: object): Output[] {
  const analyzerName = 'unused';
  const input = { analyzerName, type: 'ACCOUNT_UNUSED_ACCESS', ...(configuration && { configuration }) };
  const { arn: analyzerArn } = sandbox.call('access-analyzer:CreateAnalyzer', input);
  const { findings: found } = sandbox.call('access-analyzer:ListFindingsV2', { analyzerArn });
  return found
    .map(({ id }: Output) => sandbox.call('access-analyzer:GetFindingV2', { analyzerArn, id }))
    .map(({ findingType, resource, findingDetails }: Output) => [
      findingType,
      resource.split('/').at(-1),
      findingDetails,
    ]);
}

describe('unused access', () => {
  it('is found of roles, keys and passwords that are older than the time and were not used in it', () => {
    sandbox.call('iam:CreateRole', { RoleName: 'Idle', AssumeRolePolicyDocument: trust });
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    const { AccessKeyId } = sandbox.call('iam:CreateAccessKey', { UserName: 'Bea' }).AccessKey;
    sandbox.call('iam:CreateLoginProfile', { UserName: 'Bea', Password: 'a-Long-passw0rd!' });
    sandbox.now += 100 * DAY;
    sandbox.call('iam:CreateRole', { RoleName: 'New', AssumeRolePolicyDocument: trust });
    expect(findings()).toEqual(
      expect.arrayContaining([
        ['UnusedIAMRole', 'Idle', [{ unusedIamRoleDetails: {} }]],
        ['UnusedIAMUserAccessKey', 'Bea', [{ unusedIamUserAccessKeyDetails: { accessKeyId: AccessKeyId } }]],
        ['UnusedIAMUserPassword', 'Bea', [{ unusedIamUserPasswordDetails: {} }]],
      ]),
    );
  });

  it('is none within the time, nor of keys that are off and of what is excluded', () => {
    sandbox.call('iam:CreateRole', { RoleName: 'Idle', AssumeRolePolicyDocument: trust });
    sandbox.call('iam:CreateUser', { UserName: 'Bea', Tags: [{ Key: 'season', Value: 'winter' }] });
    const { AccessKeyId } = sandbox.call('iam:CreateAccessKey', { UserName: 'Bea' }).AccessKey;
    sandbox.now += 100 * DAY;
    expect(findings({ unusedAccess: { unusedAccessAge: 120 } })).toEqual([]);
    sandbox.call('access-analyzer:DeleteAnalyzer', { analyzerName: 'unused' });
    const exclusions = [{ resourceTags: [{ season: 'winter' }] }];
    const rule = { unusedAccess: { unusedAccessAge: 90, analysisRule: { exclusions } } };
    expect(findings(rule).map(([kind, name]) => [kind, name])).toEqual([['UnusedIAMRole', 'Idle']]);
    sandbox.call('iam:UpdateAccessKey', { UserName: 'Bea', AccessKeyId, Status: 'Inactive' });
    sandbox.call('access-analyzer:DeleteAnalyzer', { analyzerName: 'unused' });
    expect(findings().map(([kind, name]) => [kind, name])).toEqual([['UnusedIAMRole', 'Idle']]);
  });

  it('is found of permissions: services that were not used, and actions of one that was', () => {
    sandbox.call('iam:CreateUser', { UserName: 'Bea' });
    sandbox.call('iam:PutUserPolicy', {
      UserName: 'Bea',
      PolicyName: 'work',
      PolicyDocument: policy(allow(['sqs:ListQueues', 'sns:ListTopics', 'iam:ListUsers', 'iam:ListRoles'])),
    });
    const account = sandbox.world.accounts[accountId];
    const bea = account && userCaller(account, 'Bea');
    if (bea === undefined) throw new Error('There is no Bea');
    sandbox.now += 5 * DAY;
    sandbox.call('sns:ListTopics', {}, bea);
    sandbox.now += 100 * DAY;
    sandbox.call('iam:ListUsers', {}, bea);
    const [[kind, name, details]] = findings() as [Output];
    expect([kind, name]).toEqual(['UnusedPermission', 'Bea']);
    expect(details.map((each: Output) => each.unusedPermissionDetails)).toEqual([
      { serviceNamespace: 'iam', lastAccessed: expect.any(Date), actions: [{ action: 'ListRoles' }] },
      { serviceNamespace: 'sns', lastAccessed: expect.any(Date) },
      { serviceNamespace: 'sqs' },
    ]);
  });
});
