import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const organizations = (command: string, ...more: readonly string[]) => ['organizations', command, ...more];
const onRoot = (command: string, ...more: readonly string[]) => {
  return ({ roots }: Answers) => organizations(command, '--root-id', roots.Roots[0].Id, ...more);
};
const scp = 'SERVICE_CONTROL_POLICY';
const unitId = ({ unit }: Answers) => unit.OrganizationalUnit.Id;
const policyId = ({ policy }: Answers) => policy.Policy.PolicySummary.Id;

const noIam = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }],
});
const delegation = (accountId: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'organizations:ListAccounts', Resource: '*' },
    ],
  });

export const scenario: Scenario = {
  service: 'organizations',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: organizations('describe-organization'), ends: 'AWSOrganizationsNotInUseException' },
    { run: organizations('create-organization', '--feature-set', 'ALL'), name: 'organization' },
    { run: organizations('create-organization'), ends: 'AlreadyInOrganizationException' },
    {
      run: organizations('describe-organization'),
      shows: (answer, { organization }) => expect(answer).toEqual(organization),
    },
    { run: organizations('list-roots'), name: 'roots' },
    {
      run: organizations('list-accounts'),
      shows: (answer, { me }) => expect(answer.Accounts).toMatchObject([{ Id: me.Account, Status: 'ACTIVE' }]),
    },
    { run: ({ me }) => organizations('describe-account', '--account-id', me.Account) },
    { run: onRoot('enable-policy-type', '--policy-type', scp) },
    { run: onRoot('enable-policy-type', '--policy-type', scp), ends: 'PolicyTypeAlreadyEnabledException' },
    { run: onRoot('enable-policy-type', '--policy-type', 'RESOURCE_CONTROL_POLICY') },
    {
      run: ({ roots }) =>
        organizations(
          'create-organizational-unit',
          '--parent-id',
          roots.Roots[0].Id,
          '--name',
          'Labs',
          '--tags',
          'Key=team,Value=a',
        ),
      name: 'unit',
    },
    {
      run: ({ roots }) => organizations('list-organizational-units-for-parent', '--parent-id', roots.Roots[0].Id),
      shows: (answer) => expect(answer.OrganizationalUnits).toMatchObject([{ Name: 'Labs' }]),
    },
    {
      run: (answers) =>
        organizations('update-organizational-unit', '--organizational-unit-id', unitId(answers), '--name', 'Lab'),
    },
    {
      run: (answers) => organizations('describe-organizational-unit', '--organizational-unit-id', unitId(answers)),
      shows: (answer) => expect(answer.OrganizationalUnit.Name).toBe('Lab'),
    },
    {
      run: (answers) => organizations('list-parents', '--child-id', unitId(answers)),
      shows: (answer, { roots }) => expect(answer.Parents).toEqual([{ Id: roots.Roots[0].Id, Type: 'ROOT' }]),
    },
    {
      run: ({ roots }) =>
        organizations('list-children', '--parent-id', roots.Roots[0].Id, '--child-type', 'ORGANIZATIONAL_UNIT'),
      shows: (answer) => expect(answer.Children).toHaveLength(1),
    },
    {
      run: ({ roots }) => organizations('list-accounts-for-parent', '--parent-id', roots.Roots[0].Id),
      shows: (answer) => expect(answer.Accounts).toHaveLength(1),
    },
    {
      run: organizations('create-policy', '--name', 'NoIam', '--description', 'd', '--type', scp, '--content', noIam),
      name: 'policy',
    },
    {
      run: organizations('create-policy', '--name', 'X', '--description', 'd', '--type', scp, '--content', '{}'),
      ends: 'MalformedPolicyDocumentException',
    },
    {
      run: (answers) =>
        organizations('attach-policy', '--policy-id', policyId(answers), '--target-id', unitId(answers)),
    },
    {
      run: (answers) => organizations('delete-policy', '--policy-id', policyId(answers)),
      ends: 'PolicyInUseException',
    },
    {
      run: (answers) => organizations('list-policies-for-target', '--target-id', unitId(answers), '--filter', scp),
      shows: (answer) => expect(answer.Policies).toHaveLength(2),
    },
    {
      run: (answers) => organizations('list-targets-for-policy', '--policy-id', policyId(answers)),
      shows: (answer) => expect(answer.Targets).toMatchObject([{ Name: 'Lab', Type: 'ORGANIZATIONAL_UNIT' }]),
    },
    { run: organizations('list-policies', '--filter', 'RESOURCE_CONTROL_POLICY') },
    {
      run: (answers) => organizations('update-policy', '--policy-id', policyId(answers), '--name', 'NoIdentities'),
      shows: (answer) => expect(answer.Policy.PolicySummary).toMatchObject({ Name: 'NoIdentities', AwsManaged: false }),
    },
    { run: (answers) => organizations('describe-policy', '--policy-id', policyId(answers)) },
    {
      run: (answers) => organizations('list-tags-for-resource', '--resource-id', unitId(answers)),
      shows: (answer) => expect(answer.Tags).toEqual([{ Key: 'team', Value: 'a' }]),
    },
    {
      run: (answers) => organizations('tag-resource', '--resource-id', unitId(answers), '--tags', 'Key=b,Value=c'),
    },
    { run: (answers) => organizations('untag-resource', '--resource-id', unitId(answers), '--tag-keys', 'b') },
    { run: organizations('enable-aws-service-access', '--service-principal', 'iam.amazonaws.com') },
    {
      run: organizations('list-aws-service-access-for-organization'),
      shows: (answer) =>
        expect(answer.EnabledServicePrincipals).toMatchObject([{ ServicePrincipal: 'iam.amazonaws.com' }]),
    },
    { run: organizations('list-delegated-administrators') },
    {
      run: ({ me }) => organizations('put-resource-policy', '--content', delegation(me.Account)),
      name: 'delegation',
    },
    {
      run: organizations('describe-resource-policy'),
      shows: (answer, { delegation: put }) => expect(answer).toEqual(put),
    },
    { run: organizations('delete-resource-policy') },
    {
      run: (answers) =>
        organizations('detach-policy', '--policy-id', 'p-FullAWSAccess', '--target-id', unitId(answers)),
    },
    {
      run: (answers) =>
        organizations('detach-policy', '--policy-id', policyId(answers), '--target-id', unitId(answers)),
      ends: 'ConstraintViolationException',
    },
    { run: onRoot('disable-policy-type', '--policy-type', scp) },
    { run: (answers) => organizations('delete-policy', '--policy-id', policyId(answers)) },
    {
      run: (answers) => organizations('delete-organizational-unit', '--organizational-unit-id', unitId(answers)),
    },
    { run: organizations('delete-organization') },
  ],
};
