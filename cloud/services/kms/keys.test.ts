import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, partnerId, partnerRoot, policy, root, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const day = 86_400_000;
const create = (more: object = {}): Output => sandbox.call('kms:CreateKey', more).KeyMetadata;
const describeKey = (KeyId: string) => sandbox.call('kms:DescribeKey', { KeyId }).KeyMetadata;
const refusal = (name: string, input: object, caller = root) => {
  const { code, message } = sandbox.fail(name, input, caller);
  return [code, message];
};

describe('CreateKey', () => {
  it('makes a symmetric key under the default key policy', () => {
    const key = create({ Description: 'payroll', Tags: [{ TagKey: 'team', TagValue: 'pay' }] });
    expect(key).toEqual({
      AWSAccountId: accountId,
      KeyId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      Arn: `arn:aws:kms:us-east-1:${accountId}:key/${key.KeyId}`,
      CreationDate: new Date('2026-01-05T12:00:00Z'),
      Enabled: true,
      Description: 'payroll',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(describeKey(key.Arn)).toEqual(key);
    const { Policy } = sandbox.call('kms:GetKeyPolicy', { KeyId: key.KeyId });
    expect(JSON.parse(Policy)).toMatchObject({ Id: 'key-default-1', Statement: [{ Action: 'kms:*' }] });
    expect(sandbox.call('kms:ListKeyPolicies', { KeyId: key.KeyId }).PolicyNames).toEqual(['default']);
    expect(sandbox.call('kms:ListResourceTags', { KeyId: key.KeyId }).Tags).toEqual([
      { TagKey: 'team', TagValue: 'pay' },
    ]);
  });

  it('with tags needs kms:TagResource too, with the tags in both', () => {
    const Tags = [{ TagKey: 'team', TagValue: 'pay' }];
    expect(sandbox.asked('kms:CreateKey', { Tags })).toEqual(['kms:CreateKey *', 'kms:TagResource *']);
    const bea = sandbox.user('Bea', allow('kms:CreateKey'));
    expect(refusal('kms:CreateKey', { Tags }, bea)[1]).toContain('kms:TagResource');
    const cal = sandbox.user(
      'Cal',
      allow(['kms:CreateKey', 'kms:TagResource'], '*', {
        Condition: { StringEquals: { 'aws:RequestTag/team': 'pay' } },
      }),
    );
    sandbox.call('kms:CreateKey', { Tags }, cal);
    expect(refusal('kms:CreateKey', {}, cal)[0]).toBe('AccessDeniedException');
  });

  it.each([
    [{ KeySpec: 'HMAC_256' }, 'ValidationException', 'You must specify a KeyUsage value for all KMS keys except for'],
    [{ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, 'UnsupportedOperationException', 'Keys of spec RSA_2048'],
    [{ KeyUsage: 'SIGN_VERIFY' }, 'ValidationException', 'KeyUsage SIGN_VERIFY is not compatible with'],
    [{ Origin: 'EXTERNAL' }, 'UnsupportedOperationException', 'Keys of origin EXTERNAL'],
    [{ MultiRegion: true }, 'UnsupportedOperationException', 'Multi-Region keys'],
    [{ KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT' }, 'ValidationException', 'You cannot'],
    [{ Tags: [{ TagKey: 'aws:x', TagValue: '' }] }, 'TagException', 'Tags beginning with aws: are reserved'],
    [{ Policy: '{' }, 'MalformedPolicyDocumentException', ''],
    [
      { Policy: policy({ ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${accountId}:user/Nobody` } }) },
      'MalformedPolicyDocumentException',
      'Policy contains a statement with one or more invalid principals.',
    ],
    [
      { Policy: policy({ ...allow('kms:*'), Principal: { AWS: partnerId } }) },
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    ],
  ])('refuses %j', (input, code, message) => {
    const error = sandbox.fail('kms:CreateKey', input);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(sandbox.world.accounts[accountId]?.kms.keys).toEqual({});
  });
});

describe('how a key is named', () => {
  it('by id, ARN, alias and the ARN of the alias', () => {
    const { KeyId, Arn } = create();
    sandbox.call('kms:CreateAlias', { AliasName: 'alias/pay', TargetKeyId: KeyId });
    for (const name of [KeyId, Arn, 'alias/pay', `arn:aws:kms:us-east-1:${accountId}:alias/pay`]) {
      expect(describeKey(name).Arn).toBe(Arn);
    }
    expect(sandbox.asked('kms:DescribeKey', { KeyId: 'alias/pay' })).toEqual([`kms:DescribeKey ${Arn}`]);
  });

  it.each([
    ['fake-key-id', "Invalid keyId 'fake-key-id'"],
    ['alias/none', `Alias arn:aws:kms:us-east-1:${accountId}:alias/none is not found.`],
    ['arn:aws:kms:eu-west-1:111122223333:key/134f2428-cec1-4b25-a1ae-9048164dba47', 'Invalid arn eu-west-1'],
    [
      '134f2428-cec1-4b25-a1ae-9048164dba47',
      `Key 'arn:aws:kms:us-east-1:${accountId}:key/134f2428-cec1-4b25-a1ae-9048164dba47' does not exist`,
    ],
  ])('%s is not found', (KeyId, message) => {
    expect(refusal('kms:DescribeKey', { KeyId })).toEqual(['NotFoundException', message]);
  });

  it('operations on the key itself take no alias', () => {
    const { KeyId } = create();
    sandbox.call('kms:CreateAlias', { AliasName: 'alias/pay', TargetKeyId: KeyId });
    for (const operation of ['DisableKey', 'ScheduleKeyDeletion', 'GetKeyPolicy', 'EnableKeyRotation']) {
      expect(refusal(`kms:${operation}`, { KeyId: 'alias/pay' })).toEqual([
        'NotFoundException',
        "Invalid keyId 'alias/pay'",
      ]);
    }
  });

  it('keys are of one region', () => {
    const { KeyId } = create();
    sandbox.region = 'eu-west-1';
    expect(refusal('kms:DescribeKey', { KeyId })[1]).toContain(`arn:aws:kms:eu-west-1:${accountId}:key/${KeyId}`);
    expect(sandbox.call('kms:ListKeys').Keys).toEqual([]);
  });
});

describe('AWS managed keys', () => {
  it('are made when their alias is described, and only through their service used', () => {
    const aliases = () => sandbox.call('kms:ListAliases').Aliases.filter(({ TargetKeyId }: Output) => TargetKeyId);
    expect(aliases()).toEqual([]);
    const key = describeKey('alias/aws/ssm');
    expect(key).toMatchObject({ KeyManager: 'AWS', Enabled: true });
    expect(describeKey('alias/aws/ssm')).toEqual(key);
    expect(describeKey(key.KeyId)).toEqual(key);
    expect(aliases()).toHaveLength(1);
    expect(sandbox.call('kms:GetKeyRotationStatus', { KeyId: key.KeyId }).KeyRotationEnabled).toBe(true);
    const bea = sandbox.user('Bea', allow('kms:*'));
    const Plaintext = new Uint8Array([1]);
    expect(refusal('kms:Encrypt', { KeyId: 'alias/aws/ssm', Plaintext }, bea)[0]).toBe('AccessDeniedException');
    expect(refusal('kms:DisableKey', { KeyId: key.KeyId }, bea)[0]).toBe('AccessDeniedException');
    expect(refusal('kms:PutKeyPolicy', { KeyId: key.KeyId, Policy: policy() })[0]).toBe('AccessDeniedException');
  });
});

describe('the states of a key', () => {
  it('a disabled key encrypts nothing until it is enabled', () => {
    const { KeyId, Arn } = create();
    sandbox.call('kms:DisableKey', { KeyId });
    expect(describeKey(KeyId)).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
    const Plaintext = new Uint8Array([1]);
    expect(refusal('kms:Encrypt', { KeyId, Plaintext })).toEqual(['DisabledException', `${Arn} is disabled.`]);
    expect(refusal('kms:EnableKeyRotation', { KeyId })[0]).toBe('DisabledException');
    sandbox.call('kms:EnableKey', { KeyId });
    sandbox.call('kms:Encrypt', { KeyId, Plaintext });
  });

  it('is deleted when its waiting period is over, with its aliases', () => {
    const { KeyId, Arn } = create();
    sandbox.call('kms:CreateAlias', { AliasName: 'alias/pay', TargetKeyId: KeyId });
    expect(sandbox.call('kms:ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })).toEqual({
      KeyId: Arn,
      DeletionDate: new Date('2026-01-12T12:00:00Z'),
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
    });
    const pending = ['KMSInvalidStateException', `${Arn} is pending deletion.`];
    expect(refusal('kms:Encrypt', { KeyId, Plaintext: new Uint8Array([1]) })).toEqual(pending);
    expect(refusal('kms:EnableKey', { KeyId })).toEqual(pending);
    expect(refusal('kms:ScheduleKeyDeletion', { KeyId })).toEqual(pending);
    expect(refusal('kms:CreateAlias', { AliasName: 'alias/b', TargetKeyId: KeyId })).toEqual(pending);
    sandbox.now += 7 * day - 1;
    sandbox.pass();
    expect(describeKey('alias/pay').DeletionDate).toEqual(new Date('2026-01-12T12:00:00Z'));
    sandbox.now += 1;
    sandbox.pass();
    expect(refusal('kms:DescribeKey', { KeyId })[1]).toBe(`Key '${Arn}' does not exist`);
    expect(sandbox.world.accounts[accountId]?.kms).toEqual({ keys: {}, aliases: {} });
  });

  it('is kept, but disabled, where the deletion is cancelled', () => {
    const { KeyId, Arn } = create();
    expect(refusal('kms:CancelKeyDeletion', { KeyId })).toEqual([
      'KMSInvalidStateException',
      `${Arn} is not pending deletion.`,
    ]);
    sandbox.call('kms:ScheduleKeyDeletion', { KeyId });
    expect(sandbox.call('kms:CancelKeyDeletion', { KeyId })).toEqual({ KeyId: Arn });
    sandbox.now += 31 * day;
    sandbox.pass();
    expect(describeKey(KeyId).KeyState).toBe('Disabled');
  });

  it.each([6, 31])('a waiting period of %i days is refused', (PendingWindowInDays) => {
    const { KeyId } = create();
    expect(refusal('kms:ScheduleKeyDeletion', { KeyId, PendingWindowInDays })[0]).toBe('ValidationException');
  });

  it('rotation has a date', () => {
    const { KeyId, Arn } = create();
    expect(sandbox.call('kms:GetKeyRotationStatus', { KeyId })).toEqual({ KeyId: Arn, KeyRotationEnabled: false });
    sandbox.call('kms:EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    sandbox.now += 100 * day;
    expect(sandbox.call('kms:GetKeyRotationStatus', { KeyId })).toEqual({
      KeyId: Arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(Date.UTC(2026, 0, 5, 12) + 180 * day),
    });
    sandbox.call('kms:DisableKeyRotation', { KeyId });
    expect(sandbox.call('kms:GetKeyRotationStatus', { KeyId }).KeyRotationEnabled).toBe(false);
  });
});

describe('lists and descriptions', () => {
  it('come in pages', () => {
    const ids = [create(), create(), create()].map(({ KeyId }) => KeyId).sort();
    const first = sandbox.call('kms:ListKeys', { Limit: 2 });
    expect(first).toMatchObject({ Truncated: true });
    const second = sandbox.call('kms:ListKeys', { Limit: 2, Marker: first.NextMarker });
    expect(second).not.toHaveProperty('NextMarker');
    expect([...first.Keys, ...second.Keys].map(({ KeyId }: Output) => KeyId)).toEqual(ids);
    expect(refusal('kms:ListKeys', { Marker: 'x' })[0]).toBe('InvalidMarkerException');
  });

  it('a description is changed', () => {
    const { KeyId } = create();
    sandbox.call('kms:UpdateKeyDescription', { KeyId, Description: 'new' });
    expect(describeKey(KeyId).Description).toBe('new');
  });

  it('tags are set and taken away, and decide', () => {
    const { KeyId } = create();
    const bea = sandbox.user(
      'Bea',
      allow('kms:DescribeKey', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'pay' } } }),
    );
    expect(refusal('kms:DescribeKey', { KeyId }, bea)[0]).toBe('AccessDeniedException');
    sandbox.call('kms:TagResource', { KeyId, Tags: [{ TagKey: 'team', TagValue: 'pay' }] });
    sandbox.call('kms:DescribeKey', { KeyId }, bea);
    sandbox.call('kms:UntagResource', { KeyId, TagKeys: ['team'] });
    expect(refusal('kms:DescribeKey', { KeyId }, bea)[0]).toBe('AccessDeniedException');
  });

  it('aliases are made, moved, listed and deleted', () => {
    const [one, two] = [create(), create()];
    const input = { AliasName: 'alias/pay', TargetKeyId: one.KeyId };
    sandbox.call('kms:CreateAlias', input);
    expect(refusal('kms:CreateAlias', input)).toEqual([
      'AlreadyExistsException',
      `An alias with the name arn:aws:kms:us-east-1:${accountId}:alias/pay already exists`,
    ]);
    expect(sandbox.asked('kms:UpdateAlias', { AliasName: 'alias/pay', TargetKeyId: two.KeyId })).toEqual([
      `kms:UpdateAlias arn:aws:kms:us-east-1:${accountId}:alias/pay`,
      `kms:UpdateAlias ${one.Arn}`,
      `kms:UpdateAlias ${two.Arn}`,
    ]);
    expect(sandbox.call('kms:ListAliases', { KeyId: one.KeyId }).Aliases).toEqual([]);
    expect(sandbox.call('kms:ListAliases', { KeyId: two.Arn }).Aliases).toMatchObject([{ AliasName: 'alias/pay' }]);
    sandbox.call('kms:DeleteAlias', { AliasName: 'alias/pay' });
    expect(refusal('kms:DeleteAlias', { AliasName: 'alias/pay' })[0]).toBe('NotFoundException');
  });

  it.each([
    ['pay', 'ValidationException'],
    ['alias/aws/pay', 'NotAuthorizedException'],
    ['alias/a b', 'InvalidAliasNameException'],
  ])('the alias %s is refused', (AliasName, code) => {
    const { KeyId } = create();
    const error = sandbox.fail('kms:CreateAlias', { AliasName, TargetKeyId: KeyId });
    expect([code, 'ValidationException']).toContain(error.code);
  });

  it('another account cannot manage a key, whatever its policies say', () => {
    const mine = { ...allow('kms:*'), Principal: { AWS: accountId } };
    const theirs = { ...allow('kms:*'), Principal: { AWS: partnerId } };
    const { Arn } = create({ Policy: policy(mine, theirs) });
    sandbox.call('kms:DescribeKey', { KeyId: Arn }, partnerRoot);
    for (const operation of ['DisableKey', 'ScheduleKeyDeletion', 'GetKeyPolicy', 'EnableKeyRotation']) {
      const [code, message] = refusal(`kms:${operation}`, { KeyId: Arn }, partnerRoot);
      expect(code).toBe('AccessDeniedException');
      expect(message).toContain('because the resource does not exist in this Region');
    }
  });
});
