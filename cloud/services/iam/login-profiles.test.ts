import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, Sandbox, startTime } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'Bea' });
});

const bea = { UserName: 'Bea' };
const good = 'Correct-horse-7';
const strict = {
  MinimumPasswordLength: 12,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
};

describe('login profiles', () => {
  test('are created, shown, changed and deleted', () => {
    const LoginProfile = { UserName: 'Bea', CreateDate: new Date(startTime), PasswordResetRequired: false };
    expect(sandbox.call('CreateLoginProfile', { ...bea, Password: good })).toEqual({ LoginProfile });
    expect(sandbox.call('GetLoginProfile', bea)).toEqual({ LoginProfile });
    expect(sandbox.refused('CreateLoginProfile', { ...bea, Password: good })).toBe(
      'EntityAlreadyExists: Login Profile for user Bea already exists.',
    );
    sandbox.call('UpdateLoginProfile', { ...bea, PasswordResetRequired: true });
    expect(sandbox.call('GetLoginProfile', bea).LoginProfile.PasswordResetRequired).toBe(true);
    sandbox.call('DeleteLoginProfile', bea);
    for (const operation of ['GetLoginProfile', 'UpdateLoginProfile', 'DeleteLoginProfile']) {
      expect(sandbox.refused(operation, bea)).toBe('NoSuchEntity: Login Profile for User Bea cannot be found.');
      expect(sandbox.refused(operation, { UserName: 'none' })).toBe(
        'NoSuchEntity: The user with name none cannot be found.',
      );
    }
  });

  test('never keep the password itself', () => {
    sandbox.call('CreateLoginProfile', { ...bea, Password: good });
    sandbox.call('UpdateLoginProfile', { ...bea, Password: `${good}-again` });
    expect(JSON.stringify(sandbox.world)).not.toContain(good);
    sandbox.call('CreateUser', { UserName: 'Cleo' });
    sandbox.call('CreateLoginProfile', { UserName: 'Cleo', Password: `${good}-again` });
    const digestOf = (name: string) => sandbox.world.accounts[accountId]?.iam.users[name]?.loginProfile?.passwordDigest;
    expect(digestOf('Bea')).not.toBe(digestOf('Cleo'));
  });

  test.each([
    ['Short-7', 'Password should have a minimum length of 8'],
    [
      'lowercase7',
      'Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol',
    ],
  ])('without a password policy refuse %s', (Password, text) => {
    expect(sandbox.refused('CreateLoginProfile', { ...bea, Password })).toBe(`PasswordPolicyViolation: ${text}`);
  });

  test.each([
    [good.slice(0, 11), 'Password should have a minimum length of 12'],
    ['correct-horse-7', 'Password should have at least one uppercase letter'],
    ['CorrectHorsey', 'Password should have at least one number, Password should have at least one symbol'],
  ])('with a password policy refuse %s', (Password, text) => {
    sandbox.call('UpdateAccountPasswordPolicy', strict);
    expect(sandbox.refused('CreateLoginProfile', { ...bea, Password })).toBe(`PasswordPolicyViolation: ${text}`);
    sandbox.call('CreateLoginProfile', { ...bea, Password: good });
    expect(sandbox.refused('UpdateLoginProfile', { ...bea, Password })).toBe(`PasswordPolicyViolation: ${text}`);
  });
});

describe('ChangePassword', () => {
  const change = (NewPassword: string, OldPassword = good) => ({ OldPassword, NewPassword });

  test('changes the caller’s own password', () => {
    sandbox.call('CreateLoginProfile', { ...bea, Password: good, PasswordResetRequired: true });
    const caller = sandbox.signedBy(sandbox.call('CreateAccessKey', bea).AccessKey);
    sandbox.call('PutUserPolicy', { ...bea, PolicyName: 'p', PolicyDocument: document('iam:ChangePassword') });
    sandbox.call('ChangePassword', change('Battery-staple-8'), caller);
    expect(sandbox.call('GetLoginProfile', bea).LoginProfile.PasswordResetRequired).toBe(false);
    expect(sandbox.refused('ChangePassword', change('Third-7-third'), caller)).toBe(
      'AccessDenied: The old password was incorrect.',
    );
    sandbox.call('ChangePassword', change('Third-7-third', 'Battery-staple-8'), caller);
    expect(sandbox.refused('ChangePassword', change('weak', 'Third-7-third'), caller)).toContain(
      'PasswordPolicyViolation',
    );
  });

  test('refuses a password that the policy remembers', () => {
    sandbox.call('UpdateAccountPasswordPolicy', {
      ...strict,
      PasswordReusePrevention: 2,
      AllowUsersToChangePassword: true,
    });
    sandbox.call('CreateLoginProfile', { ...bea, Password: good });
    const caller = sandbox.signedBy(sandbox.call('CreateAccessKey', bea).AccessKey);
    sandbox.call('ChangePassword', change('Battery-staple-8'), caller);
    const reuse =
      'PasswordPolicyViolation: Policy constraint violation with password reuse prevention during password change.';
    expect(sandbox.refused('ChangePassword', change(good, 'Battery-staple-8'), caller)).toBe(reuse);
    expect(sandbox.refused('ChangePassword', change('Battery-staple-8', 'Battery-staple-8'), caller)).toBe(reuse);
    sandbox.call('ChangePassword', change('Third-third-7', 'Battery-staple-8'), caller);
    sandbox.call('ChangePassword', change(good, 'Third-third-7'), caller);
  });

  test('needs a permission, or a password policy that lets users change theirs', () => {
    const caller = sandbox.signedBy(sandbox.call('CreateAccessKey', bea).AccessKey);
    sandbox.call('CreateLoginProfile', { ...bea, Password: good });
    expect(sandbox.refused('ChangePassword', change('Battery-staple-8'), caller)).toContain(
      'not authorized to perform: iam:ChangePassword',
    );
    sandbox.call('UpdateAccountPasswordPolicy', { AllowUsersToChangePassword: true });
    sandbox.call('ChangePassword', change('Battery-staple-8'), caller);
    sandbox.call('DeleteLoginProfile', bea);
    expect(sandbox.refused('ChangePassword', change('Battery-staple-8'), caller)).toBe(
      'NoSuchEntity: Login Profile for User Bea cannot be found.',
    );
  });

  test('is for users alone', () => {
    expect(sandbox.refused('ChangePassword', change('Battery-staple-8'))).toBe(
      'InvalidUserType: Only IAM Users can change their own password',
    );
  });
});
