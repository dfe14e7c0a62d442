import { expect } from 'vitest';
import type { ContractCase } from '../case.ts';

/** As every SDK gives one. */
const token = (n: number) => ({ ClientRequestToken: `00000000-0000-4000-8000-00000000000${n}` });

export const cases: readonly ContractCase[] = [
  {
    service: 'secretsmanager',
    name: 'a secret, its versions, and who may read it',
    users: {
      reader: [
        {
          Effect: 'Allow',
          Action: 'secretsmanager:GetSecretValue',
          Resource: 'arn:aws:secretsmanager:*:*:secret:pay-*',
        },
      ],
    },
    steps: [
      { call: 'kms:CreateKey', name: 'key' },
      {
        call: 'secretsmanager:CreateSecret',
        with: ({ key }) => ({
          ...token(5),
          Name: 'sealed',
          SecretString: 'deep',
          KmsKeyId: key.KeyMetadata.KeyId,
        }),
      },
      {
        call: 'secretsmanager:GetSecretValue',
        with: { SecretId: 'sealed' },
        shows: ({ SecretString }) => expect(SecretString).toBe('deep'),
      },
      {
        call: 'secretsmanager:DescribeSecret',
        with: { SecretId: 'sealed' },
        shows: ({ Tags = [] }) => expect(Tags).toEqual([]),
      },
      {
        call: 'secretsmanager:CreateSecret',
        with: {
          ...token(1),
          Name: 'pay',
          SecretString: 'first',
          Description: 'of pay',
          Tags: [{ Key: 'team', Value: 'pay' }],
        },
        name: 'made',
        shows: ({ ARN }) => expect(ARN).toMatch(/:secret:pay-\w{6}$/),
      },
      {
        call: 'secretsmanager:CreateSecret',
        with: { ...token(2), Name: 'other', SecretBinary: new Uint8Array([1, 2]) },
        name: 'other',
      },
      {
        call: 'secretsmanager:GetSecretValue',
        with: ({ made }) => ({ SecretId: made.ARN }),
        as: 'reader',
        shows: (answer, { made }) =>
          expect(answer).toMatchObject({ ARN: made.ARN, SecretString: 'first', VersionId: made.VersionId }),
      },
      { call: 'secretsmanager:GetSecretValue', with: { SecretId: 'pay' }, as: 'reader' },
      {
        call: 'secretsmanager:GetSecretValue',
        with: { SecretId: 'other' },
        as: 'reader',
        ends: 'AccessDeniedException',
      },
      {
        call: 'secretsmanager:PutSecretValue',
        with: { ...token(3), SecretId: 'pay', SecretString: 'second' },
        name: 'put',
      },
      {
        call: 'secretsmanager:GetSecretValue',
        with: { SecretId: 'pay', VersionStage: 'AWSPREVIOUS' },
        shows: ({ SecretString }) => expect(SecretString).toBe('first'),
      },
      {
        call: 'secretsmanager:ListSecretVersionIds',
        with: { SecretId: 'pay' },
        shows: ({ Versions }, { put, made }) =>
          expect(Versions.map(({ VersionId }: { VersionId: string }) => VersionId).sort()).toEqual(
            [put.VersionId, made.VersionId].sort(),
          ),
      },
      { call: 'secretsmanager:UpdateSecret', with: { ...token(4), SecretId: 'pay', Description: 'changed' } },
      {
        call: 'secretsmanager:DescribeSecret',
        with: { SecretId: 'pay' },
        shows: (answer) =>
          expect(answer).toMatchObject({ Description: 'changed', Tags: [{ Key: 'team', Value: 'pay' }] }),
      },
      { call: 'secretsmanager:TagResource', with: { SecretId: 'pay', Tags: [{ Key: 'stage', Value: 'live' }] } },
      { call: 'secretsmanager:UntagResource', with: { SecretId: 'pay', TagKeys: ['team'] } },
      {
        call: 'secretsmanager:PutResourcePolicy',
        with: ({ account }) => ({
          SecretId: 'other',
          ResourcePolicy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${account}:user/reader` },
                Action: 'secretsmanager:GetSecretValue',
                Resource: '*',
              },
            ],
          }),
        }),
      },
      { call: 'secretsmanager:GetSecretValue', with: { SecretId: 'other' }, as: 'reader' },
      {
        call: 'secretsmanager:GetResourcePolicy',
        with: { SecretId: 'other' },
        shows: ({ ResourcePolicy }, { account }) =>
          expect(JSON.parse(ResourcePolicy).Statement[0].Principal.AWS).toBe(`arn:aws:iam::${account}:user/reader`),
      },
      {
        call: 'secretsmanager:ListSecrets',
        shows: ({ SecretList }) =>
          expect(SecretList.map(({ Name }: { Name: string }) => Name).sort()).toEqual(['other', 'pay', 'sealed']),
      },
      {
        call: 'secretsmanager:BatchGetSecretValue',
        with: { SecretIdList: ['pay', 'other'] },
        shows: ({ SecretValues }) => expect(SecretValues).toHaveLength(2),
      },
      {
        call: 'secretsmanager:UpdateSecretVersionStage',
        with: ({ made, put }) => ({
          SecretId: 'pay',
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: made.VersionId,
          RemoveFromVersionId: put.VersionId,
        }),
      },
      {
        call: 'secretsmanager:GetSecretValue',
        with: { SecretId: 'pay' },
        shows: ({ SecretString }) => expect(SecretString).toBe('first'),
      },
      { call: 'secretsmanager:DeleteResourcePolicy', with: { SecretId: 'other' } },
      { call: 'secretsmanager:DeleteSecret', with: { SecretId: 'other', RecoveryWindowInDays: 30 } },
      { call: 'secretsmanager:GetSecretValue', with: { SecretId: 'other' }, ends: 'InvalidRequestException' },
      { call: 'secretsmanager:RestoreSecret', with: { SecretId: 'other' } },
      { call: 'secretsmanager:GetSecretValue', with: { SecretId: 'none' }, ends: 'ResourceNotFoundException' },
    ],
  },
];
