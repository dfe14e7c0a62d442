import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import {
  accountId,
  allow,
  deny,
  type Output,
  partnerId,
  partnerRoot,
  root,
  Sandbox,
  text,
} from '../../testing/sandbox.ts';

let sandbox: Sandbox;
let key: Output;
let bea: AnyCaller;
beforeEach(() => {
  sandbox = new Sandbox();
  key = sandbox.call('kms:CreateKey').KeyMetadata;
  bea = sandbox.user('Bea');
});

const arnOf = (name: string) => `arn:aws:iam::${accountId}:user/${name}`;
const secret = text('attack at dawn');
const grant = (more: object = {}, caller = root): Output =>
  sandbox.call(
    'kms:CreateGrant',
    { KeyId: key.KeyId, GranteePrincipal: arnOf('Bea'), Operations: ['Decrypt'], ...more },
    caller,
  );
const encrypted = (EncryptionContext = {}): Uint8Array =>
  sandbox.call('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret, EncryptionContext }).CiphertextBlob;
const mayDecrypt = (caller: AnyCaller, EncryptionContext = {}) =>
  sandbox.perform('kms:Decrypt', { CiphertextBlob: encrypted(EncryptionContext), EncryptionContext }, caller).outcome
    .kind === 'ok';
const refusal = (name: string, input: object, caller = root) => sandbox.fail(name, input, caller).code;

describe('a grant', () => {
  it('allows its operations until it is revoked, and is listed', () => {
    expect(mayDecrypt(bea)).toBe(false);
    const { GrantId, GrantToken } = grant();
    expect(GrantId).toMatch(/^[0-9a-f]{64}$/);
    expect(mayDecrypt(bea)).toBe(true);
    expect(refusal('kms:Encrypt', { KeyId: key.KeyId, Plaintext: secret, GrantTokens: [GrantToken] }, bea)).toBe(
      'AccessDeniedException',
    );
    expect(sandbox.call('kms:ListGrants', { KeyId: key.KeyId })).toEqual({
      Grants: [
        {
          KeyId: key.Arn,
          GrantId,
          Name: '',
          CreationDate: new Date('2026-01-05T12:00:00Z'),
          GranteePrincipal: arnOf('Bea'),
          IssuingAccount: `arn:aws:iam::${accountId}:root`,
          Operations: ['Decrypt'],
        },
      ],
      Truncated: false,
    });
    expect(sandbox.call('kms:ListGrants', { KeyId: key.KeyId, GranteePrincipal: arnOf('Cal') }).Grants).toEqual([]);
    sandbox.call('kms:RevokeGrant', { KeyId: key.KeyId, GrantId });
    expect(mayDecrypt(bea)).toBe(false);
    expect(refusal('kms:RevokeGrant', { KeyId: key.KeyId, GrantId })).toBe('NotFoundException');
  });

  it('is held to its constraints', () => {
    grant({ Constraints: { EncryptionContextSubset: { team: 'pay' } } });
    expect(mayDecrypt(bea)).toBe(false);
    expect(mayDecrypt(bea, { team: 'pay', more: '1' })).toBe(true);
    const cal = sandbox.user('Cal');
    grant({ GranteePrincipal: arnOf('Cal'), Constraints: { EncryptionContextEquals: { team: 'pay' } } });
    expect(mayDecrypt(cal, { team: 'pay', more: '1' })).toBe(false);
    expect(mayDecrypt(cal, { team: 'pay' })).toBe(true);
  });

  it('does not stand against an explicit deny', () => {
    const cal = sandbox.user('Cal', deny('kms:Decrypt'));
    grant({ GranteePrincipal: arnOf('Cal') });
    expect(mayDecrypt(cal)).toBe(false);
  });

  it('is not for a successor of the same name', () => {
    grant();
    sandbox.call('iam:DeleteUser', { UserName: 'Bea' });
    expect(mayDecrypt(sandbox.user('Bea'))).toBe(false);
    const [{ GranteePrincipal }] = sandbox.call('kms:ListGrants', { KeyId: key.KeyId }).Grants;
    expect(GranteePrincipal).toMatch(/^AIDA/);
  });

  it('reaches over accounts', () => {
    grant({ GranteePrincipal: `arn:aws:iam::${partnerId}:root` });
    expect(mayDecrypt(partnerRoot)).toBe(true);
  });

  it('with a name is made once', () => {
    const one = grant({ Name: 'n' });
    expect(grant({ Name: 'n' })).toEqual(one);
    expect(grant({ Name: 'n', Operations: ['Encrypt'] })).not.toEqual(one);
    expect(grant()).not.toEqual(grant());
  });

  it.each([
    [{ Operations: ['Sign'] }, 'ValidationException'],
    [{ Operations: [] }, 'ValidationException'],
    [{ GranteePrincipal: arnOf('Nobody') }, 'InvalidArnException'],
    [{ GranteePrincipal: 'Bea' }, 'InvalidArnException'],
    [{ RetiringPrincipal: `arn:aws:iam::${accountId}:group/g` }, 'InvalidArnException'],
    [{ GrantTokens: ['x'] }, 'InvalidGrantTokenException'],
    [{ DryRun: true }, 'DryRunOperationException'],
  ])('%j is refused', (more, code) => {
    const input = { KeyId: key.KeyId, GranteePrincipal: arnOf('Bea'), Operations: ['Decrypt'], ...more };
    expect(refusal('kms:CreateGrant', input)).toBe(code);
    expect(sandbox.call('kms:ListGrants', { KeyId: key.KeyId }).Grants).toEqual([]);
  });
});

describe('retiring', () => {
  it('is for the retiring principal, of its own grant alone', () => {
    sandbox.user('Cal');
    const cal = sandbox.user('Dee');
    const mine = grant({ RetiringPrincipal: arnOf('Dee') });
    const other = grant({ RetiringPrincipal: arnOf('Cal') });
    expect(sandbox.call('kms:ListRetirableGrants', { RetiringPrincipal: arnOf('Dee') }).Grants).toMatchObject([
      { GrantId: mine.GrantId },
    ]);
    const retire = (GrantId: string, caller: AnyCaller) =>
      sandbox.perform('kms:RetireGrant', { KeyId: key.Arn, GrantId }, caller).outcome.kind;
    expect(retire(other.GrantId, cal)).toBe('error');
    expect(retire(mine.GrantId, bea)).toBe('error');
    expect(retire(mine.GrantId, cal)).toBe('ok');
    expect(sandbox.call('kms:ListGrants', { KeyId: key.KeyId }).Grants).toMatchObject([{ GrantId: other.GrantId }]);
  });

  it('is for a grantee with RetireGrant, by token', () => {
    const { GrantToken } = grant({ Operations: ['Decrypt', 'RetireGrant'] });
    sandbox.call('kms:RetireGrant', { GrantToken }, bea);
    expect(mayDecrypt(bea)).toBe(false);
    expect(refusal('kms:RetireGrant', { GrantToken })).toBe('NotFoundException');
    expect(refusal('kms:RetireGrant', {})).toBe('ValidationException');
    expect(refusal('kms:ListRetirableGrants', { RetiringPrincipal: `arn:aws:iam::${partnerId}:root` })).toBe(
      'AccessDeniedException',
    );
  });
});

describe('granting on', () => {
  beforeEach(() => {
    sandbox.user('Cal');
    grant({
      Operations: ['CreateGrant', 'Decrypt'],
      Constraints: { EncryptionContextSubset: { team: 'pay' } },
    });
  });
  const onward = (more: object) =>
    sandbox.perform(
      'kms:CreateGrant',
      { KeyId: key.KeyId, GranteePrincipal: arnOf('Cal'), Operations: ['Decrypt'], ...more },
      bea,
    ).outcome.kind;

  it('gives no more than was got', () => {
    expect(onward({})).toBe('error');
    const Constraints = { EncryptionContextSubset: { team: 'pay', stage: 'live' } };
    expect(onward({ Constraints, Operations: ['Encrypt'] })).toBe('error');
    expect(onward({ Constraints })).toBe('ok');
    expect(onward({ Constraints: { EncryptionContextEquals: { team: 'pay' } } })).toBe('ok');
  });
});

describe('the condition keys of CreateGrant', () => {
  it.each([
    [{ StringEquals: { 'kms:GranteePrincipal': arnOf('Bea') } }, true],
    [{ StringEquals: { 'kms:GranteePrincipal': arnOf('Cal') } }, false],
    [{ 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'Encrypt'] } }, true],
    [{ 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Encrypt'] } }, false],
    [{ StringEquals: { 'kms:RetiringPrincipal': arnOf('Bea') } }, false],
    [{ StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } }, true],
    [{ Bool: { 'kms:GrantIsForAWSResource': 'true' } }, false],
    [{ StringEquals: { 'kms:CallerAccount': accountId } }, true],
    [{ StringEquals: { 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } }, false],
  ])('%j', (Condition, isAllowed) => {
    const maker = sandbox.user('Maker', allow('kms:CreateGrant', key.Arn, { Condition }));
    const input = {
      KeyId: key.KeyId,
      GranteePrincipal: arnOf('Bea'),
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { team: 'pay' } },
    };
    expect(sandbox.perform('kms:CreateGrant', input, maker).outcome.kind).toBe(isAllowed ? 'ok' : 'error');
  });
});
