import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { nodeHashes } from '../../../server/hashes/node-hashes.ts';
import { accountIdOfAccessKey } from '../../access-key.ts';
import { resolveCredential } from '../../credentials.ts';
import {
  accountId,
  document,
  ec2Trust,
  type Output,
  partnerId,
  Sandbox,
  startTime,
  trust,
} from '../iam/testing/sandbox.ts';
import { totpCode, totpStep } from '../iam/totp.ts';

const arnOf = (name: string, account = accountId) => `arn:aws:iam::${account}:role/${name}`;
const userArn = (name: string) => `arn:aws:iam::${accountId}:user/${name}`;
const everyStep = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
let sandbox: Sandbox;
let bea: AnyCaller;

beforeEach(() => {
  sandbox = new Sandbox();
  bea = sandbox.user('Bea', document('sts:*'));
  createRole('Auditor', trust({ AWS: accountId }, everyStep));
});

function createRole(RoleName: string, AssumeRolePolicyDocument: string, more: object = {}): Output {
  return sandbox.call('CreateRole', { RoleName, AssumeRolePolicyDocument, ...more }).Role;
}

const request = (more: object = {}) => ({ RoleArn: arnOf('Auditor'), RoleSessionName: 'night', ...more });
const assume = (more: object = {}, caller = bea) => sandbox.call('AssumeRole', request(more), caller);
const refused = (more: object = {}, caller = bea) => sandbox.refused('AssumeRole', request(more), caller);

describe('AssumeRole', () => {
  test('gives credentials that speak for the role', () => {
    const answer = assume();
    expect(answer).toEqual({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
        SessionToken: expect.stringMatching(/^[A-Za-z0-9+/]{384}$/),
        Expiration: new Date(startTime + 3_600_000),
      },
      AssumedRoleUser: {
        AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:night$/),
        Arn: `arn:aws:sts::${accountId}:assumed-role/Auditor/night`,
      },
    });
    expect(accountIdOfAccessKey(answer.Credentials.AccessKeyId)).toBe(accountId);
    const caller = sandbox.signedBy(answer.Credentials);
    expect(sandbox.call('GetCallerIdentity', {}, caller)).toEqual({
      Account: accountId,
      UserId: answer.AssumedRoleUser.AssumedRoleId,
      Arn: answer.AssumedRoleUser.Arn,
    });
  });

  test('ends after its time on the sandbox’s clock, and tells it in real time', () => {
    sandbox.world = { ...sandbox.world, clockOffset: 86_400_000 };
    const { Credentials } = assume({ DurationSeconds: 900 });
    expect(Credentials.Expiration).toEqual(new Date(startTime + 900_000));
    const kind = (later: number) => resolveCredential(sandbox.world, Credentials.AccessKeyId, sandbox.now + later).kind;
    expect([kind(899_000), kind(900_000)]).toEqual(['found', 'expired']);
  });

  test('forgets sessions long ended, and them alone', () => {
    const first = assume().Credentials;
    sandbox.realNow += 24 * 3_600_000;
    const second = assume().Credentials;
    sandbox.realNow += 14 * 3_600_000;
    assume();
    const kind = ({ AccessKeyId }: Output) => resolveCredential(sandbox.world, AccessKeyId, sandbox.now).kind;
    expect([kind(first), kind(second)]).toEqual(['unknown', 'expired']);
  });

  test('keeps a role’s longest session', () => {
    const tooLong = 'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    expect(refused({ DurationSeconds: 7200 })).toBe(tooLong);
    sandbox.call('UpdateRole', { RoleName: 'Auditor', MaxSessionDuration: 7200 });
    expect(assume({ DurationSeconds: 7200 }).Credentials.Expiration).toEqual(new Date(startTime + 7_200_000));
    expect(refused({ DurationSeconds: 7201 })).toBe(tooLong);
  });

  test.each([
    ['nonsense-without-colons', 'ValidationError: nonsense-without-colons is invalid'],
    ['arn::b:::something/test-role', 'ValidationError: arn::b:::something/test-role is invalid'],
  ])('refuses %s for an ARN', (RoleArn, text) => {
    expect(refused({ RoleArn })).toBe(text);
  });

  test.each([
    ['a role that does not exist', arnOf('none')],
    ['a role without its path', arnOf('Deep')],
    ['a role of an account that is not of the sandbox', arnOf('Auditor', '999999999999')],
    ['a user', userArn('Bea')],
  ])('denies %s as one that may not be assumed', (_what, RoleArn) => {
    createRole('Deep', trust({ AWS: accountId }), { Path: '/deep/' });
    createRole('Silent', ec2Trust);
    const known = refused({ RoleArn: arnOf('Silent') });
    expect(known).toContain(`User: ${userArn('Bea')} is not authorized to perform: sts:AssumeRole on resource: `);
    expect(refused({ RoleArn })).toBe(known.replace(arnOf('Silent'), RoleArn));
  });

  test('is not for root', () => {
    const root = { kind: 'root', accountId } as const;
    expect(refused({}, root)).toBe('AccessDenied: Roles may not be assumed by root accounts.');
  });
});

