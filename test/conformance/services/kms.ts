import { expect } from 'vitest';
import type { Answers, Scenario } from './scenario.ts';

const keyId = ({ key }: Answers): string => key.KeyMetadata.KeyId;
const kms = (command: string, ...more: readonly string[]) => ['kms', command, ...more];
const onKey =
  (command: string, ...more: readonly string[]) =>
  (answers: Answers) =>
    kms(command, '--key-id', keyId(answers), ...more);
const context = ['--encryption-context', 'team=pay,stage=live'];

export const scenario: Scenario = {
  service: 'kms',
  steps: [
    { run: ['sts', 'get-caller-identity'], name: 'me' },
    { run: kms('create-key', '--description', 'pay', '--tags', 'TagKey=team,TagValue=pay'), name: 'key' },
    {
      run: (answers) => kms('create-alias', '--alias-name', 'alias/pay', '--target-key-id', keyId(answers)),
    },
    {
      run: kms('describe-key', '--key-id', 'alias/pay'),
      shows: (answer, { key }) => expect(answer.KeyMetadata).toEqual(key.KeyMetadata),
    },
    {
      run: kms('list-keys'),
      shows: (answer, answers) => expect(answer.Keys).toMatchObject([{ KeyId: keyId(answers) }]),
    },
    {
      run: kms('list-aliases'),
      shows: ({ Aliases }, answers) =>
        expect(Aliases).toContainEqual(
          expect.objectContaining({ AliasName: 'alias/pay', TargetKeyId: keyId(answers) }),
        ),
    },
    {
      run: kms('encrypt', '--key-id', 'alias/pay', '--plaintext', 'attack at dawn', ...context),
      name: 'sealed',
    },
    {
      run: ({ sealed }) => kms('decrypt', '--ciphertext-blob', sealed.CiphertextBlob),
      // The CLI of version 1 takes a blob as bytes: base64 is no ciphertext.
      ends: 'InvalidCiphertextException',
    },
    {
      run: kms('generate-data-key', '--key-id', 'alias/pay', '--key-spec', 'AES_256', ...context),
      shows: ({ Plaintext }) => expect(Buffer.from(Plaintext, 'base64')).toHaveLength(32),
    },
    { run: kms('generate-data-key-without-plaintext', '--key-id', 'alias/pay', '--number-of-bytes', '16') },
    { run: kms('generate-data-key', '--key-id', 'alias/pay'), ends: 'ValidationException' },
    {
      run: kms('generate-random', '--number-of-bytes', '8'),
      shows: ({ Plaintext }) => expect(Buffer.from(Plaintext, 'base64')).toHaveLength(8),
    },
    {
      run: onKey('get-key-policy', '--policy-name', 'default'),
      name: 'policy',
      shows: ({ Policy }) => expect(JSON.parse(Policy).Id).toBe('key-default-1'),
    },
    {
      run: (answers) =>
        kms(
          'put-key-policy',
          '--key-id',
          keyId(answers),
          '--policy-name',
          'default',
          '--policy',
          answers['policy'].Policy,
        ),
    },
    {
      run: onKey('list-key-policies'),
      shows: (answer) => expect(answer.PolicyNames).toEqual(['default']),
    },
    {
      run: ({ me, ...answers }) =>
        kms(
          'create-grant',
          '--key-id',
          keyId(answers),
          '--grantee-principal',
          `arn:aws:iam::${me.Account}:user/Admin`,
          '--operations',
          'Decrypt',
          'RetireGrant',
          '--constraints',
          'EncryptionContextSubset={team=pay}',
        ),
      name: 'grant',
    },
    {
      run: onKey('list-grants'),
      shows: (answer, { grant }) => expect(answer.Grants).toMatchObject([{ GrantId: grant.GrantId }]),
    },
    {
      run: ({ me }) => kms('list-retirable-grants', '--retiring-principal', `arn:aws:iam::${me.Account}:user/Admin`),
      shows: (answer) => expect(answer.Grants).toEqual([]),
    },
    { run: ({ grant }) => kms('retire-grant', '--grant-token', grant.GrantToken) },
    {
      run: (answers) => kms('revoke-grant', '--key-id', keyId(answers), '--grant-id', answers['grant'].GrantId),
      ends: 'NotFoundException',
    },
    { run: onKey('tag-resource', '--tags', 'TagKey=stage,TagValue=live') },
    { run: onKey('untag-resource', '--tag-keys', 'team') },
    {
      run: onKey('list-resource-tags'),
      shows: (answer) => expect(answer.Tags).toEqual([{ TagKey: 'stage', TagValue: 'live' }]),
    },
    { run: onKey('enable-key-rotation', '--rotation-period-in-days', '180') },
    {
      run: onKey('get-key-rotation-status'),
      shows: (answer) => expect(answer).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 }),
    },
    { run: onKey('disable-key-rotation') },
    { run: onKey('update-key-description', '--description', 'new') },
    { run: onKey('disable-key') },
    { run: kms('encrypt', '--key-id', 'alias/pay', '--plaintext', 'x'), ends: 'DisabledException' },
    { run: onKey('enable-key') },
    { run: kms('delete-alias', '--alias-name', 'alias/pay') },
    { run: kms('describe-key', '--key-id', 'alias/pay'), ends: 'NotFoundException' },
    {
      run: onKey('schedule-key-deletion', '--pending-window-in-days', '7'),
      shows: (answer) => expect(answer.KeyState).toBe('PendingDeletion'),
    },
    { run: onKey('enable-key'), ends: 'KMSInvalidStateException' },
    { run: onKey('cancel-key-deletion') },
    {
      run: kms('describe-key', '--key-id', 'alias/aws/s3'),
      shows: (answer) => expect(answer.KeyMetadata.KeyManager).toBe('AWS'),
    },
  ],
};
