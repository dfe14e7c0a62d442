import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { resolveCredential } from '../../credentials.ts';
import { accountId, document, partnerId, root, Sandbox, startTime, trust } from '../iam/testing/sandbox.ts';
import { totpCode, totpStep } from '../iam/totp.ts';
import { stsService } from './index.ts';
import { issueRoleSession } from './role-session.ts';

let sandbox: Sandbox;
let bea: AnyCaller;
beforeEach(() => {
  sandbox = new Sandbox();
  bea = sandbox.user('Bea', document('*', '*', 'Deny'));
});

test('offers these operations and no other', () => {
  expect(Object.keys(stsService.operations).sort()).toEqual([
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'AssumeRoot',
    'DecodeAuthorizationMessage',
    'GetAccessKeyInfo',
    'GetCallerIdentity',
    'GetFederationToken',
    'GetSessionToken',
    'GetWebIdentityToken',
  ]);
});

describe('GetCallerIdentity', () => {
  test('row 37: answers even who is denied everything', () => {
    const { User } = sandbox.call('GetUser', { UserName: 'Bea' });
    expect(sandbox.call('GetCallerIdentity', {}, bea)).toEqual({
      Account: accountId,
      UserId: User.UserId,
      Arn: `arn:aws:iam::${accountId}:user/Bea`,
    });
    expect(sandbox.call('GetCallerIdentity', {}, root)).toEqual({
      Account: accountId,
      UserId: accountId,
      Arn: `arn:aws:iam::${accountId}:root`,
    });
  });

  test('needs somebody', () => {
    expect(sandbox.refused('GetCallerIdentity', {}, { kind: 'anonymous' })).toBe(
      'MissingAuthenticationToken: Request is missing Authentication Token',
    );
  });
});

describe('GetAccessKeyInfo', () => {
  test('reads the account out of a key', () => {
    const AccessKeyId = sandbox.call('CreateAccessKey', {}, { kind: 'root', accountId: partnerId }).AccessKey
      .AccessKeyId;
    expect(sandbox.call('GetAccessKeyInfo', { AccessKeyId })).toEqual({ Account: partnerId });
    expect(sandbox.refused('GetAccessKeyInfo', { AccessKeyId: 'notanaccesskeyid' })).toContain('ValidationError');
    expect(sandbox.refused('GetAccessKeyInfo', { AccessKeyId }, bea)).toContain('AccessDenied');
  });
});

describe('GetSessionToken', () => {
  test('row 37: gives the user itself temporary credentials, for twelve hours', () => {
    const { Credentials } = sandbox.call('GetSessionToken', {}, bea);
    expect(Credentials.AccessKeyId).toMatch(/^ASIA/);
    expect(Credentials.Expiration).toEqual(new Date(startTime + 43_200_000));
    const caller = sandbox.signedBy(Credentials);
    expect(caller).toMatchObject({ kind: 'user', name: 'Bea', session: { issuedAt: startTime } });
    expect(caller).not.toHaveProperty('session.mfa');
    expect(sandbox.call('GetCallerIdentity', {}, caller).Arn).toBe(`arn:aws:iam::${accountId}:user/Bea`);
  });

  test('notes MFA', () => {
    const { VirtualMFADevice } = sandbox.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' });
    const { SerialNumber } = VirtualMFADevice;
    const seed = new TextDecoder().decode(VirtualMFADevice.Base32StringSeed);
    const code = (shift = 0) => totpCode(seed, totpStep(sandbox.now) + shift, nodeHashes);
    const codes = { AuthenticationCode1: code(-1), AuthenticationCode2: code() };
    sandbox.call('EnableMFADevice', { UserName: 'Bea', SerialNumber, ...codes });
    const { Credentials } = sandbox.call('GetSessionToken', { SerialNumber, TokenCode: code() }, bea);
    expect(sandbox.signedBy(Credentials)).toMatchObject({ session: { mfa: { authenticatedAt: startTime } } });
    expect(sandbox.refused('GetSessionToken', { SerialNumber, TokenCode: code(30) }, bea)).toBe(
      'AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    );
  });

  test('lasts as asked for, for root an hour at most', () => {
    const end = (DurationSeconds: number, caller: AnyCaller) =>
      sandbox.call('GetSessionToken', { DurationSeconds }, caller).Credentials.Expiration.getTime() - startTime;
    expect(end(129_600, bea)).toBe(129_600_000);
    expect(end(129_600, root)).toBe(3_600_000);
    expect(end(900, root)).toBe(900_000);
  });

  test('is not for a session', () => {
    const own = sandbox.signedBy(sandbox.call('GetSessionToken', {}, bea).Credentials);
    expect(sandbox.refused('GetSessionToken', {}, own)).toBe(
      'AccessDenied: Cannot call GetSessionToken with session credentials',
    );
  });

  test('dies with its user', () => {
    const { AccessKeyId } = sandbox.call('GetSessionToken', {}, bea).Credentials;
    sandbox.call('DeleteUserPolicy', { UserName: 'Bea', PolicyName: 'p' });
    const [key] = sandbox.call('ListAccessKeys', { UserName: 'Bea' }).AccessKeyMetadata;
    sandbox.call('DeleteAccessKey', { UserName: 'Bea', AccessKeyId: key.AccessKeyId });
    sandbox.call('DeleteUser', { UserName: 'Bea' });
    sandbox.call('CreateUser', { UserName: 'Bea' });
    expect(resolveCredential(sandbox.world, AccessKeyId, sandbox.now).kind).toBe('unknown');
  });
});

describe('issueRoleSession', () => {
  const options = { accountId, roleName: 'Host', sessionName: 'lab', seconds: 43_200, now: startTime };

  test('hands out a session whatever the trust policy says', () => {
    const AssumeRolePolicyDocument = trust({ Service: 'ec2.amazonaws.com' });
    sandbox.call('CreateRole', { RoleName: 'Host', AssumeRolePolicyDocument });
    const before = sandbox.world;
    const { session, world, patches } = issueRoleSession(before, { ...options, cloud: sandbox.cloud });
    expect(before.accounts[accountId]?.sts.sessions).toEqual({});
    expect(patches).toEqual([
      expect.objectContaining({ op: 'add', path: ['accounts', accountId, 'sts', 'sessions', session.accessKeyId] }),
    ]);
    sandbox.world = world;
    expect(sandbox.signedBy({ AccessKeyId: session.accessKeyId })).toMatchObject({
      sessionArn: `arn:aws:sts::${accountId}:assumed-role/Host/lab`,
    });
    expect(session.expiresAt - session.issuedAt).toBe(43_200_000);
  });

  test('needs the role', () => {
    expect(() => issueRoleSession(sandbox.world, { ...options, cloud: sandbox.cloud })).toThrow(/has no role Host/);
  });
});