describe('who may assume a role', () => {
  test('row 25: nobody whom the trust policy does not allow', () => {
    createRole('Silent', ec2Trust);
    expect(refused({ RoleArn: arnOf('Silent') })).toContain('AccessDenied');
  });

  test('row 26: the named user without a policy of its own; one of the named account only with one', () => {
    const cleo = sandbox.user('Cleo');
    expect(refused({}, cleo)).toContain('AccessDenied');
    createRole('ForCleo', trust({ AWS: userArn('Cleo') }));
    expect(assume({ RoleArn: arnOf('ForCleo') }, cleo).AssumedRoleUser.Arn).toContain('assumed-role/ForCleo/night');
  });

  test('row 27: across accounts only with both sides', () => {
    const partnerRoot = { kind: 'root', accountId: partnerId } as const;
    const AssumeRolePolicyDocument = trust({ AWS: accountId });
    sandbox.call('CreateRole', { RoleName: 'Guest', AssumeRolePolicyDocument }, partnerRoot);
    const RoleArn = arnOf('Guest', partnerId);
    expect(refused({ RoleArn }, sandbox.user('Cleo'))).toContain('AccessDenied');
    const { Credentials } = assume({ RoleArn });
    expect(accountIdOfAccessKey(Credentials.AccessKeyId)).toBe(partnerId);
    expect(sandbox.world.accounts[partnerId]?.sts.sessions).toHaveProperty(Credentials.AccessKeyId);
    expect(sandbox.signedBy(Credentials)).toMatchObject({ accountId: partnerId, roleName: 'Guest' });
    const PolicyDocument = trust({ AWS: partnerId });
    sandbox.call('UpdateAssumeRolePolicy', { RoleName: 'Guest', PolicyDocument }, partnerRoot);
    expect(refused({ RoleArn })).toContain('AccessDenied');
  });

  test('row 28: not one who was deleted and created anew', () => {
    const cleo = sandbox.user('Cleo');
    createRole('ForCleo', trust({ AWS: userArn('Cleo') }));
    assume({ RoleArn: arnOf('ForCleo') }, cleo);
    const { AccessKeyMetadata } = sandbox.call('ListAccessKeys', { UserName: 'Cleo' });
    sandbox.call('DeleteAccessKey', { UserName: 'Cleo', AccessKeyId: AccessKeyMetadata[0].AccessKeyId });
    sandbox.call('DeleteUser', { UserName: 'Cleo' });
    expect(refused({ RoleArn: arnOf('ForCleo') }, sandbox.user('Cleo'))).toContain('AccessDenied');
  });

  test('rows 28 and 29: a session of the role that is named', () => {
    createRole('Next', trust({ AWS: arnOf('Auditor') }));
    const auditor = sandbox.signedBy(assume().Credentials);
    expect(assume({ RoleArn: arnOf('Next') }, auditor).AssumedRoleUser.Arn).toContain('assumed-role/Next/night');
  });

  test('row 31: whoever brings the external id', () => {
    createRole('Vendor', trust({ AWS: accountId }, 'sts:AssumeRole', { StringEquals: { 'sts:ExternalId': 'xyz' } }));
    const RoleArn = arnOf('Vendor');
    expect(refused({ RoleArn })).toContain('AccessDenied');
    expect(refused({ RoleArn, ExternalId: 'abc' })).toContain('AccessDenied');
    assume({ RoleArn, ExternalId: 'xyz' });
  });

  test('whoever calls the session by the name that is asked for', () => {
    const condition = { StringEquals: { 'sts:RoleSessionName': `\${aws:username}` } };
    createRole('Named', trust({ AWS: accountId }, 'sts:AssumeRole', condition));
    const RoleArn = arnOf('Named');
    expect(refused({ RoleArn })).toContain('AccessDenied');
    assume({ RoleArn, RoleSessionName: 'Bea' });
  });
});

describe('AssumeRole with MFA', () => {
  const SerialNumber = `arn:aws:iam::${accountId}:mfa/phone`;
  const RoleArn = arnOf('Guarded');

  function enable(): string {
    const { VirtualMFADevice } = sandbox.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone' });
    const seed = new TextDecoder().decode(VirtualMFADevice.Base32StringSeed);
    const [AuthenticationCode1, AuthenticationCode2] = [code(seed, -1), code(seed)];
    sandbox.call('EnableMFADevice', { UserName: 'Bea', SerialNumber, AuthenticationCode1, AuthenticationCode2 });
    return seed;
  }
  const code = (seed: string, shift = 0) => totpCode(seed, totpStep(sandbox.now) + shift, nodeHashes);

  beforeEach(() => {
    const condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    createRole('Guarded', trust({ AWS: accountId }, 'sts:AssumeRole', condition));
  });

  test('needs a code that is good now', () => {
    const seed = enable();
    expect(refused({ RoleArn })).toContain('not authorized to perform: sts:AssumeRole');
    assume({ RoleArn, SerialNumber, TokenCode: code(seed) });
    expect(refused({ RoleArn, SerialNumber, TokenCode: code(seed, 20) })).toBe(
      'AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ',
    );
  });

  test('needs a device of the caller’s own, and both parts', () => {
    const unable =
      'AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.';
    expect(refused({ RoleArn, SerialNumber, TokenCode: '123456' })).toBe(unable);
    const seed = enable();
    const cleo = sandbox.user('Cleo', document('sts:*'));
    expect(refused({ RoleArn, SerialNumber, TokenCode: code(seed) }, cleo)).toBe(unable);
    expect(refused({ RoleArn, SerialNumber })).toBe(
      'AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    );
  });

  test('leaves no mark on the role’s session', () => {
    const seed = enable();
    const { Credentials } = assume({ RoleArn, SerialNumber, TokenCode: code(seed) });
    expect(sandbox.signedBy(Credentials)).not.toHaveProperty('session.mfa');
  });
});
