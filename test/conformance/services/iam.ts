import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const reading = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' }],
};
const saml = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com"><IDPSSODescriptor/><!--${'x'.repeat(1000)}--></EntityDescriptor>`;
const git = 'codecommit.amazonaws.com';
const credential = ({ git: made }: Answers) => [
  '--user-name',
  'Bea',
  '--service-specific-credential-id',
  made.ServiceSpecificCredential.ServiceSpecificCredentialId,
];

/** What aws-cli.test.ts does not do: credentials of services, SAML, simulation, root access of an organization. */
export const scenario: Scenario = {
  service: 'iam',
  files: {
    'trust.json': JSON.stringify(trust),
    'reading.json': JSON.stringify(reading, null, 2),
    'saml.xml': saml,
  },
  steps: [
    { run: ['iam', 'create-user', '--user-name', 'Bea', '--tags', 'Key=team,Value=shop'], name: 'bea' },
    {
      run: [
        'iam',
        'put-user-policy',
        '--user-name',
        'Bea',
        '--policy-name',
        'reading',
        '--policy-document',
        'file://reading.json',
      ],
    },
    {
      run: ({ bea }) => [
        'iam',
        'simulate-principal-policy',
        '--policy-source-arn',
        bea.User.Arn,
        '--action-names',
        's3:GetObject',
        's3:PutObject',
        '--resource-arns',
        'arn:aws:s3:::shop/list',
      ],
      name: 'simulated',
      shows: ({ EvaluationResults }) => {
        expect(EvaluationResults.map((result: Answers) => result['EvalDecision'])).toEqual(['allowed', 'implicitDeny']);
        expect(EvaluationResults[0].MatchedStatements).toEqual([
          {
            SourcePolicyId: 'user_Bea_reading',
            SourcePolicyType: 'IAM Policy',
            StartPosition: { Line: 3, Column: 17 },
            EndPosition: { Line: 8, Column: 6 },
          },
        ]);
      },
    },
    {
      run: [
        'iam',
        'simulate-custom-policy',
        '--policy-input-list',
        JSON.stringify(reading),
        '--action-names',
        's3:GetObject',
        '--context-entries',
        'ContextKeyName=aws:SourceIp,ContextKeyValues=203.0.113.7,ContextKeyType=ip',
      ],
      shows: ({ EvaluationResults }) => expect(EvaluationResults[0].EvalDecision).toBe('implicitDeny'),
    },
    {
      run: ['iam', 'simulate-custom-policy', '--policy-input-list', '{}', '--action-names', 's3:GetObject'],
      ends: 'InvalidInput',
    },
    {
      run: ['iam', 'get-context-keys-for-custom-policy', '--policy-input-list', JSON.stringify(reading)],
      shows: ({ ContextKeyNames }) => expect(ContextKeyNames).toEqual([]),
    },
    { run: ({ bea }) => ['iam', 'get-context-keys-for-principal-policy', '--policy-source-arn', bea.User.Arn] },
    { run: ['iam', 'create-service-specific-credential', '--user-name', 'Bea', '--service-name', git], name: 'git' },
    {
      run: ['iam', 'list-service-specific-credentials', '--user-name', 'Bea'],
      shows: ({ ServiceSpecificCredentials: [only] }) => expect(only.ServicePassword).toBeUndefined(),
    },
    { run: (answers) => ['iam', 'reset-service-specific-credential', ...credential(answers)] },
    { run: (answers) => ['iam', 'update-service-specific-credential', ...credential(answers), '--status', 'Inactive'] },
    { run: ['iam', 'delete-user', '--user-name', 'Bea'], ends: 'DeleteConflict' },
    { run: (answers) => ['iam', 'delete-service-specific-credential', ...credential(answers)] },
    {
      run: ['iam', 'create-saml-provider', '--name', 'ADFS', '--saml-metadata-document', 'file://saml.xml'],
      name: 'saml',
    },
    { run: ({ saml: { SAMLProviderArn } }) => ['iam', 'get-saml-provider', '--saml-provider-arn', SAMLProviderArn] },
    {
      run: ({ saml: { SAMLProviderArn } }) => [
        'iam',
        'tag-saml-provider',
        '--saml-provider-arn',
        SAMLProviderArn,
        '--tags',
        'Key=a,Value=b',
      ],
    },
    {
      run: ({ saml: { SAMLProviderArn } }) => [
        'iam',
        'list-saml-provider-tags',
        '--saml-provider-arn',
        SAMLProviderArn,
      ],
      shows: ({ Tags }) => expect(Tags).toEqual([{ Key: 'a', Value: 'b' }]),
    },
    { run: ['iam', 'list-saml-providers'], shows: ({ SAMLProviderList }) => expect(SAMLProviderList).toHaveLength(1) },
    { run: ({ saml: { SAMLProviderArn } }) => ['iam', 'delete-saml-provider', '--saml-provider-arn', SAMLProviderArn] },
    { run: ['iam', 'list-server-certificates'] },
    { run: ['iam', 'list-signing-certificates', '--user-name', 'Bea'] },
    { run: ['iam', 'list-ssh-public-keys', '--user-name', 'Bea'] },
    { run: ['iam', 'list-organizations-features'], ends: 'OrganizationNotFoundException' },
    { run: ['iam', 'get-account-summary'] },
    { run: ['iam', 'create-role', '--role-name', 'Web', '--assume-role-policy-document', 'file://trust.json'] },
    { run: ['iam', 'get-role', '--role-name', 'Web'] },
  ],
};
