import { expect } from 'vitest';
import type { Answers, ServiceCall } from './case.ts';

const keyId = ({ key }: Answers): string => key.KeyMetadata.KeyId;
const kms = (command: string, ...more: readonly string[]) => ['kms', command, ...more];
const onKey =
  (command: string, ...more: readonly string[]) =>
  (answers: Answers) =>
    kms(command, '--key-id', keyId(answers), ...more);
const context = ['--encryption-context', 'team=pay,stage=live'];

export const calls: readonly ServiceCall[] = [
  { words: kms('create-key', '--description', 'pay', '--tags', 'TagKey=team,TagValue=pay'), name: 'key' },
  {
    words: (answers) => kms('create-alias', '--alias-name', 'alias/pay', '--target-key-id', keyId(answers)),
  },
  {
    words: kms('describe-key', '--key-id', 'alias/pay'),
    shows: (answer, { key }) => expect(answer.KeyMetadata).toEqual(key.KeyMetadata),
  },
  {
    words: kms('list-keys'),
    shows: (answer, answers) => expect(answer.Keys).toMatchObject([{ KeyId: keyId(answers) }]),
  },
  {
    words: kms('list-aliases'),
    shows: ({ Aliases }, answers) =>
      expect(Aliases).toContainEqual(expect.objectContaining({ AliasName: 'alias/pay', TargetKeyId: keyId(answers) })),
  },
  {
    words: kms('encrypt', '--key-id', 'alias/pay', '--plaintext', 'attack at dawn', ...context),
    name: 'sealed',
  },
  {
    words: ({ sealed }) => kms('decrypt', '--ciphertext-blob', sealed.CiphertextBlob),
    // The CLI of version 1 takes a blob as bytes: base64 is no ciphertext.
    fails: 'InvalidCiphertextException',
  },
  {
    words: kms('generate-data-key', '--key-id', 'alias/pay', '--key-spec', 'AES_256', ...context),
    shows: ({ Plaintext }) => expect(Buffer.from(Plaintext, 'base64')).toHaveLength(32),
  },
  { words: kms('generate-data-key-without-plaintext', '--key-id', 'alias/pay', '--number-of-bytes', '16') },
  { words: kms('generate-data-key', '--key-id', 'alias/pay'), fails: 'ValidationException' },
  {
    words: kms('generate-random', '--number-of-bytes', '8'),
    shows: ({ Plaintext }) => expect(Buffer.from(Plaintext, 'base64')).toHaveLength(8),
  },
  {
    words: onKey('get-key-policy', '--policy-name', 'default'),
    name: 'policy',
    shows: ({ Policy }) => expect(JSON.parse(Policy).Id).toBe('key-default-1'),
  },
  {
    words: (answers) =>
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
    words: onKey('list-key-policies'),
    shows: (answer) => expect(answer.PolicyNames).toEqual(['default']),
  },
  {
    words: ({ accountId, ...answers }) =>
      kms(
        'create-grant',
        '--key-id',
        keyId(answers),
        '--grantee-principal',
        `arn:aws:iam::${accountId}:user/Admin`,
        '--operations',
        'Decrypt',
        'RetireGrant',
        '--constraints',
        'EncryptionContextSubset={team=pay}',
      ),
    name: 'grant',
  },
  {
    words: onKey('list-grants'),
    shows: (answer, { grant }) => expect(answer.Grants).toMatchObject([{ GrantId: grant.GrantId }]),
  },
  {
    words: ({ accountId }) =>
      kms('list-retirable-grants', '--retiring-principal', `arn:aws:iam::${accountId}:user/Admin`),
    shows: (answer) => expect(answer.Grants).toEqual([]),
  },
  { words: ({ grant }) => kms('retire-grant', '--grant-token', grant.GrantToken) },
  {
    words: (answers) => kms('revoke-grant', '--key-id', keyId(answers), '--grant-id', answers['grant'].GrantId),
    fails: 'NotFoundException',
  },
  { words: onKey('tag-resource', '--tags', 'TagKey=stage,TagValue=live') },
  { words: onKey('untag-resource', '--tag-keys', 'team') },
  {
    words: onKey('list-resource-tags'),
    shows: (answer) => expect(answer.Tags).toEqual([{ TagKey: 'stage', TagValue: 'live' }]),
  },
  { words: onKey('enable-key-rotation', '--rotation-period-in-days', '180') },
  {
    words: onKey('get-key-rotation-status'),
    shows: (answer) => expect(answer).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 180 }),
  },
  { words: onKey('disable-key-rotation') },
  { words: onKey('update-key-description', '--description', 'new') },
  { words: onKey('disable-key') },
  { words: kms('encrypt', '--key-id', 'alias/pay', '--plaintext', 'x'), fails: 'DisabledException' },
  { words: onKey('enable-key') },
  { words: kms('delete-alias', '--alias-name', 'alias/pay') },
  { words: kms('describe-key', '--key-id', 'alias/pay'), fails: 'NotFoundException' },
  {
    words: onKey('schedule-key-deletion', '--pending-window-in-days', '7'),
    shows: (answer) => expect(answer.KeyState).toBe('PendingDeletion'),
  },
  { words: onKey('enable-key'), fails: 'KMSInvalidStateException' },
  { words: onKey('cancel-key-deletion') },
  {
    words: kms('describe-key', '--key-id', 'alias/aws/s3'),
    shows: (answer) => expect(answer.KeyMetadata.KeyManager).toBe('AWS'),
  },
];
