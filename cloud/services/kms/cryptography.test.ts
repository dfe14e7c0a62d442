import { beforeEach, describe, expect, it } from 'vitest';
import {
  accountId,
  allow,
  deny,
  type Output,
  partnerId,
  partnerRoot,
  policy,
  root,
  Sandbox,
  text,
} from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let key: Output;
beforeEach(() => {
  sandbox = new Sandbox();
  key = sandbox.call('kms:CreateKey').KeyMetadata;
});

const secret = text('attack at dawn');
const EncryptionContext = { team: 'pay', Stage: 'live' };
const encrypt = (more: object = {}, caller = root): Uint8Array =>
  sandbox.call('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret, ...more }, caller).CiphertextBlob;
const decrypt = (CiphertextBlob: Uint8Array, more: object = {}, caller = root): Output =>
  sandbox.call('kms:Decrypt', { CiphertextBlob, ...more }, caller);
const refusal = (name: string, input: object, caller = root) => sandbox.fail(name, input, caller).code;

describe('Encrypt and Decrypt', () => {
  it('give back what was encrypted, under the key that the ciphertext names', () => {
    const answer = sandbox.call('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret });
    expect(answer).toMatchObject({ KeyId: key.Arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(Buffer.from(answer.CiphertextBlob).includes(Buffer.from(secret))).toBe(false);
    expect(decrypt(answer.CiphertextBlob)).toEqual({
      KeyId: key.Arn,
      Plaintext: secret,
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      KeyMaterialId: key.CurrentKeyMaterialId,
    });
    expect(sandbox.asked('kms:Decrypt', { CiphertextBlob: answer.CiphertextBlob })).toEqual([`kms:Decrypt ${key.Arn}`]);
    expect(encrypt()).not.toEqual(encrypt());
  });

  it('only with the same encryption context, in any order', () => {
    const ciphertext = encrypt({ EncryptionContext });
    expect(decrypt(ciphertext, { EncryptionContext: { Stage: 'live', team: 'pay' } }).Plaintext).toEqual(secret);
    for (const wrong of [{}, { team: 'pay' }, { ...EncryptionContext, more: '1' }, { team: 'pay', Stage: 'test' }]) {
      const error = sandbox.fail('kms:Decrypt', { CiphertextBlob: ciphertext, EncryptionContext: wrong });
      expect([error.code, error.message]).toEqual(['InvalidCiphertextException', '']);
    }
  });

  it('every byte of a ciphertext counts', () => {
    const ciphertext = encrypt();
    for (let place = 0; place < ciphertext.length; place += 1) {
      const changed = ciphertext.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(['InvalidCiphertextException', 'AccessDeniedException']).toContain(
        refusal('kms:Decrypt', { CiphertextBlob: changed }),
      );
    }
    expect(refusal('kms:Decrypt', { CiphertextBlob: text('nothing') })).toBe('InvalidCiphertextException');
    expect(refusal('kms:Decrypt', {})).toBe('ValidationException');
  });

  it('a key that the request names must be the one of the ciphertext', () => {
    const other = sandbox.call('kms:CreateKey').KeyMetadata;
    const ciphertext = encrypt();
    decrypt(ciphertext, { KeyId: key.Arn });
    expect(refusal('kms:Decrypt', { CiphertextBlob: ciphertext, KeyId: other.KeyId })).toBe('IncorrectKeyException');
  });

  it('hold plaintexts to 4096 bytes, and DryRun to the permissions', () => {
    encrypt({ Plaintext: new Uint8Array(4096) });
    const refused = (Plaintext: Uint8Array) => refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext });
    expect(refused(new Uint8Array(4097))).toBe('ValidationException');
    expect(refused(new Uint8Array())).toBe('ValidationException');
    expect(refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret, DryRun: true })).toBe(
      'DryRunOperationException',
    );
    expect(
      refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }),
    ).toBe('InvalidKeyUsageException');
  });

  it('a ciphertext of a deleted key, or of another region, is of an unknown key', () => {
    const ciphertext = encrypt();
    sandbox.region = 'eu-west-1';
    expect(refusal('kms:Decrypt', { CiphertextBlob: ciphertext })).toBe('AccessDeniedException');
    sandbox.region = 'us-east-1';
    sandbox.call('kms:ScheduleKeyDeletion', { KeyId: key.KeyId, PendingWindowInDays: 7 });
    sandbox.now += 8 * 86_400_000;
    sandbox.pass();
    expect(sandbox.fail('kms:Decrypt', { CiphertextBlob: ciphertext }).message).toMatch(/^The ciphertext refers to/);
  });
});

