import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, deny, partnerId, partnerRoot, policy, root } from '../../testing/sandbox.ts';
import { OrganizationSandbox } from './testing/organization-sandbox.ts';

let sandbox: OrganizationSandbox;
beforeEach(() => {
  sandbox = new OrganizationSandbox();
});

const scp = 'SERVICE_CONTROL_POLICY';
const rcp = 'RESOURCE_CONTROL_POLICY';
const noIam = policy(deny('iam:*'));
const inside = policy({
  ...deny('s3:*'),
  Principal: '*',
  Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-none' } },
});

const idsOf = (policies: readonly { readonly Id: string }[]) => policies.map(({ Id }) => Id).sort();
const onTarget = (TargetId: string, Filter = scp) =>
  idsOf(sandbox.call('organizations:ListPoliciesForTarget', { TargetId, Filter }).Policies);

describe('policies', () => {
  it('are made, described, changed, listed and deleted', () => {
    const { Policy } = sandbox.call('organizations:CreatePolicy', {
      Content: noIam,
      Description: 'No IAM',
      Name: 'NoIam',
      Type: scp,
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    const { Id, Arn } = Policy.PolicySummary;
    expect(Id).toMatch(/^p-[a-z0-9]{8}$/);
    expect(Arn).toBe(`arn:aws:organizations::${accountId}:policy/${sandbox.id}/service_control_policy/${Id}`);
    expect(Policy).toMatchObject({
      Content: noIam,
      PolicySummary: { Name: 'NoIam', Description: 'No IAM', Type: scp, AwsManaged: false },
    });
    expect(sandbox.call('organizations:DescribePolicy', { PolicyId: Id })).toEqual({ Policy });
    sandbox.call('organizations:UpdatePolicy', { PolicyId: Id, Name: 'NoIdentities' });
    const { Policies } = sandbox.call('organizations:ListPolicies', { Filter: scp });
    expect(idsOf(Policies)).toEqual(['p-FullAWSAccess', Id].sort());
    expect(Policies.find((listed: { Id: string }) => listed.Id === Id)).toMatchObject({
      Name: 'NoIdentities',
      Description: 'No IAM',
    });
    expect(Policies.find((listed: { Id: string }) => listed.Id !== Id)).toMatchObject({
      AwsManaged: true,
      Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
    });
    expect(sandbox.call('organizations:ListPolicies', { Filter: 'TAG_POLICY' }).Policies).toEqual([]);
    sandbox.call('organizations:DeletePolicy', { PolicyId: Id });
    expect(sandbox.fail('organizations:DescribePolicy', { PolicyId: Id }).code).toBe('PolicyNotFoundException');
  });

  it.each([
    [scp, '{', 'MalformedPolicyDocumentException'],
    [scp, policy({ ...deny('s3:*'), Principal: '*' }), 'MalformedPolicyDocumentException'],
    [scp, `${policy(deny('s3:*'))}${' '.repeat(5120)}`, 'ConstraintViolationException'],
    [rcp, policy({ ...allow('s3:*'), Principal: '*' }), 'MalformedPolicyDocumentException'],
    [rcp, policy({ ...deny('s3:*'), Principal: { AWS: accountId } }), 'MalformedPolicyDocumentException'],
    [rcp, policy({ ...deny('*'), Principal: '*' }), 'MalformedPolicyDocumentException'],
    ['TAG_POLICY', '{"tags":{}}', 'PolicyTypeNotAvailableForOrganizationException'],
  ])('of %s are refused: %s', (Type, Content, code) => {
    const { world } = sandbox;
    const input = { Content, Description: '', Name: 'P', Type };
    expect(sandbox.fail('organizations:CreatePolicy', input).code).toBe(code);
    expect(sandbox.world).toBe(world);
  });

  it('have names of their own', () => {
    const PolicyId = sandbox.policy(noIam, scp, 'One');
    const input = { Content: noIam, Description: '', Type: scp };
    for (const Name of ['One', 'FullAWSAccess']) {
      expect(sandbox.fail('organizations:CreatePolicy', { ...input, Name }).code).toBe('DuplicatePolicyException');
    }
    sandbox.call('organizations:UpdatePolicy', { PolicyId, Name: 'One' });
    expect(sandbox.policy(inside, rcp, 'One')).not.toBe(PolicyId);
  });

  it("of AWS's own stay as they are", () => {
    const PolicyId = 'p-FullAWSAccess';
    expect(sandbox.call('organizations:DescribePolicy', { PolicyId }).Policy.PolicySummary.AwsManaged).toBe(true);
    const error = { code: 'InvalidInputException', details: { Reason: 'IMMUTABLE_POLICY' } };
    expect(sandbox.fail('organizations:UpdatePolicy', { PolicyId, Name: 'x' })).toMatchObject(error);
    expect(sandbox.fail('organizations:DeletePolicy', { PolicyId })).toMatchObject(error);
  });
});

describe('attachments', () => {
  it('hold from the next decision on, for root users of members too', () => {
    sandbox.call('iam:ListUsers', {}, partnerRoot);
    const PolicyId = sandbox.control(partnerId, noIam);
    expect(sandbox.fail('iam:ListUsers', {}, partnerRoot).message).toContain(
      'explicit deny in a service control policy',
    );
    sandbox.call('iam:ListUsers', {}, root);
    expect(sandbox.fail('organizations:DeletePolicy', { PolicyId }).code).toBe('PolicyInUseException');
    sandbox.call('organizations:DetachPolicy', { PolicyId, TargetId: partnerId });
    sandbox.call('iam:ListUsers', {}, partnerRoot);
  });

  it('come down with the place of an account', () => {
    const { Id } = sandbox.unit('Labs');
    sandbox.control(Id, noIam);
    sandbox.call('iam:ListUsers', {}, partnerRoot);
    sandbox.move(partnerId, Id);
    expect(sandbox.fail('iam:ListUsers', {}, partnerRoot).code).toBe('AccessDenied');
  });

  it('of resource control policies keep callers from what members own', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'lab-bucket' }, partnerRoot);
    sandbox.call('s3:ListObjectsV2', { Bucket: 'lab-bucket' }, partnerRoot);
    sandbox.control(sandbox.rootId, inside, rcp);
    expect(sandbox.fail('s3:ListObjectsV2', { Bucket: 'lab-bucket' }, partnerRoot).message).toContain(
      'explicit deny in a resource control policy',
    );
    sandbox.call('s3:CreateBucket', { Bucket: 'own-bucket' });
    sandbox.call('s3:ListObjectsV2', { Bucket: 'own-bucket' });
  });

  it('are listed from both sides', () => {
    const PolicyId = sandbox.control(partnerId, noIam);
    expect(onTarget(partnerId)).toEqual(['p-FullAWSAccess', PolicyId].sort());
    expect(onTarget(partnerId, rcp)).toEqual(['p-RCPFullAWSAccess']);
    expect(sandbox.call('organizations:ListTargetsForPolicy', { PolicyId }).Targets).toEqual([
      {
        TargetId: partnerId,
        Arn: `arn:aws:organizations::${accountId}:account/${sandbox.id}/${partnerId}`,
        Name: 'Lab',
        Type: 'ACCOUNT',
      },
    ]);
    const { Targets } = sandbox.call('organizations:ListTargetsForPolicy', { PolicyId: 'p-RCPFullAWSAccess' });
    expect(Targets.map(({ Type }: { Type: string }) => Type)).toEqual(['ACCOUNT', 'ACCOUNT', 'ROOT']);
  });

  it('are five at most and one at least', () => {
    const attach = (PolicyId: string) => sandbox.fail('organizations:AttachPolicy', { PolicyId, TargetId: partnerId });
    const ids = ['1', '2', '3', '4', '5'].map((name) => sandbox.policy(noIam, scp, name));
    for (const PolicyId of ids.slice(0, 4)) {
      sandbox.call('organizations:AttachPolicy', { PolicyId, TargetId: partnerId });
    }
    expect(attach(ids[0] ?? '').code).toBe('DuplicatePolicyAttachmentException');
    expect(attach(ids[4] ?? '')).toMatchObject({
      code: 'ConstraintViolationException',
      details: { Reason: 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' },
    });
    expect(
      sandbox.fail('organizations:DetachPolicy', { PolicyId: 'p-FullAWSAccess', TargetId: sandbox.rootId }),
    ).toMatchObject({
      code: 'ConstraintViolationException',
      details: { Reason: 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED' },
    });
  });

  it.each([
    ['AttachPolicy', { PolicyId: 'p-00000000' }, 'PolicyNotFoundException'],
    ['AttachPolicy', { TargetId: 'r-none' }, 'TargetNotFoundException'],
    ['DetachPolicy', { PolicyId: 'p-RCPFullAWSAccess' }, 'InvalidInputException'],
    ['DetachPolicy', {}, 'PolicyNotAttachedException'],
    ['ListPoliciesForTarget', { TargetId: 'r-none', Filter: scp }, 'TargetNotFoundException'],
    ['ListTargetsForPolicy', { PolicyId: 'p-00000000' }, 'PolicyNotFoundException'],
  ])('%s with %j is refused', (operation, given, code) => {
    const input = { PolicyId: sandbox.policy(noIam), TargetId: partnerId, ...given };
    expect(sandbox.fail(`organizations:${operation}`, input).code).toBe(code);
  });
});

describe('types of policies', () => {
  const onRoot = (PolicyType: string, RootId = sandbox.rootId) => ({ RootId, PolicyType });

  it('are switched off with their attachments, and on again with full access', () => {
    const PolicyId = sandbox.control(partnerId, noIam);
    const kept = sandbox.control(partnerId, inside, rcp);
    const { Root } = sandbox.call('organizations:DisablePolicyType', onRoot(scp));
    expect(Root.PolicyTypes).toEqual([{ Type: rcp, Status: 'ENABLED' }]);
    sandbox.call('iam:ListUsers', {}, partnerRoot);
    expect(onTarget(partnerId)).toEqual([]);
    expect(sandbox.fail('organizations:AttachPolicy', { PolicyId, TargetId: partnerId }).code).toBe(
      'PolicyTypeNotEnabledException',
    );
    sandbox.call('organizations:EnablePolicyType', onRoot(scp));
    expect(onTarget(partnerId)).toEqual(['p-FullAWSAccess']);
    expect(onTarget(partnerId, rcp)).toEqual(['p-RCPFullAWSAccess', kept].sort());
  });

  it.each([
    ['EnablePolicyType', [scp], 'PolicyTypeAlreadyEnabledException'],
    ['EnablePolicyType', [scp, 'r-none'], 'RootNotFoundException'],
    ['EnablePolicyType', ['TAG_POLICY'], 'PolicyTypeNotAvailableForOrganizationException'],
    ['DisablePolicyType', ['BACKUP_POLICY'], 'PolicyTypeNotAvailableForOrganizationException'],
  ] as const)('%s %j is refused', (operation, [type, rootId], code) => {
    expect(sandbox.fail(`organizations:${operation}`, onRoot(type, rootId)).code).toBe(code);
  });

  it('have no effective policy here', () => {
    const PolicyType = 'TAG_POLICY';
    expect(sandbox.fail('organizations:DescribeEffectivePolicy', { PolicyType }).code).toBe(
      'EffectivePolicyNotFoundException',
    );
    const ofOther = { PolicyType, TargetId: accountId };
    expect(sandbox.fail('organizations:DescribeEffectivePolicy', ofOther, partnerRoot).code).toBe(
      'AccessDeniedException',
    );
  });
});
