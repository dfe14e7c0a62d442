import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, partnerId, policy, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let analyzerArn: string;
const arn = `arn:aws:sqs:us-east-1:${accountId}:orders`;
const DAY = 86_400_000;

beforeEach(() => {
  sandbox = new Sandbox();
  analyzerArn = sandbox.call('access-analyzer:CreateAnalyzer', { analyzerName: 'zone', type: 'ACCOUNT' }).arn;
  sandbox.call('sqs:CreateQueue', { QueueName: 'orders' });
});

function share(...actions: readonly string[]): void {
  const { QueueUrl } = sandbox.call('sqs:GetQueueUrl', { QueueName: 'orders' });
  const text = actions.length === 0 ? '' : policy({ ...allow(actions, arn), Principal: { AWS: partnerId } });
  sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { Policy: text } });
}

const list = (more: object = {}): Output[] =>
  sandbox.call('access-analyzer:ListFindingsV2', { analyzerArn, ...more }).findings;
const statuses = () => list().map(({ status }) => status);

describe('findings', () => {
  it('are the same as long as the access is, resolved when it is gone, active when it comes back', () => {
    share('sqs:SendMessage');
    const [first] = list();
    expect(first).toMatchObject({
      findingType: 'ExternalAccess',
      resource: arn,
      resourceType: 'AWS::SQS::Queue',
      resourceOwnerAccount: accountId,
      status: 'ACTIVE',
    });
    sandbox.now += DAY;
    expect(list()[0]).toMatchObject({ id: first.id, createdAt: first.createdAt });
    share();
    expect(list()).toMatchObject([{ id: first.id, status: 'RESOLVED' }]);
    share('sqs:SendMessage');
    expect(list()).toMatchObject([{ id: first.id, status: 'ACTIVE', createdAt: first.createdAt }]);
  });

  it('are archived by their ids or their resource, and stay so; wider access is found anew', () => {
    share('sqs:SendMessage');
    const ids = list().map(({ id }) => id);
    sandbox.call('access-analyzer:UpdateFindings', { analyzerArn, ids, status: 'ARCHIVED' });
    expect(statuses()).toEqual(['ARCHIVED']);
    sandbox.call('access-analyzer:UpdateFindings', { analyzerArn, resourceArn: arn, status: 'ACTIVE' });
    expect(statuses()).toEqual(['ACTIVE']);
    sandbox.call('access-analyzer:UpdateFindings', { analyzerArn, ids, status: 'ARCHIVED' });
    share('sqs:SendMessage', 'sqs:ReceiveMessage');
    expect(statuses().sort()).toEqual(['ACTIVE', 'RESOLVED']);
  });

  it('are archived by rules: new ones at once, others where a rule is applied', () => {
    share('sqs:SendMessage');
    expect(statuses()).toEqual(['ACTIVE']);
    const rule = { analyzerName: 'zone', ruleName: 'partner', filter: { 'principal.AWS': { eq: [partnerId] } } };
    sandbox.call('access-analyzer:CreateArchiveRule', rule);
    expect(statuses()).toEqual(['ACTIVE']);
    sandbox.call('access-analyzer:ApplyArchiveRule', { analyzerArn, ruleName: 'partner' });
    expect(statuses()).toEqual(['ARCHIVED']);
    share('sqs:ReceiveMessage');
    expect(list({ filter: { status: { eq: ['ARCHIVED'] } } })).toHaveLength(1);
    const archived = sandbox.call('access-analyzer:ListArchiveRules', { analyzerName: 'zone' }).archiveRules;
    expect(archived).toMatchObject([{ ruleName: 'partner', filter: rule.filter }]);
    sandbox.call('access-analyzer:DeleteArchiveRule', { analyzerName: 'zone', ruleName: 'partner' });
    expect(sandbox.fail('access-analyzer:GetArchiveRule', { analyzerName: 'zone', ruleName: 'partner' }).code).toBe(
      'ResourceNotFoundException',
    );
  });

  it('are filtered, put in order and given by pages', () => {
    for (const name of ['a', 'b', 'c']) {
      const { TopicArn } = sandbox.call('sns:CreateTopic', { Name: name });
      sandbox.call('sns:AddPermission', { TopicArn, Label: 'p', AWSAccountId: [partnerId], ActionName: ['Publish'] });
    }
    const sort = { attributeName: 'resource', orderBy: 'DESC' };
    const names = (findings: Output[]) => findings.map(({ resource }) => resource.split(':').at(-1));
    expect(names(list({ sort }))).toEqual(['c', 'b', 'a']);
    expect(names(list({ sort, filter: { resource: { contains: [':b'] } } }))).toEqual(['b']);
    expect(list({ filter: { resourceType: { neq: ['AWS::SNS::Topic'] } } })).toEqual([]);
    const first = sandbox.call('access-analyzer:ListFindingsV2', { analyzerArn, sort, maxResults: 2 });
    const { nextToken } = first;
    expect(names(first.findings)).toEqual(['c', 'b']);
    expect(names(list({ sort, maxResults: 2, nextToken }))).toEqual(['a']);
    expect(sandbox.fail('access-analyzer:ListFindingsV2', { analyzerArn, nextToken: 'x' }).code).toBe(
      'ValidationException',
    );
    expect(sandbox.fail('access-analyzer:ListFindingsV2', { analyzerArn, filter: { owner: { eq: ['x'] } } }).code).toBe(
      'ValidationException',
    );
  });

  it('are told in detail', () => {
    share('sqs:SendMessage');
    const [{ id }] = list();
    expect(sandbox.call('access-analyzer:GetFindingV2', { analyzerArn, id }).findingDetails).toEqual([
      {
        externalAccessDetails: {
          principal: { AWS: partnerId },
          action: ['sqs:SendMessage'],
          condition: {},
          isPublic: false,
          resourceControlPolicyRestriction: 'NOT_APPLICABLE',
        },
      },
    ]);
    expect(sandbox.fail('access-analyzer:GetFinding', { analyzerArn, id: 'x' }).code).toBe('ResourceNotFoundException');
    expect(
      sandbox.call('access-analyzer:GetAnalyzedResource', { analyzerArn, resourceArn: arn }).resource,
    ).toMatchObject({
      resourceType: 'AWS::SQS::Queue',
      isPublic: false,
      actions: ['sqs:SendMessage'],
      status: 'ACTIVE',
    });
    expect(sandbox.call('access-analyzer:GetFindingsStatistics', { analyzerArn }).findingsStatistics).toEqual([
      {
        externalAccessFindingsStatistics: {
          resourceTypeStatistics: {
            'AWS::SQS::Queue': { totalActivePublic: 0, totalActiveCrossAccount: 1, totalActiveErrors: 0 },
          },
          totalActiveFindings: 1,
          totalArchivedFindings: 0,
          totalResolvedFindings: 0,
        },
      },
    ]);
  });

  it('are listed with the permission of the first version', () => {
    expect(sandbox.asked('access-analyzer:ListFindingsV2', { analyzerArn })).toEqual([
      `access-analyzer:ListFindings ${analyzerArn}`,
    ]);
    expect(
      sandbox.asked('access-analyzer:UpdateFindings', { analyzerArn, resourceArn: arn, status: 'ACTIVE' }),
    ).toEqual([`access-analyzer:UpdateFindings ${analyzerArn}`]);
  });
});

