import { expect } from 'vitest';
import type { ServiceCall } from './case.ts';

const secrets = (command: string, ...more: readonly string[]) => ['secretsmanager', command, ...more];
const onSecret = (command: string, ...more: readonly string[]) => secrets(command, '--secret-id', 'app/db', ...more);

const policyFor = (accountId: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'secretsmanager:GetSecretValue', Resource: '*' },
    ],
  });

export const calls: readonly ServiceCall[] = [
  {
    words: secrets(
      'create-secret',
      '--name',
      'app/db',
      '--secret-string',
      '{"user":"app"}',
      '--tags',
      'Key=team,Value=pay',
      '--description',
      'd',
    ),
    name: 'secret',
  },
  { words: secrets('create-secret', '--name', 'app/db'), fails: 'ResourceExistsException' },
  {
    words: onSecret('describe-secret'),
    shows: (answer, { secret }) =>
      expect(answer).toMatchObject({
        ARN: secret.ARN,
        Description: 'd',
        Tags: [{ Key: 'team', Value: 'pay' }],
        VersionIdsToStages: { [secret.VersionId]: ['AWSCURRENT'] },
      }),
  },
  {
    words: onSecret('get-secret-value'),
    shows: (answer, { secret }) =>
      expect(answer).toMatchObject({ ...secret, SecretString: '{"user":"app"}', VersionStages: ['AWSCURRENT'] }),
  },
  {
    words: ({ secret }) => secrets('get-secret-value', '--secret-id', secret.ARN.slice(0, -7)),
    shows: (answer, { secret }) => expect(answer.ARN).toBe(secret.ARN),
  },
  { words: onSecret('put-secret-value', '--secret-string', 'two'), name: 'two' },
  {
    words: onSecret('get-secret-value', '--version-stage', 'AWSPREVIOUS'),
    shows: (answer, { secret }) => expect(answer.VersionId).toBe(secret.VersionId),
  },
  {
    words: onSecret('list-secret-version-ids'),
    shows: (answer) => expect(answer.Versions).toHaveLength(2),
  },
  {
    words: ({ secret, two }) =>
      onSecret(
        'update-secret-version-stage',
        '--version-stage',
        'AWSCURRENT',
        '--move-to-version-id',
        secret.VersionId,
        '--remove-from-version-id',
        two.VersionId,
      ),
  },
  { words: onSecret('update-secret', '--description', 'new') },
  {
    words: secrets('list-secrets', '--filters', 'Key=name,Values=app'),
    shows: (answer) => expect(answer.SecretList).toMatchObject([{ Name: 'app/db', Description: 'new' }]),
  },
  {
    words: secrets('batch-get-secret-value', '--secret-id-list', 'app/db', 'none'),
    shows: (answer) =>
      expect(answer).toMatchObject({
        SecretValues: [{ Name: 'app/db' }],
        Errors: [{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }],
      }),
  },
  { words: ({ accountId }) => onSecret('put-resource-policy', '--resource-policy', policyFor(accountId)) },
  {
    words: ({ accountId }) => onSecret('validate-resource-policy', '--resource-policy', policyFor(accountId)),
    shows: (answer) => expect(answer.PolicyValidationPassed).toBe(true),
  },
  {
    words: onSecret('get-resource-policy'),
    shows: ({ ResourcePolicy }, { accountId }) =>
      expect(JSON.parse(ResourcePolicy).Statement[0].Principal.AWS).toBe(`arn:aws:iam::${accountId}:root`),
  },
  { words: onSecret('delete-resource-policy') },
  { words: onSecret('put-resource-policy', '--resource-policy', '{}'), fails: 'MalformedPolicyDocumentException' },
  { words: onSecret('tag-resource', '--tags', 'Key=stage,Value=live') },
  { words: onSecret('untag-resource', '--tag-keys', 'team') },
  {
    words: secrets('get-random-password', '--password-length', '12', '--exclude-punctuation'),
    shows: (answer) => expect(answer.RandomPassword).toMatch(/^[A-Za-z0-9]{12}$/),
  },
  { words: onSecret('rotate-secret'), fails: 'InvalidRequestException' },
  { words: onSecret('delete-secret', '--recovery-window-in-days', '6'), fails: 'InvalidParameterException' },
  { words: onSecret('delete-secret', '--recovery-window-in-days', '7') },
  { words: onSecret('get-secret-value'), fails: 'InvalidRequestException' },
  { words: onSecret('restore-secret') },
  { words: onSecret('delete-secret', '--force-delete-without-recovery') },
  { words: onSecret('describe-secret'), fails: 'ResourceNotFoundException' },
];
