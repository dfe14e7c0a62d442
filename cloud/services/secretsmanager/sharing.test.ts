import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, partnerId, partnerRoot, policy, root, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const ClientRequestToken = '00000000-0000-4000-8000-000000000001';
const another = '00000000-0000-4000-8000-000000000002';
const create = (more: object = {}, caller = root): Output =>
  sandbox.call('secretsmanager:CreateSecret', { Name: 'a', SecretString: 'one', ClientRequestToken, ...more }, caller);
const share = (ResourcePolicy: string, more: object = {}) =>
  sandbox.call('secretsmanager:PutResourcePolicy', { SecretId: 'a', ResourcePolicy, ...more });
const refusal = (operation: string, input: object, caller = root) => {
  const { code, message } = sandbox.fail(`secretsmanager:${operation}`, input, caller);
  return [code, message];
};
const forPartner = { ...allow('secretsmanager:GetSecretValue'), Principal: { AWS: partnerId } };
const key = (...more: object[]): Output =>
  sandbox.call('kms:CreateKey', {
    Policy: policy({ ...allow('kms:*'), Principal: { AWS: accountId } }, ...more),
  }).KeyMetadata;

describe('the resource policy', () => {
  it('is saved, shown and taken away', () => {
    const { ARN } = create();
    const bea = sandbox.user('Bea');
    expect(sandbox.call('secretsmanager:GetResourcePolicy', { SecretId: 'a' })).toEqual({ ARN, Name: 'a' });
    const forBea = { ...forPartner, Principal: { AWS: `arn:aws:iam::${accountId}:user/Bea` } };
    expect(share(policy(forBea))).toEqual({ ARN, Name: 'a' });
    sandbox.call('secretsmanager:GetSecretValue', { SecretId: 'a' }, bea);
    const { ResourcePolicy } = sandbox.call('secretsmanager:GetResourcePolicy', { SecretId: 'a' });
    expect(JSON.parse(ResourcePolicy).Statement).toEqual([forBea]);
    sandbox.call('secretsmanager:DeleteResourcePolicy', { SecretId: 'a' });
    expect(refusal('GetSecretValue', { SecretId: 'a' }, bea)[0]).toBe('AccessDeniedException');
  });

  it.each([
    ['{', 'MalformedPolicyDocumentException', 'This resource policy contains a syntax error.'],
    [policy(allow('secretsmanager:*')), 'MalformedPolicyDocumentException', 'This resource policy contains a syntax'],
    [
      policy({ ...forPartner, Principal: { AWS: `arn:aws:iam::${accountId}:user/Nobody` } }),
      'MalformedPolicyDocumentException',
      'This resource policy contains an unsupported principal.',
    ],
    [
      policy({ ...forPartner, Action: 's3:*' }),
      'MalformedPolicyDocumentException',
      'This resource policy contains an unsupported action.',
    ],
  ])('%s is refused', (ResourcePolicy, code, message) => {
    create();
    const [seen, text] = refusal('PutResourcePolicy', { SecretId: 'a', ResourcePolicy });
    expect(seen).toBe(code);
    expect(text).toContain(message);
    expect(refusal('ValidateResourcePolicy', { ResourcePolicy })[0]).toBe(code);
  });

  it('that is public is blocked where that is asked for', () => {
    create();
    const open = policy({ ...forPartner, Principal: '*' });
    expect(refusal('PutResourcePolicy', { SecretId: 'a', ResourcePolicy: open, BlockPublicPolicy: true })[0]).toBe(
      'PublicPolicyException',
    );
    const validate = (ResourcePolicy: string) =>
      sandbox.call('secretsmanager:ValidateResourcePolicy', { SecretId: 'a', ResourcePolicy }).PolicyValidationPassed;
    expect(validate(open)).toBe(false);
    expect(validate(policy(forPartner))).toBe(true);
    share(open);
    share(policy(forPartner), { BlockPublicPolicy: true });
    const bea = sandbox.user(
      'Bea',
      allow('secretsmanager:PutResourcePolicy', '*', {
        Condition: { Bool: { 'secretsmanager:BlockPublicPolicy': 'true' } },
      }),
    );
    const input = { SecretId: 'a', ResourcePolicy: policy(forPartner) };
    expect(refusal('PutResourcePolicy', input, bea)[0]).toBe('AccessDeniedException');
    sandbox.call('secretsmanager:PutResourcePolicy', { ...input, BlockPublicPolicy: true }, bea);
  });
});