describe('GenerateDataKey', () => {
  it('gives a key in the clear and encrypted', () => {
    const answer = sandbox.call('kms:GenerateDataKey', { KeyId: key.Arn, KeySpec: 'AES_256', EncryptionContext });
    expect(answer.Plaintext).toHaveLength(32);
    expect(decrypt(answer.CiphertextBlob, { EncryptionContext }).Plaintext).toEqual(answer.Plaintext);
    const sealed = sandbox.call('kms:GenerateDataKeyWithoutPlaintext', { KeyId: key.Arn, NumberOfBytes: 24 });
    expect(sealed).not.toHaveProperty('Plaintext');
    expect(decrypt(sealed.CiphertextBlob).Plaintext).toHaveLength(24);
  });

  it.each([{}, { KeySpec: 'AES_128', NumberOfBytes: 16 }])('refuses %j', (input) => {
    expect(sandbox.fail('kms:GenerateDataKey', { KeyId: key.Arn, ...input }).message).toBe(
      'Please specify either number of bytes or key spec.',
    );
  });

  it('GenerateRandom needs a number', () => {
    expect(sandbox.call('kms:GenerateRandom', { NumberOfBytes: 44 }).Plaintext).toHaveLength(44);
    expect(sandbox.fail('kms:GenerateRandom', {}).message).toBe('NumberOfBytes is required.');
    expect(refusal('kms:GenerateRandom', { NumberOfBytes: 1025 })).toBe('ValidationException');
  });
});

describe('ReEncrypt', () => {
  it('needs both permissions, and moves a ciphertext to another key and context', () => {
    const other = sandbox.call('kms:CreateKey').KeyMetadata;
    const input = {
      CiphertextBlob: encrypt({ EncryptionContext }),
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: other.KeyId,
      DestinationEncryptionContext: { moved: 'yes' },
    };
    expect(sandbox.asked('kms:ReEncrypt', input)).toEqual([
      `kms:ReEncryptFrom ${key.Arn}`,
      `kms:ReEncryptTo ${other.Arn}`,
    ]);
    const answer = sandbox.call('kms:ReEncrypt', input);
    expect(answer).toMatchObject({ SourceKeyId: key.Arn, KeyId: other.Arn });
    expect(decrypt(answer.CiphertextBlob, { EncryptionContext: { moved: 'yes' } }).Plaintext).toEqual(secret);
    const bea = sandbox.user('Bea', allow('kms:*'), deny('kms:ReEncryptTo', other.Arn));
    expect(refusal('kms:ReEncrypt', input, bea)).toBe('AccessDeniedException');
  });
});

