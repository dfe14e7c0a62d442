import { expect, it } from 'vitest';
import { accountId, Sandbox } from '../../testing/sandbox.ts';
import { deployTemplate } from '../deploy.ts';
import { readTemplate } from '../template.ts';

const ref = (Ref: string) => ({ Ref });
const rootId = { 'Fn::GetAtt': ['Org', 'RootId'] };
const noIam = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }] };
const delegation = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'organizations:ListAccounts', Resource: '*' }],
};

it('an organization comes up with its units and policies', async () => {
  const sandbox = new Sandbox();
  const Resources = {
    Org: { Type: 'AWS::Organizations::Organization', Properties: { FeatureSet: 'ALL' } },
    Labs: {
      Type: 'AWS::Organizations::OrganizationalUnit',
      Properties: { Name: 'Labs', ParentId: rootId, Tags: [{ Key: 'team', Value: 'a' }] },
    },
    NoIam: {
      Type: 'AWS::Organizations::Policy',
      Properties: {
        Name: 'NoIam',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: noIam,
        TargetIds: [ref('Labs')],
      },
    },
    Delegation: {
      Type: 'AWS::Organizations::ResourcePolicy',
      Properties: { Content: delegation },
      DependsOn: 'Org',
    },
  };
  const read = readTemplate(JSON.stringify({ Resources }));
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1));
  const send = async (service: string, operation: string, input: object) =>
    sandbox.call(`${service}:${operation}`, input);
  const { refs, attributes } = await deployTemplate(read.template, {}, send, { accountId, region: 'us-east-1' });
  const { Organization } = sandbox.call('organizations:DescribeOrganization');
  expect(refs['Org']).toBe(Organization.Id);
  expect(attributes['Org']).toMatchObject({ Arn: Organization.Arn, ManagementAccountId: accountId });
  expect(sandbox.call('organizations:ListTagsForResource', { ResourceId: refs['Labs'] }).Tags).toEqual([
    { Key: 'team', Value: 'a' },
  ]);
  const { Policies } = sandbox.call('organizations:ListPoliciesForTarget', {
    TargetId: refs['Labs'],
    Filter: 'SERVICE_CONTROL_POLICY',
  });
  expect(Policies.map(({ Name }: { Name: string }) => Name).sort()).toEqual(['FullAWSAccess', 'NoIam']);
  expect(sandbox.call('organizations:DescribePolicy', { PolicyId: refs['NoIam'] }).Policy.Content).toBe(
    JSON.stringify(noIam),
  );
  const { ResourcePolicy } = sandbox.call('organizations:DescribeResourcePolicy');
  expect(ResourcePolicy.ResourcePolicySummary).toEqual({
    Id: refs['Delegation'],
    Arn: attributes['Delegation']?.['Arn'],
  });
});