describe('across accounts', () => {
  it("a secret under the account's managed key is not read, whatever its policy says", () => {
    const { ARN } = create();
    expect(refusal('GetSecretValue', { SecretId: ARN }, partnerRoot)[1]).toContain('is not authorized to perform');
    share(policy(forPartner));
    expect(refusal('GetSecretValue', { SecretId: ARN }, partnerRoot)).toEqual([
      'AccessDeniedException',
      'Access to KMS is not allowed',
    ]);
  });

  it("one under a customer's key is, where both policies and the caller's say so", () => {
    const { Arn, KeyId } = key();
    const { ARN } = create({ KmsKeyId: Arn });
    share(policy(forPartner));
    expect(refusal('GetSecretValue', { SecretId: ARN }, partnerRoot)[1]).toBe('Access to KMS is not allowed');
    const forSecret = {
      ...allow('kms:Decrypt'),
      Principal: { AWS: partnerId },
      Condition: {
        StringEquals: {
          'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com',
          'kms:EncryptionContext:SecretARN': ARN,
        },
      },
    };
    const delegating = { ...allow('kms:*'), Principal: { AWS: accountId } };
    sandbox.call('kms:PutKeyPolicy', { KeyId, Policy: policy(delegating, forSecret) });
    const read = sandbox.perform('secretsmanager:GetSecretValue', { SecretId: ARN }, partnerRoot);
    expect(read.outcome).toMatchObject({ kind: 'ok', output: { SecretString: 'one' } });
    // The key is of use through Secrets Manager alone, and each use is an event of its own.
    expect(read.inner).toMatchObject([{ request: { service: 'kms', operation: 'Decrypt' } }]);
    const direct = sandbox.call('kms:GenerateDataKey', { KeyId, KeySpec: 'AES_256' }).CiphertextBlob;
    expect(sandbox.fail('kms:Decrypt', { CiphertextBlob: direct }, partnerRoot).code).toBe('AccessDeniedException');
    expect(
      refusal('PutSecretValue', { SecretId: ARN, SecretString: 'x', ClientRequestToken: another }, partnerRoot)[0],
    ).toBe('AccessDeniedException');
  });
});