describe('the condition keys', () => {
  const context = (name: string, input: object) =>
    sandbox
      .perform(name, input)
      .decisions.map(({ request }) =>
        Object.fromEntries(Object.entries(request.context).filter(([key]) => key.startsWith('kms:'))),
      );

  it('say how the key is named, what it is, who calls, and the encryption context', () => {
    sandbox.call('kms:CreateAlias', { AliasName: 'alias/pay', TargetKeyId: key.KeyId });
    expect(context('kms:Encrypt', { KeyId: 'alias/pay', Plaintext: secret, EncryptionContext })).toEqual([
      {
        'kms:CallerAccount': accountId,
        'kms:KeySpec': 'SYMMETRIC_DEFAULT',
        'kms:KeyUsage': 'ENCRYPT_DECRYPT',
        'kms:KeyOrigin': 'AWS_KMS',
        'kms:MultiRegion': 'false',
        'kms:ResourceAliases': ['alias/pay'],
        'kms:RequestAlias': 'alias/pay',
        'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
        'kms:EncryptionContext:team': 'pay',
        'kms:EncryptionContext:Stage': 'live',
        'kms:EncryptionContextKeys': ['team', 'Stage'],
      },
    ]);
  });

  it('hold a user to one encryption context', () => {
    const bea = sandbox.user(
      'Bea',
      allow('kms:Decrypt', key.Arn, { Condition: { StringEquals: { 'kms:EncryptionContext:team': 'pay' } } }),
    );
    expect(decrypt(encrypt({ EncryptionContext }), { EncryptionContext }, bea).Plaintext).toEqual(secret);
    expect(refusal('kms:Decrypt', { CiphertextBlob: encrypt() }, bea)).toBe('AccessDeniedException');
  });

  it('hold a user to keys by their aliases', () => {
    const bea = sandbox.user(
      'Bea',
      allow('kms:Encrypt', '*', { Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/pay' } } }),
    );
    expect(refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret }, bea)).toBe('AccessDeniedException');
    sandbox.call('kms:CreateAlias', { AliasName: 'alias/pay', TargetKeyId: key.KeyId });
    encrypt({}, bea);
  });
});

describe('the key policy', () => {
  const delegating = { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${accountId}:root` } };

  it('that does not name the account leaves identity policies without effect', () => {
    const bea = sandbox.user('Bea', allow('kms:*'));
    const cal = sandbox.user('Cal');
    const only = { ...allow('kms:*'), Principal: { AWS: `arn:aws:iam::${accountId}:user/Cal` } };
    encrypt({}, bea);
    sandbox.call('kms:PutKeyPolicy', {
      KeyId: key.KeyId,
      Policy: policy(only),
      BypassPolicyLockoutSafetyCheck: true,
    });
    expect(refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret }, bea)).toBe('AccessDeniedException');
    expect(refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret })).toBe('AccessDeniedException');
    encrypt({}, cal);
    const shown = sandbox.call('kms:GetKeyPolicy', { KeyId: key.KeyId }, cal).Policy;
    expect(JSON.parse(shown).Statement[0].Principal.AWS).toBe(`arn:aws:iam::${accountId}:user/Cal`);
  });

  it('is not saved where it locks its writer out, unless the check is bypassed', () => {
    const bea = sandbox.user('Bea', allow('kms:*'));
    const denying = { ...deny('kms:PutKeyPolicy'), Principal: { AWS: `arn:aws:iam::${accountId}:user/Bea` } };
    const input = { KeyId: key.KeyId, Policy: policy(delegating, denying) };
    expect(sandbox.fail('kms:PutKeyPolicy', input, bea).message).toBe(
      'The new key policy will not allow you to update the key policy in the future.',
    );
    sandbox.call('kms:PutKeyPolicy', { ...input, BypassPolicyLockoutSafetyCheck: true }, bea);
    expect(refusal('kms:PutKeyPolicy', input, bea)).toBe('AccessDeniedException');
    expect(refusal('kms:PutKeyPolicy', { ...input, Policy: 'x'.repeat(40_000) })).toBe('LimitExceededException');
  });

  it('across accounts both sides must allow', () => {
    const ciphertext = encrypt();
    const use = (caller = partnerRoot) => sandbox.perform('kms:Decrypt', { CiphertextBlob: ciphertext }, caller);
    expect(use().outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDeniedException' } });
    const theirs = { ...allow('kms:Decrypt'), Principal: { AWS: partnerId } };
    sandbox.call('kms:PutKeyPolicy', { KeyId: key.KeyId, Policy: policy(delegating, theirs) });
    expect(use().outcome.kind).toBe('ok');
    expect(refusal('kms:Encrypt', { KeyId: key.Arn, Plaintext: secret }, partnerRoot)).toBe('AccessDeniedException');
  });
});