describe('an analyzer', () => {
  it('is described, tagged and deleted', () => {
    sandbox.call('access-analyzer:TagResource', { resourceArn: analyzerArn, tags: { team: 'blue' } });
    const { analyzer } = sandbox.call('access-analyzer:GetAnalyzer', { analyzerName: 'zone' });
    expect(analyzer).toMatchObject({ arn: analyzerArn, type: 'ACCOUNT', status: 'ACTIVE', tags: { team: 'blue' } });
    sandbox.call('access-analyzer:UntagResource', { resourceArn: analyzerArn, tagKeys: ['team'] });
    expect(sandbox.call('access-analyzer:ListTagsForResource', { resourceArn: analyzerArn }).tags).toEqual({});
    sandbox.call('access-analyzer:DeleteAnalyzer', { analyzerName: 'zone' });
    expect(sandbox.call('access-analyzer:ListAnalyzers').analyzers).toEqual([]);
    expect(sandbox.fail('access-analyzer:ListFindings', { analyzerArn }).code).toBe('ResourceNotFoundException');
  });

  it('comes with the role that the service works with', () => {
    const { Role } = sandbox.call('iam:GetRole', { RoleName: 'AWSServiceRoleForAccessAnalyzer' });
    expect(Role.Path).toBe('/aws-service-role/access-analyzer.amazonaws.com/');
    const caller = sandbox.user('Ann', allow('access-analyzer:CreateAnalyzer'));
    const another = { analyzerName: 'another', type: 'ACCOUNT' };
    expect(sandbox.perform('access-analyzer:CreateAnalyzer', another, caller).outcome.kind).toBe('ok');
    const fresh = new Sandbox();
    const refused = fresh.fail(
      'access-analyzer:CreateAnalyzer',
      another,
      fresh.user('Ann', allow('access-analyzer:CreateAnalyzer')),
    );
    expect(refused.code).toMatch(/AccessDenied/);
    expect(fresh.call('access-analyzer:ListAnalyzers').analyzers).toEqual([]);
  });

  it('refuses what it cannot be', () => {
    const code = (input: object) => sandbox.fail('access-analyzer:CreateAnalyzer', input).code;
    expect(code({ analyzerName: 'zone', type: 'ACCOUNT' })).toBe('ConflictException');
    expect(code({ analyzerName: 'org', type: 'ORGANIZATION' })).toBe('ValidationException');
    expect(code({ analyzerName: 'in', type: 'ACCOUNT_INTERNAL_ACCESS' })).toBe('ValidationException');
    const configuration = { unusedAccess: { unusedAccessAge: 400 } };
    expect(code({ analyzerName: 'old', type: 'ACCOUNT_UNUSED_ACCESS', configuration })).toBe('ValidationException');
  });

  it('of an organization trusts its accounts', () => {
    const org = new Sandbox();
    org.call('organizations:CreateOrganization', { FeatureSet: 'ALL' });
    const made = org.call('access-analyzer:CreateAnalyzer', { analyzerName: 'org', type: 'ORGANIZATION' });
    org.call('sqs:CreateQueue', { QueueName: 'orders' });
    const { Id } = org.call('organizations:DescribeOrganization').Organization;
    const { QueueUrl } = org.call('sqs:GetQueueUrl', { QueueName: 'orders' });
    const Condition = { StringEquals: { 'aws:PrincipalOrgID': Id } };
    const text = policy({ ...allow('sqs:SendMessage', arn, { Condition }), Principal: '*' });
    org.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { Policy: text } });
    expect(org.call('access-analyzer:ListFindings', { analyzerArn: made.arn }).findings).toEqual([]);
    const own = org.call('access-analyzer:CreateAnalyzer', { analyzerName: 'own', type: 'ACCOUNT' });
    expect(org.call('access-analyzer:ListFindings', { analyzerArn: own.arn }).findings).toMatchObject([
      { condition: { 'aws:PrincipalOrgID': Id }, isPublic: false },
    ]);
  });
});