describe("a customer's key", () => {
  it('needs kms:GenerateDataKey and kms:Decrypt to be chosen, and to be read kms:Decrypt', () => {
    const { Arn } = key();
    const bea = sandbox.user('Bea', allow('secretsmanager:*'), allow('kms:GenerateDataKey'));
    expect(refusal('CreateSecret', { Name: 'a', SecretString: 'v', ClientRequestToken, KmsKeyId: Arn }, bea)).toEqual([
      'AccessDeniedException',
      'Access to KMS is not allowed',
    ]);
    expect(sandbox.world.accounts[accountId]?.secretsmanager.secrets).toEqual({});
    create({ KmsKeyId: Arn });
    expect(sandbox.call('secretsmanager:DescribeSecret', { SecretId: 'a' }).KmsKeyId).toBe(Arn);
    expect(refusal('GetSecretValue', { SecretId: 'a' }, bea)[1]).toBe('Access to KMS is not allowed');
    sandbox.call(
      'secretsmanager:PutSecretValue',
      { SecretId: 'a', SecretString: 'two', ClientRequestToken: another },
      bea,
    );
    const { Versions } = sandbox.call('secretsmanager:ListSecretVersionIds', { SecretId: 'a' });
    expect(Versions[0].KmsKeyIds).toEqual([Arn]);
    const cal = sandbox.user(
      'Cal',
      allow('secretsmanager:*'),
      allow('kms:Decrypt', Arn, {
        Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'secretsmanager.amazonaws.com' } },
      }),
    );
    expect(sandbox.call('secretsmanager:GetSecretValue', { SecretId: 'a' }, cal).SecretString).toBe('two');
  });

  it('is asked for by its ARN, however it is named', () => {
    const { Arn, KeyId } = key();
    sandbox.call('kms:CreateAlias', { AliasName: 'alias/pay', TargetKeyId: KeyId });
    const Condition = { StringEquals: { 'secretsmanager:KmsKeyArn': Arn } };
    const bea = sandbox.user('Bea', allow('secretsmanager:CreateSecret', '*', { Condition }), allow('kms:*'));
    expect(refusal('CreateSecret', { Name: 'a', ClientRequestToken }, bea)[0]).toBe('AccessDeniedException');
    const input = { Name: 'a', ClientRequestToken, KmsKeyId: 'alias/none' };
    expect(refusal('CreateSecret', input, bea)[0]).toBe('AccessDeniedException');
    create({ KmsKeyId: 'alias/pay' }, bea);
    const update = { SecretId: 'a', ClientRequestToken: another, KmsKeyId: 'alias/aws/secretsmanager' };
    expect(sandbox.perform('secretsmanager:UpdateSecret', update).decisions[0]?.request.context).toMatchObject({
      'secretsmanager:KmsKeyId': 'alias/aws/secretsmanager',
      'secretsmanager:KmsKeyArn': expect.stringMatching(/^arn:aws:kms:us-east-1:111122223333:key\//),
    });
  });

  it('that is disabled or gone leaves the value unreadable', () => {
    const { KeyId, Arn } = key();
    create({ KmsKeyId: KeyId });
    sandbox.call('kms:DisableKey', { KeyId });
    const [code, message] = refusal('GetSecretValue', { SecretId: 'a' });
    expect(code).toBe('DecryptionFailure');
    expect(message).toContain(`Secrets Manager can't decrypt the secret value: ${Arn} is disabled.`);
    const input = { SecretId: 'a', SecretString: 'two', ClientRequestToken: another };
    expect(refusal('PutSecretValue', input)[0]).toBe('EncryptionFailure');
  });

  it('that is changed encrypts what is current too, and the old one still opens it', () => {
    const [one, two] = [key(), key()];
    const { ARN } = create({ KmsKeyId: one.Arn });
    const update = (caller = root) => {
      const input = { SecretId: 'a', KmsKeyId: two.Arn, ClientRequestToken: another };
      return sandbox.perform('secretsmanager:UpdateSecret', input, caller);
    };
    const keys = () => sandbox.call('secretsmanager:ListSecretVersionIds', { SecretId: 'a' }).Versions[0].KmsKeyIds;
    // Who cannot decrypt by the old key leaves the version as it is.
    const bea = sandbox.user('Bea', allow('secretsmanager:*'), allow('kms:*', two.Arn));
    expect(update(bea).outcome.kind).toBe('ok');
    expect(keys()).toEqual([one.Arn]);
    sandbox.call('secretsmanager:UpdateSecret', { SecretId: 'a', KmsKeyId: one.Arn, ClientRequestToken: another });
    expect(update().outcome.kind).toBe('ok');
    expect(keys()).toEqual([two.Arn, one.Arn]);
    for (const each of [one, two]) {
      const reader = sandbox.user(`Of-${each.KeyId}`, allow('secretsmanager:*'), allow('kms:Decrypt', each.Arn));
      expect(sandbox.call('secretsmanager:GetSecretValue', { SecretId: ARN }, reader).SecretString).toBe('one');
    }
    const nobody = sandbox.user('Nobody', allow('secretsmanager:*'));
    expect(refusal('GetSecretValue', { SecretId: ARN }, nobody)[1]).toBe('Access to KMS is not allowed');
  });

  it('does not open to outsiders what was encrypted before it was chosen', () => {
    const { Arn } = key({ ...allow('kms:Decrypt'), Principal: { AWS: partnerId } });
    const { ARN } = create();
    share(policy(forPartner));
    // Kept from encrypting anew by the lack of kms:Encrypt.
    const bea = sandbox.user('Bea', allow('secretsmanager:*'), allow(['kms:GenerateDataKey', 'kms:Decrypt']));
    const update = { SecretId: 'a', KmsKeyId: Arn, ClientRequestToken: another };
    sandbox.call('secretsmanager:UpdateSecret', update, bea);
    expect(refusal('GetSecretValue', { SecretId: ARN }, partnerRoot)[1]).toBe('Access to KMS is not allowed');
    sandbox.call('secretsmanager:PutSecretValue', { SecretId: 'a', SecretString: 'two', ClientRequestToken: another });
    expect(sandbox.call('secretsmanager:GetSecretValue', { SecretId: ARN }, partnerRoot).SecretString).toBe('two');
  });

  it('is given up for the managed one, which is called for nobody', () => {
    const { Arn } = key();
    create({ KmsKeyId: Arn });
    const update = {
      SecretId: 'a',
      KmsKeyId: 'alias/aws/secretsmanager',
      SecretString: 'two',
      ClientRequestToken: another,
    };
    sandbox.call('secretsmanager:UpdateSecret', update);
    expect(refusal('UpdateSecret', update)[0]).toBe('ResourceExistsException');
    expect(sandbox.call('secretsmanager:DescribeSecret', { SecretId: 'a' })).not.toHaveProperty('KmsKeyId');
    expect(sandbox.perform('secretsmanager:GetSecretValue', { SecretId: 'a' }).inner).toEqual([]);
  });
});
