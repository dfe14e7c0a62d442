import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, ec2Trust, partnerId, root, Sandbox } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

describe('the account’s alias', () => {
  const partner = { kind: 'root', accountId: partnerId } as const;

  test('is one, and nobody else’s', () => {
    expect(sandbox.call('ListAccountAliases')).toEqual({ AccountAliases: [], IsTruncated: false });
    sandbox.call('CreateAccountAlias', { AccountAlias: 'library' });
    expect(sandbox.refused('CreateAccountAlias', { AccountAlias: 'library' }, partner)).toBe(
      'EntityAlreadyExists: The account alias library already exists.',
    );
    sandbox.call('CreateAccountAlias', { AccountAlias: 'archive' });
    expect(sandbox.call('ListAccountAliases').AccountAliases).toEqual(['archive']);
    expect(sandbox.refused('DeleteAccountAlias', { AccountAlias: 'library' })).toBe(
      'NoSuchEntity: The account alias library cannot be found.',
    );
    sandbox.call('DeleteAccountAlias', { AccountAlias: 'archive' });
    expect(sandbox.call('ListAccountAliases').AccountAliases).toEqual([]);
  });
});

describe('the account’s password policy', () => {
  test('is absent at first', () => {
    expect(sandbox.refused('GetAccountPasswordPolicy')).toBe(
      `NoSuchEntity: The Password Policy with domain name ${accountId} cannot be found.`,
    );
    expect(sandbox.refused('DeleteAccountPasswordPolicy')).toBe(
      'NoSuchEntity: The account policy with name PasswordPolicy cannot be found.',
    );
  });

  test('takes the defaults for what is not said, each time', () => {
    const defaults = {
      MinimumPasswordLength: 6,
      RequireSymbols: false,
      RequireNumbers: false,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
    };
    const custom = { MinimumPasswordLength: 10, RequireSymbols: true, MaxPasswordAge: 60, HardExpiry: true };
    sandbox.call('UpdateAccountPasswordPolicy', { ...custom, PasswordReusePrevention: 3 });
    expect(sandbox.call('GetAccountPasswordPolicy').PasswordPolicy).toEqual({
      ...defaults,
      ...custom,
      PasswordReusePrevention: 3,
      ExpirePasswords: true,
    });
    sandbox.call('UpdateAccountPasswordPolicy', {});
    expect(sandbox.call('GetAccountPasswordPolicy').PasswordPolicy).toEqual(defaults);
    sandbox.call('DeleteAccountPasswordPolicy');
    expect(sandbox.refused('GetAccountPasswordPolicy')).toContain('NoSuchEntity');
  });
});

describe('GetAccountSummary', () => {
  test('counts what there is, beside the quotas', () => {
    sandbox.call('CreateUser', { UserName: 'Bea' });
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust });
    sandbox.call('CreateInstanceProfile', { InstanceProfileName: 'web' });
    sandbox.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: document('s3:*') });
    const PolicyArn = `arn:aws:iam::${accountId}:policy/p`;
    sandbox.call('CreatePolicyVersion', { PolicyArn, PolicyDocument: document('s3:*') });
    sandbox.call('CreateOpenIDConnectProvider', { Url: 'https://x.example' });
    expect(sandbox.call('GetAccountSummary').SummaryMap).toMatchObject({
      Users: 1,
      Groups: 1,
      Roles: 1,
      InstanceProfiles: 1,
      Policies: 1,
      PolicyVersionsInUse: 2,
      Providers: 1,
      AccountAccessKeysPresent: 0,
      AccountMFAEnabled: 0,
      UsersQuota: 5000,
      AssumeRolePolicySizeQuota: 2048,
    });
  });
});

describe('credentials that this cloud keeps none of', () => {
  test.each([
    ['ListSSHPublicKeys', 'SSHPublicKeys'],
    ['ListSigningCertificates', 'Certificates'],
    ['ListServiceSpecificCredentials', 'ServiceSpecificCredentials'],
  ])('%s is an empty list of a user that exists', (operation, member) => {
    const bea = sandbox.user('Bea', document('iam:*', `arn:aws:iam::${accountId}:user/Bea`));
    expect(sandbox.call(operation, { UserName: 'Bea' })).toEqual({ [member]: [], IsTruncated: false });
    expect(sandbox.call(operation, {}, bea)).toEqual({ [member]: [], IsTruncated: false });
    expect(sandbox.call(operation, {}, root)).toEqual({ [member]: [], IsTruncated: false });
    expect(sandbox.refused(operation, { UserName: 'none' })).toBe(
      'NoSuchEntity: The user with name none cannot be found.',
    );
  });

  test('of all users at once need no user', () => {
    expect(sandbox.asked('ListServiceSpecificCredentials', { AllUsers: true })).toEqual([
      'iam:ListServiceSpecificCredentials *',
    ]);
  });
});
