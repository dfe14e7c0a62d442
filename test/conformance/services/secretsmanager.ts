import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

const secrets = (command: string, ...more: readonly string[]) => ['secretsmanager', command, ...more];
const onSecret = (command: string, ...more: readonly string[]) => secrets(command, '--secret-id', 'app/db', ...more);

const policyFor = (accountId: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'secretsmanager:GetSecretValue', Resource: '*' },
    ],
  });

export const scenario: Scenario = {
  service: 'secretsmanager',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    {
      run: secrets(
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
    { run: secrets('create-secret', '--name', 'app/db'), ends: 'ResourceExistsException' },
    {
      run: onSecret('describe-secret'),
      shows: (answer, { secret }) =>
        expect(answer).toMatchObject({
          ARN: secret.ARN,
          Description: 'd',
          Tags: [{ Key: 'team', Value: 'pay' }],
          VersionIdsToStages: { [secret.VersionId]: ['AWSCURRENT'] },
        }),
    },
    {
      run: onSecret('get-secret-value'),
      shows: (answer, { secret }) =>
        expect(answer).toMatchObject({ ...secret, SecretString: '{"user":"app"}', VersionStages: ['AWSCURRENT'] }),
    },
    {
      run: ({ secret }) => secrets('get-secret-value', '--secret-id', secret.ARN.slice(0, -7)),
      shows: (answer, { secret }) => expect(answer.ARN).toBe(secret.ARN),
    },
    { run: onSecret('put-secret-value', '--secret-string', 'two'), name: 'two' },
    {
      run: onSecret('get-secret-value', '--version-stage', 'AWSPREVIOUS'),
      shows: (answer, { secret }) => expect(answer.VersionId).toBe(secret.VersionId),
    },
    {
      run: onSecret('list-secret-version-ids'),
      shows: (answer) => expect(answer.Versions).toHaveLength(2),
    },
    {
      run: ({ secret, two }) =>
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
    { run: onSecret('update-secret', '--description', 'new') },
    {
      run: secrets('list-secrets', '--filters', 'Key=name,Values=app'),
      shows: (answer) => expect(answer.SecretList).toMatchObject([{ Name: 'app/db', Description: 'new' }]),
    },
    {
      run: secrets('batch-get-secret-value', '--secret-id-list', 'app/db', 'none'),
      shows: (answer) =>
        expect(answer).toMatchObject({
          SecretValues: [{ Name: 'app/db' }],
          Errors: [{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }],
        }),
    },
    { run: ({ me }) => onSecret('put-resource-policy', '--resource-policy', policyFor(me.Account)) },
    {
      run: ({ me }) => onSecret('validate-resource-policy', '--resource-policy', policyFor(me.Account)),
      shows: (answer) => expect(answer.PolicyValidationPassed).toBe(true),
    },
    {
      run: onSecret('get-resource-policy'),
      shows: ({ ResourcePolicy }, { me }) =>
        expect(JSON.parse(ResourcePolicy).Statement[0].Principal.AWS).toBe(`arn:aws:iam::${me.Account}:root`),
    },
    { run: onSecret('delete-resource-policy') },
    { run: onSecret('put-resource-policy', '--resource-policy', '{}'), ends: 'MalformedPolicyDocumentException' },
    { run: onSecret('tag-resource', '--tags', 'Key=stage,Value=live') },
    { run: onSecret('untag-resource', '--tag-keys', 'team') },
    {
      run: secrets('get-random-password', '--password-length', '12', '--exclude-punctuation'),
      shows: (answer) => expect(answer.RandomPassword).toMatch(/^[A-Za-z0-9]{12}$/),
    },
    { run: onSecret('rotate-secret'), ends: 'InvalidRequestException' },
    { run: onSecret('delete-secret', '--recovery-window-in-days', '6'), ends: 'InvalidParameterException' },
    { run: onSecret('delete-secret', '--recovery-window-in-days', '7') },
    { run: onSecret('get-secret-value'), ends: 'InvalidRequestException' },
    { run: onSecret('restore-secret') },
    { run: onSecret('delete-secret', '--force-delete-without-recovery') },
    { run: onSecret('describe-secret'), ends: 'ResourceNotFoundException' },
  ],
};
