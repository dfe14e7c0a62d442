import { expect } from 'vitest';
import type { Answers, ContractCase } from '../case.ts';

const onKey =
  (more: object = {}) =>
  ({ key }: Answers) => ({ KeyId: key.KeyMetadata.KeyId, ...more });

export const cases: readonly ContractCase[] = [
  {
    service: 'kms',
    name: 'a key, its alias, and who may use it',
    users: {
      user: [{ Effect: 'Allow', Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' }],
      stranger: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    },
    steps: [
      {
        call: 'kms:CreateKey',
        with: { Description: 'pay', Tags: [{ TagKey: 'team', TagValue: 'pay' }] },
        name: 'key',
        shows: ({ KeyMetadata }) => expect(KeyMetadata.Arn).toContain(KeyMetadata.KeyId),
      },
      { call: 'kms:CreateAlias', with: ({ key }) => ({ AliasName: 'alias/pay', TargetKeyId: key.KeyMetadata.KeyId }) },
      {
        call: 'kms:DescribeKey',
        with: { KeyId: 'alias/pay' },
        shows: ({ KeyMetadata }, { key }) => expect(KeyMetadata.Arn).toBe(key.KeyMetadata.Arn),
      },
      {
        call: 'kms:ListKeys',
        shows: ({ Keys }, { key }) => expect(Keys).toMatchObject([{ KeyId: key.KeyMetadata.KeyId }]),
      },
      {
        call: 'kms:Encrypt',
        with: { KeyId: 'alias/pay', Plaintext: new TextEncoder().encode('attack at dawn') },
        as: 'user',
        name: 'sealed',
      },
      {
        call: 'kms:Decrypt',
        with: ({ sealed }) => ({ CiphertextBlob: sealed.CiphertextBlob }),
        as: 'user',
        shows: ({ Plaintext }) => expect(new TextDecoder().decode(Plaintext)).toBe('attack at dawn'),
      },
      {
        call: 'kms:Decrypt',
        with: ({ sealed }) => ({ CiphertextBlob: sealed.CiphertextBlob }),
        as: 'stranger',
        ends: 'AccessDeniedException',
      },
      {
        call: 'kms:GetKeyPolicy',
        with: onKey({ PolicyName: 'default' }),
        name: 'policy',
        shows: ({ Policy }) => expect(JSON.parse(Policy).Id).toBe('key-default-1'),
      },
      {
        call: 'kms:PutKeyPolicy',
        with: ({ key, policy }) => ({
          KeyId: key.KeyMetadata.KeyId,
          PolicyName: 'default',
          Policy: JSON.stringify({ ...JSON.parse(policy.Policy), Id: 'another' }),
        }),
      },
      { call: 'kms:DisableKey', with: onKey() },
      {
        call: 'kms:Encrypt',
        with: { KeyId: 'alias/pay', Plaintext: new Uint8Array([1]) },
        as: 'user',
        ends: 'DisabledException',
      },
      { call: 'kms:EnableKey', with: onKey() },
      { call: 'kms:EnableKeyRotation', with: onKey() },
      { call: 'kms:DisableKeyRotation', with: onKey() },
      {
        call: 'kms:ListKeyPolicies',
        with: onKey(),
        shows: ({ PolicyNames }) => expect(PolicyNames).toEqual(['default']),
      },
      { call: 'kms:TagResource', with: onKey({ Tags: [{ TagKey: 'stage', TagValue: 'live' }] }) },
      { call: 'kms:UntagResource', with: onKey({ TagKeys: ['team'] }) },
      {
        call: 'kms:ListResourceTags',
        with: onKey(),
        shows: ({ Tags }) => expect(Tags).toEqual([{ TagKey: 'stage', TagValue: 'live' }]),
      },
      { call: 'kms:UpdateKeyDescription', with: onKey({ Description: 'other' }) },
      { call: 'kms:CreateKey', name: 'other' },
      {
        call: 'kms:UpdateAlias',
        with: ({ other }) => ({ AliasName: 'alias/pay', TargetKeyId: other.KeyMetadata.KeyId }),
      },
      {
        call: 'kms:DescribeKey',
        with: { KeyId: 'alias/pay' },
        shows: ({ KeyMetadata }, { other }) => expect(KeyMetadata.KeyId).toBe(other.KeyMetadata.KeyId),
      },
      { call: 'kms:ScheduleKeyDeletion', with: onKey({ PendingWindowInDays: 7 }) },
      {
        call: 'kms:DescribeKey',
        with: onKey(),
        shows: ({ KeyMetadata }) => expect(KeyMetadata.KeyState).toBe('PendingDeletion'),
      },
      { call: 'kms:CancelKeyDeletion', with: onKey() },
      { call: 'kms:DeleteAlias', with: { AliasName: 'alias/pay' } },
      { call: 'kms:DescribeKey', with: { KeyId: 'alias/pay' }, ends: 'NotFoundException' },
      { call: 'kms:DescribeKey', with: { KeyId: 'alias/none' }, ends: 'NotFoundException' },
      { call: 'kms:DescribeKey', with: onKey(), as: 'stranger', ends: 'AccessDeniedException' },
    ],
  },
];
