import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

const everyone = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: ['sts:AssumeRole', 'sts:TagSession'] }],
  });
const reading =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}';

/** Every kind of session, made and used by the AWS CLI; calls without a signature among them. */
export const scenario: Scenario = {
  service: 'sts',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: ['sts', 'get-session-token', '--duration-seconds', '900'], name: 'own' },
    {
      run: ['sts', 'get-caller-identity'],
      as: 'own',
      shows: ({ Arn }, { me }) => expect(Arn).toBe(me.Arn),
    },
    { run: ['sts', 'get-federation-token', '--name', 'Bob', '--policy', reading], name: 'bob' },
    {
      run: ['sts', 'get-caller-identity'],
      as: 'bob',
      shows: ({ Arn }) => expect(Arn).toMatch(/:federated-user\/Bob$/),
    },
    { run: ['s3api', 'list-buckets'], as: 'bob' },
    { run: ['s3api', 'create-bucket', '--bucket', 'bob-has-no-bucket'], as: 'bob', ends: 'AccessDenied' },
    { run: ['iam', 'list-users'], as: 'bob', ends: 'InvalidClientTokenId' },
    { run: ['sts', 'get-federation-token', '--name', 'Eve'], as: 'own', ends: 'AccessDenied' },
    {
      run: ({ me }) => [
        'iam',
        'create-role',
        '--role-name',
        'Night',
        '--assume-role-policy-document',
        everyone(me.Account),
      ],
      name: 'role',
    },
    {
      run: ({ role }) => [
        'sts',
        'assume-role',
        '--role-arn',
        role.Role.Arn,
        '--role-session-name',
        'shift',
        '--tags',
        'Key=team,Value=shop',
      ],
      name: 'night',
      shows: ({ PackedPolicySize }) => expect(PackedPolicySize).toBeGreaterThan(0),
    },
    {
      run: ['sts', 'get-caller-identity'],
      as: 'night',
      shows: ({ Arn }) => expect(Arn).toMatch(/:assumed-role\/Night\/shift$/),
    },
    { run: ({ night }) => ['sts', 'get-access-key-info', '--access-key-id', night.Credentials.AccessKeyId] },
    {
      run: ({ role }) => [
        'sts',
        'assume-role-with-web-identity',
        '--role-arn',
        role.Role.Arn,
        '--role-session-name',
        'web',
        '--web-identity-token',
        'no-token',
      ],
      ends: 'InvalidIdentityToken',
    },
    {
      run: ({ role, me }) => [
        'sts',
        'assume-role-with-saml',
        '--role-arn',
        role.Role.Arn,
        '--principal-arn',
        `arn:aws:iam::${me.Account}:saml-provider/ADFS`,
        '--saml-assertion',
        'PFJlc3BvbnNlLz4=',
      ],
      ends: 'InvalidIdentityToken',
    },
    {
      run: ['sts', 'decode-authorization-message', '--encoded-message', 'nothing'],
      ends: 'InvalidAuthorizationMessageException',
    },
    {
      run: ({ me }) => [
        'sts',
        'assume-root',
        '--target-principal',
        me.Account,
        '--task-policy-arn',
        'arn=arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials',
      ],
      ends: 'AccessDenied',
    },
  ],
};
