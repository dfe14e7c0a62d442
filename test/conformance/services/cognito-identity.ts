import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const cognito = (command: string, ...more: readonly string[]) => ['cognito-identity', command, ...more];
const onPool =
  (command: string, ...more: readonly string[]) =>
  ({ pool }: Answers) =>
    cognito(command, '--identity-pool-id', pool.IdentityPoolId, ...more);
const onIdentity =
  (command: string, ...more: readonly string[]) =>
  ({ guest }: Answers) =>
    cognito(command, '--identity-id', guest.IdentityId, ...more);
const accountOf = ({ me }: Answers): string => me.Account;
const roleArn = (answers: Answers) => `arn:aws:iam::${accountOf(answers)}:role/Guest`;
const poolArn = (answers: Answers) =>
  `arn:aws:cognito-identity:us-east-1:${accountOf(answers)}:identitypool/${answers['pool'].IdentityPoolId}`;

const statement = {
  Effect: 'Allow',
  Principal: { Federated: 'cognito-identity.amazonaws.com' },
  Action: 'sts:AssumeRoleWithWebIdentity',
};
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const reading = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['s3:ListAllMyBuckets', 'iam:ListUsers'], Resource: '*' }],
});

export const scenario: Scenario = {
  service: 'cognito-identity',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    {
      run: cognito(
        'create-identity-pool',
        '--identity-pool-name',
        'shop',
        '--allow-unauthenticated-identities',
        '--allow-classic-flow',
        '--identity-pool-tags',
        'team=web',
      ),
      name: 'pool',
      shows: ({ IdentityPoolName, AllowClassicFlow }) =>
        expect([IdentityPoolName, AllowClassicFlow]).toEqual(['shop', true]),
    },
    {
      run: cognito('create-identity-pool', '--identity-pool-name', '<>', '--no-allow-unauthenticated-identities'),
      ends: 'ValidationException',
    },
    { run: onPool('describe-identity-pool'), shows: (answer, { pool }) => expect(answer).toEqual(pool) },
    {
      run: cognito('list-identity-pools', '--max-results', '10'),
      shows: ({ IdentityPools }) => expect(IdentityPools).toHaveLength(1),
    },
    { run: ['iam', 'create-role', '--role-name', 'Guest', '--assume-role-policy-document', trust] },
    { run: ['iam', 'put-role-policy', '--role-name', 'Guest', '--policy-name', 'p', '--policy-document', reading] },
    { run: (answers) => onPool('set-identity-pool-roles', '--roles', `unauthenticated=${roleArn(answers)}`)(answers) },
    {
      run: onPool('get-identity-pool-roles'),
      shows: ({ Roles }, answers) => expect(Roles).toEqual({ unauthenticated: roleArn(answers) }),
    },
    { run: onPool('get-id'), name: 'guest' },
    {
      run: (answers) =>
        cognito(
          'get-id',
          '--identity-pool-id',
          `us-east-1:00000000-0000-4000-8000-${accountOf(answers)}`,
          '--no-sign-request',
        ),
      ends: 'ResourceNotFoundException',
    },
    {
      run: onIdentity('get-credentials-for-identity', '--no-sign-request'),
      shows: ({ Credentials }) => expect(Credentials.AccessKeyId).toMatch(/^ASIA/),
    },
    { run: onIdentity('get-open-id-token', '--no-sign-request'), name: 'token' },
    {
      run: (answers) => [
        'sts',
        'assume-role-with-web-identity',
        '--role-arn',
        roleArn(answers),
        '--role-session-name',
        'guest',
        '--web-identity-token',
        answers['token'].Token,
        '--no-sign-request',
      ],
      name: 'session',
      shows: ({ Provider }) => expect(Provider).toBe('cognito-identity.amazonaws.com'),
    },
    { run: ['s3api', 'list-buckets'], as: 'session' },
    { run: ['iam', 'list-users'], as: 'session' },
    { run: ['iam', 'list-roles'], as: 'session', ends: 'AccessDenied' },
    {
      run: onPool('list-identities', '--max-results', '10'),
      shows: ({ Identities }) => expect(Identities).toHaveLength(1),
    },
    { run: onIdentity('describe-identity') },
    { run: (answers) => cognito('tag-resource', '--resource-arn', poolArn(answers), '--tags', 'stage=dev') },
    { run: (answers) => cognito('untag-resource', '--resource-arn', poolArn(answers), '--tag-keys', 'team') },
    {
      run: (answers) => cognito('list-tags-for-resource', '--resource-arn', poolArn(answers)),
      shows: ({ Tags }) => expect(Tags).toEqual({ stage: 'dev' }),
    },
    {
      run: onPool('update-identity-pool', '--identity-pool-name', 'store', '--no-allow-unauthenticated-identities'),
      shows: ({ IdentityPoolName }) => expect(IdentityPoolName).toBe('store'),
    },
    { run: onPool('get-id', '--no-sign-request'), ends: 'NotAuthorizedException' },
    { run: ({ guest }) => cognito('delete-identities', '--identity-ids-to-delete', guest.IdentityId) },
    { run: onIdentity('describe-identity'), ends: 'ResourceNotFoundException' },
    { run: onPool('delete-identity-pool') },
    { run: onPool('describe-identity-pool'), ends: 'ResourceNotFoundException' },
  ],
};
