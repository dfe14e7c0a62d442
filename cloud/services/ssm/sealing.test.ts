import { fromBase64 } from '@smithy/core/serde';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountId, allow, type Output, root, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let key: Output;
beforeEach(() => {
  sandbox = new Sandbox();
  key = sandbox.call('kms:CreateKey').KeyMetadata;
});

const arn = (name: string) => `arn:aws:ssm:us-east-1:${accountId}:parameter/${name}`;
const put = (more: object = {}, caller = root) =>
  sandbox.perform(
    'ssm:PutParameter',
    { Name: '/app/db', Value: 'secret', Type: 'SecureString', KeyId: key.KeyId, ...more },
    caller,
  );
const called = ({ inner }: ReturnType<Sandbox['perform']>) => inner.map(({ request }) => request.operation);

describe("a SecureString under a customer's key", () => {
  it('is encrypted and decrypted by KMS on behalf of the caller, in the context of its ARN', () => {
    const made = put();
    expect(called(made)).toEqual(['Encrypt']);
    expect(made.inner[0]?.request).toMatchObject({
      by: { service: 'ssm.amazonaws.com', calledVia: ['ssm.amazonaws.com'] },
      input: { EncryptionContext: { PARAMETER_ARN: arn('app/db') } },
    });
    const plain = sandbox.perform('ssm:GetParameter', { Name: '/app/db', WithDecryption: true });
    expect(called(plain)).toEqual(['Decrypt']);
    expect(plain.outcome).toMatchObject({ output: { Parameter: { Value: 'secret' } } });
    const stored = sandbox.perform('ssm:GetParameter', { Name: '/app/db' });
    expect(called(stored)).toEqual([]);
    // What is shown without decryption is the ciphertext itself.
    const { Value } = (stored.outcome as { output: Output }).output.Parameter;
    const decrypted = sandbox.call('kms:Decrypt', {
      CiphertextBlob: fromBase64(Value),
      EncryptionContext: { PARAMETER_ARN: arn('app/db') },
    });
    expect(new TextDecoder().decode(decrypted.Plaintext)).toBe('secret');
  });

  it('of the advanced tier is under a data key', () => {
    expect(called(put({ Tier: 'Advanced', Value: 'x'.repeat(5000) }))).toEqual(['GenerateDataKey']);
    for (const operation of ['GetParameters', 'GetParametersByPath', 'GetParameterHistory']) {
      const input = { Name: '/app/db', Names: ['/app/db'], Path: '/app', WithDecryption: true };
      expect(called(sandbox.perform(`ssm:${operation}`, input)), operation).toEqual(['Decrypt']);
    }
  });

  it('needs the permission on the key', () => {
    const bea = sandbox.user('Bea', allow('ssm:*'));
    expect(put({}, bea).outcome).toMatchObject({ kind: 'error', error: { code: 'AccessDeniedException' } });
    put();
    const read = { Name: '/app/db', WithDecryption: true };
    const error = sandbox.fail('ssm:GetParameter', read, bea);
    expect(error.code).toBe('AccessDeniedException');
    expect(error.message).toContain('kms:Decrypt');
    expect(error.message).toContain('(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException');
    const via = { StringEquals: { 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' } };
    const cal = sandbox.user('Cal', allow('ssm:*'), allow('kms:Decrypt', key.Arn, { Condition: via }));
    expect(sandbox.call('ssm:GetParameter', read, cal).Parameter.Value).toBe('secret');
  });

  it('names a key that there is', () => {
    expect(
      sandbox.fail('ssm:PutParameter', { Name: 'p', Value: 'v', Type: 'SecureString', KeyId: 'alias/none' }),
    ).toMatchObject({ code: 'InvalidKeyId', message: expect.stringContaining('alias/none is not found.') });
    put();
    sandbox.call('kms:DisableKey', { KeyId: key.KeyId });
    expect(sandbox.fail('ssm:GetParameter', { Name: '/app/db', WithDecryption: true }).code).toBe('InvalidKeyId');
  });

  it("of the account's managed key is called for nobody", () => {
    expect(called(put({ KeyId: 'alias/aws/ssm' }))).toEqual([]);
    expect(called(sandbox.perform('ssm:GetParameter', { Name: '/app/db', WithDecryption: true }))).toEqual([]);
  });
});
