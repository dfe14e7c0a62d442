import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, document, ec2Trust, type Output, partnerId, Sandbox } from './testing/sandbox.ts';

const arn = (what: string) => `arn:aws:iam::${accountId}:${what}`;
const bucket = 'arn:aws:s3:::loot';
const object = 'arn:aws:s3:::loot/a';
let sandbox: Sandbox;
let bea: AnyCaller;

beforeEach(() => {
  sandbox = new Sandbox();
  bea = sandbox.user('Bea', document('s3:GetObject', `${bucket}/*`));
});

const custom = (...documents: string[]) => ({ PolicyInputList: documents });
const one = (operation: string, more: object): Output => {
  const { EvaluationResults } = sandbox.call(operation, more);
  expect(EvaluationResults).toHaveLength(1);
  return EvaluationResults[0];
};
const byCustom = (more: object) => one('SimulateCustomPolicy', { ActionNames: ['s3:GetObject'], ...more });
const byPrincipal = (more: object) =>
  one('SimulatePrincipalPolicy', { PolicySourceArn: arn('user/Bea'), ActionNames: ['s3:GetObject'], ...more });

describe('SimulatePrincipalPolicy', () => {
  test('asks what a user has, its groups’ policies included, and what is added', () => {
    expect(byPrincipal({ ResourceArns: [object] })).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'user_Bea_p', SourcePolicyType: 'IAM Policy' }],
    });
    expect(byPrincipal({ ActionNames: ['sqs:SendMessage'] }).EvalDecision).toBe('implicitDeny');
    sandbox.call('CreateGroup', { GroupName: 'Queues' });
    sandbox.call('PutGroupPolicy', { GroupName: 'Queues', PolicyName: 'q', PolicyDocument: document('sqs:*') });
    sandbox.call('AddUserToGroup', { GroupName: 'Queues', UserName: 'Bea' });
    expect(byPrincipal({ ActionNames: ['sqs:SendMessage'] }).MatchedStatements[0].SourcePolicyId).toBe(
      'group_Queues_q',
    );
    expect(byPrincipal({ ActionNames: ['sns:Publish'], ...custom(document('sns:*')) }).EvalDecision).toBe('allowed');
  });

  test('asks what a role or a group has', () => {
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust });
    sandbox.call('AttachRolePolicy', { RoleName: 'R', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
    expect(byPrincipal({ PolicySourceArn: arn('role/R') })).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'ReadOnlyAccess' }],
    });
    sandbox.call('CreateGroup', { GroupName: 'G' });
    expect(byPrincipal({ PolicySourceArn: arn('group/G') }).EvalDecision).toBe('implicitDeny');
  });

  test('keeps to the boundary', () => {
    const { Policy } = sandbox.call('CreatePolicy', { PolicyName: 'B', PolicyDocument: document('sqs:*') });
    sandbox.call('PutUserPermissionsBoundary', { UserName: 'Bea', PermissionsBoundary: Policy.Arn });
    expect(byPrincipal({ ResourceArns: [object] })).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      ResourceSpecificResults: [{ PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } }],
    });
  });

  test('tells what an organization says', () => {
    const account = sandbox.world.accounts[accountId];
    const partner = sandbox.world.accounts[partnerId];
    if (account === undefined || partner === undefined) throw new Error('The sandbox has its accounts');
    const member = (id: string) => ({ id, name: id, email: `${id}@example.com`, parentId: 'r-ab12', joinedAt: 0 });
    const organization = {
      id: 'o-a1b2c3d4e5',
      rootId: 'r-ab12',
      policyTypes: ['SERVICE_CONTROL_POLICY' as const],
      units: {},
      accounts: { [accountId]: member(accountId), [partnerId]: member(partnerId) },
      policies: {
        'p-1': {
          id: 'p-1',
          type: 'SERVICE_CONTROL_POLICY' as const,
          name: 'P',
          description: '',
          document: document('s3:*', '*', 'Deny'),
        },
      },
      attachments: { 'r-ab12': ['p-FullAWSAccess'], [accountId]: ['p-FullAWSAccess', 'p-1'] },
      delegatedAdministrators: {},
    };
    const accounts = { [accountId]: account, [partnerId]: { ...partner, organizations: { organization } } };
    sandbox.world = { ...sandbox.world, accounts };
    expect(byPrincipal({ ResourceArns: [object] })).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [],
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    });
    expect(byPrincipal({ ActionNames: ['sqs:SendMessage'] })).toMatchObject({
      EvalDecision: 'implicitDeny',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    });
  });

  test('knows who the user is', () => {
    const own = document('iam:GetUser', arn(`user/\${aws:username}`));
    const request = { ...custom(own), ActionNames: ['iam:GetUser'], ResourceArns: [arn('user/Bea')] };
    expect(byPrincipal(request)).toMatchObject({
      EvalDecision: 'allowed',
      ResourceSpecificResults: [{ MissingContextValues: [] }],
    });
    expect(byCustom(request)).toMatchObject({
      EvalDecision: 'implicitDeny',
      ResourceSpecificResults: [{ MissingContextValues: ['aws:username'] }],
    });
  });

  test('knows nothing of trust policies', () => {
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust });
    const request = { ActionNames: ['sts:AssumeRole'], ResourceArns: [arn('role/R')] };
    expect(byPrincipal(request).EvalDecision).toBe('implicitDeny');
    expect(byPrincipal({ ...request, ...custom(document('sts:AssumeRole')) }).EvalDecision).toBe('allowed');
  });

  test('needs the permission on whom it asks about', () => {
    const request = { PolicySourceArn: arn('user/Bea'), ActionNames: ['s3:GetObject'] };
    expect(sandbox.refused('SimulatePrincipalPolicy', request, bea)).toContain('iam:SimulatePrincipalPolicy');
    expect(sandbox.asked('SimulatePrincipalPolicy', request)).toEqual([
      `iam:SimulatePrincipalPolicy ${arn('user/Bea')}`,
    ]);
  });

  test.each([
    ['a user that is not there', arn('user/Nobody'), 'NoSuchEntity'],
    ['a session', `arn:aws:sts::${accountId}:assumed-role/R/s`, 'InvalidInput: Invalid Entity Arn'],
    ['another account’s user', `arn:aws:iam::${partnerId}:user/Bea`, 'InvalidInput: Invalid Entity Arn'],
    ['another path', arn('user/staff/Bea'), 'InvalidInput: Invalid Entity Arn'],
  ])('refuses %s', (_what, PolicySourceArn, text) => {
    expect(sandbox.refused('SimulatePrincipalPolicy', { PolicySourceArn, ActionNames: ['s3:GetObject'] })).toContain(
      text,
    );
  });
});
