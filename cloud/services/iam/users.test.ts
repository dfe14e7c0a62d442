import { beforeEach, describe, expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, document, ec2Trust, root, Sandbox, startTime, trust } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

describe('CreateUser and GetUser', () => {
  test('show a user without the members that it has not', () => {
    const { User } = sandbox.call('CreateUser', { UserName: 'Bea' });
    expect(User).toEqual({
      Path: '/',
      UserName: 'Bea',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${accountId}:user/Bea`,
      CreateDate: new Date(startTime),
    });
    expect(sandbox.call('GetUser', { UserName: 'Bea' })).toEqual({ User });
  });

  test('show times in whole seconds', () => {
    sandbox.realNow = startTime + 750;
    expect(sandbox.call('CreateUser', { UserName: 'Bea' }).User.CreateDate).toEqual(new Date(startTime));
  });

  test('keep path, tags and boundary', () => {
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const Tags = [
      { Key: 'team', Value: 'blue' },
      { Key: 'Area', Value: '' },
    ];
    const { User } = sandbox.call('CreateUser', { UserName: 'Bea', Path: '/staff/', Tags, PermissionsBoundary });
    expect(User).toMatchObject({
      Arn: `arn:aws:iam::${accountId}:user/staff/Bea`,
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: PermissionsBoundary },
      Tags,
    });
    expect(sandbox.call('GetUser', { UserName: 'Bea' }).User.Tags.map(({ Key }: { Key: string }) => Key)).toEqual([
      'Area',
      'team',
    ]);
  });

  test('find names whatever their case, and refuse one that differs in case alone', () => {
    sandbox.call('CreateUser', { UserName: 'Bea' });
    expect(sandbox.call('GetUser', { UserName: 'BEA' }).User.UserName).toBe('Bea');
    expect(sandbox.refused('CreateUser', { UserName: 'bea' })).toBe(
      'EntityAlreadyExists: User with name bea already exists.',
    );
  });

  test('refuse what is not there', () => {
    expect(sandbox.refused('GetUser', { UserName: 'Bea' })).toBe(
      'NoSuchEntity: The user with name Bea cannot be found.',
    );
    expect(sandbox.refused('GetUser', { UserName: 'constructor' })).toBe(
      'NoSuchEntity: The user with name constructor cannot be found.',
    );
    const PermissionsBoundary = `arn:aws:iam::${accountId}:policy/none`;
    expect(sandbox.refused('CreateUser', { UserName: 'Bea', PermissionsBoundary })).toBe(
      `NoSuchEntity: Scope ARN: ${PermissionsBoundary} does not exist or is not attachable.`,
    );
  });

  test('of more users than the quota are refused', () => {
    const { iam } = sandbox.world.accounts[accountId] ?? { iam: undefined };
    if (iam === undefined) throw new Error('no account');
    sandbox.call('CreateUser', { UserName: 'first' });
    const first = sandbox.world.accounts[accountId]?.iam.users['first'];
    if (first === undefined) throw new Error('no user');
    const users = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`u${i}`, { ...first, name: `u${i}` }]));
    const account = { ...sandbox.world.accounts[accountId], iam: { ...iam, users } };
    sandbox.world = { ...sandbox.world, accounts: { ...sandbox.world.accounts, [accountId]: account as never } };
    expect(sandbox.refused('CreateUser', { UserName: 'one-more' })).toBe(
      'LimitExceeded: Cannot exceed quota for UsersPerAccount: 5000',
    );
  });

  test('without a name mean the caller', () => {
    const bea = sandbox.user('Bea', document('iam:GetUser', `arn:aws:iam::${accountId}:user/\${aws:username}`));
    expect(sandbox.call('GetUser', {}, bea).User.UserName).toBe('Bea');
    expect(sandbox.call('GetUser', {}, root).User).toMatchObject({
      Arn: `arn:aws:iam::${accountId}:root`,
      UserId: accountId,
    });
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: trust({ AWS: accountId }) });
    sandbox.call('PutUserPolicy', { UserName: 'Bea', PolicyName: 'assume', PolicyDocument: document('sts:*') });
    const RoleArn = `arn:aws:iam::${accountId}:role/R`;
    const { Credentials } = sandbox.call('AssumeRole', { RoleArn, RoleSessionName: 'session' }, bea);
    expect(sandbox.refused('GetUser', {}, sandbox.signedBy(Credentials))).toBe(
      'ValidationError: Must specify userName when calling with non-User credentials',
    );
  });
});

describe('ListUsers', () => {
  test('lists by name whatever its case, by path, page by page', () => {
    for (const [UserName, Path] of [
      ['delta', '/'],
      ['Alpha', '/staff/'],
      ['charlie', '/staff/night/'],
      ['Bravo', '/'],
    ]) {
      sandbox.call('CreateUser', { UserName, Path });
    }
    const names = (input: object) =>
      sandbox.call('ListUsers', input).Users.map(({ UserName }: { UserName: string }) => UserName);
    expect(names({})).toEqual(['Alpha', 'Bravo', 'charlie', 'delta']);
    expect(names({ PathPrefix: '/staff/' })).toEqual(['Alpha', 'charlie']);
    expect(names({ PathPrefix: '/none/' })).toEqual([]);
    const first = sandbox.call('ListUsers', { MaxItems: 2 });
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    sandbox.call('DeleteUser', { UserName: 'Bravo' });
    const second = sandbox.call('ListUsers', { MaxItems: 2, Marker: first.Marker });
    expect(second.Users.map(({ UserName }: { UserName: string }) => UserName)).toEqual(['charlie', 'delta']);
    expect(second.IsTruncated).toBe(false);
    expect(second).not.toHaveProperty('Marker');
    expect(sandbox.refused('ListUsers', { Marker: 'nonsense' })).toBe('ValidationError: Invalid Marker.');
  });
});

describe('UpdateUser', () => {
  test('renames, and all that belongs to the user goes along', () => {
    const bea = sandbox.user('Bea', document('*')) as AnyCaller & { name: string; id: string };
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    sandbox.call('AddUserToGroup', { GroupName: 'Clerks', UserName: 'Bea' });
    sandbox.call('CreateLoginProfile', { UserName: 'Bea', Password: 'Correct-horse-7' });
    const { Credentials } = sandbox.call('GetSessionToken', {}, bea);
    sandbox.call('UpdateUser', { UserName: 'Bea', NewUserName: 'Beatrice', NewPath: '/staff/' });
    expect(sandbox.call('GetUser', { UserName: 'Beatrice' }).User).toMatchObject({
      UserId: bea.id,
      Arn: `arn:aws:iam::${accountId}:user/staff/Beatrice`,
    });
    expect(sandbox.refused('GetUser', { UserName: 'Bea' })).toContain('NoSuchEntity');
    const [key] = sandbox.call('ListAccessKeys', { UserName: 'Beatrice' }).AccessKeyMetadata;
    expect(key.UserName).toBe('Beatrice');
    expect(sandbox.signedBy(key)).toMatchObject({ name: 'Beatrice', id: bea.id });
    expect(sandbox.signedBy(Credentials)).toMatchObject({ name: 'Beatrice' });
    expect(sandbox.call('GetGroup', { GroupName: 'Clerks' }).Users).toHaveLength(1);
    expect(sandbox.call('GetLoginProfile', { UserName: 'Beatrice' }).LoginProfile.UserName).toBe('Beatrice');
  });

  test('asks for the user as it is and as it will be', () => {
    sandbox.call('CreateUser', { UserName: 'Bea', Path: '/staff/' });
    expect(sandbox.asked('UpdateUser', { UserName: 'Bea', NewUserName: 'Cleo' })).toEqual([
      `iam:UpdateUser arn:aws:iam::${accountId}:user/staff/Bea`,
      `iam:UpdateUser arn:aws:iam::${accountId}:user/staff/Cleo`,
    ]);
  });

  test('refuses a name that is taken, and may change the case of its own', () => {
    sandbox.call('CreateUser', { UserName: 'Bea' });
    sandbox.call('CreateUser', { UserName: 'Cleo' });
    expect(sandbox.refused('UpdateUser', { UserName: 'Bea', NewUserName: 'CLEO' })).toBe(
      'EntityAlreadyExists: User with name CLEO already exists.',
    );
    expect(sandbox.refused('UpdateUser', { UserName: 'nobody', NewPath: '/' })).toContain('NoSuchEntity');
    sandbox.call('UpdateUser', { UserName: 'Bea', NewUserName: 'BEA' });
    expect(sandbox.call('GetUser', { UserName: 'bea' }).User.UserName).toBe('BEA');
  });
});

describe('DeleteUser', () => {
  test.each([
    ['AttachUserPolicy', { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, 'detach all policies'],
    ['PutUserPolicy', { PolicyName: 'p', PolicyDocument: document('s3:*') }, 'delete policies'],
    ['CreateAccessKey', {}, 'delete access keys'],
    ['CreateLoginProfile', { Password: 'Correct-horse-7' }, 'delete login profile'],
    ['AddUserToGroup', { GroupName: 'Clerks' }, 'remove users from group'],
  ])('is refused after %s', (operation, input, what) => {
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    sandbox.call('CreateUser', { UserName: 'Bea' });
    sandbox.call(operation, { UserName: 'Bea', ...input });
    const error = sandbox.error('DeleteUser', { UserName: 'Bea' });
    expect(`${error.code}: ${error.message}`).toBe(`DeleteConflict: Cannot delete entity, must ${what} first.`);
  });

  test('takes the user away', () => {
    sandbox.call('CreateUser', { UserName: 'Bea' });
    expect(sandbox.call('DeleteUser', { UserName: 'Bea' })).toEqual({});
    expect(sandbox.refused('DeleteUser', { UserName: 'Bea' })).toBe(
      'NoSuchEntity: The user with name Bea cannot be found.',
    );
  });
});

describe('permissions', () => {
  test('name the user with its path, and one that is missing without', () => {
    sandbox.call('CreateUser', { UserName: 'Bea', Path: '/staff/' });
    expect(sandbox.asked('GetUser', { UserName: 'Bea' })).toEqual([
      `iam:GetUser arn:aws:iam::${accountId}:user/staff/Bea`,
    ]);
    expect(sandbox.asked('GetUser', { UserName: 'Cleo' })).toEqual([`iam:GetUser arn:aws:iam::${accountId}:user/Cleo`]);
    expect(sandbox.asked('ListUsers', {})).toEqual([`iam:ListUsers arn:aws:iam::${accountId}:user/`]);
    expect(sandbox.asked('ListUsers', { PathPrefix: '/staff/' })).toEqual([
      `iam:ListUsers arn:aws:iam::${accountId}:user/staff/`,
    ]);
    expect(sandbox.asked('CreateUser', { UserName: 'D', Tags: [{ Key: 'a', Value: 'b' }] })).toEqual([
      `iam:CreateUser arn:aws:iam::${accountId}:user/D`,
      `iam:TagUser arn:aws:iam::${accountId}:user/D`,
    ]);
  });

  test('carry tags and boundary as condition keys', () => {
    const boundary = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const context = (operation: string, input: object) =>
      sandbox.perform(operation, input).decisions[0]?.request.context;
    const Tags = [{ Key: 'team', Value: 'blue' }];
    expect(context('CreateUser', { UserName: 'Bea', Tags, PermissionsBoundary: boundary })).toMatchObject({
      'aws:RequestTag/team': 'blue',
      'aws:TagKeys': ['team'],
      'iam:PermissionsBoundary': boundary,
    });
    expect(context('GetUser', { UserName: 'Bea' })).toMatchObject({
      'aws:ResourceTag/team': 'blue',
      'iam:ResourceTag/team': 'blue',
    });
    expect(
      context('PutUserPolicy', { UserName: 'Bea', PolicyName: 'p', PolicyDocument: document('s3:*') }),
    ).toMatchObject({ 'iam:PermissionsBoundary': boundary });
    sandbox.call('CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: ec2Trust });
    expect(context('AttachRolePolicy', { RoleName: 'R', PolicyArn: boundary })).toMatchObject({
      'iam:PolicyARN': boundary,
    });
  });

  test('are refused in AWS’s words', () => {
    const bea = sandbox.user('Bea');
    sandbox.call('CreateUser', { UserName: 'Cleo' });
    const error = sandbox.error('GetUser', { UserName: 'Cleo' }, bea);
    expect(error.code).toBe('AccessDenied');
    expect(error.status).toBe(403);
    expect(error.message).toBe(
      `User: arn:aws:iam::${accountId}:user/Bea is not authorized to perform: iam:GetUser on resource: user Cleo because no identity-based policy allows the iam:GetUser action`,
    );
  });
});
