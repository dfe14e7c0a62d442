import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, Sandbox } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'Bea' });
});

const groupNames = (output: { Groups: { GroupName: string }[] }) => output.Groups.map(({ GroupName }) => GroupName);

describe('CreateGroup, GetGroup and ListGroups', () => {
  test('show groups and their members', () => {
    const { Group } = sandbox.call('CreateGroup', { GroupName: 'Clerks', Path: '/office/' });
    expect(Group).toMatchObject({
      Path: '/office/',
      GroupName: 'Clerks',
      GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${accountId}:group/office/Clerks`,
    });
    expect(sandbox.call('GetGroup', { GroupName: 'Clerks' })).toEqual({ Group, Users: [], IsTruncated: false });
    sandbox.call('CreateGroup', { GroupName: 'admins' });
    expect(groupNames(sandbox.call('ListGroups'))).toEqual(['admins', 'Clerks']);
    expect(groupNames(sandbox.call('ListGroups', { PathPrefix: '/office/' }))).toEqual(['Clerks']);
    expect(sandbox.refused('CreateGroup', { GroupName: 'clerks' })).toBe(
      'EntityAlreadyExists: Group with name clerks already exists.',
    );
    expect(sandbox.refused('GetGroup', { GroupName: 'none' })).toBe(
      'NoSuchEntity: The group with name none cannot be found.',
    );
  });
});

describe('AddUserToGroup and RemoveUserFromGroup', () => {
  test('may be said twice', () => {
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    const member = { GroupName: 'Clerks', UserName: 'Bea' };
    sandbox.call('AddUserToGroup', member);
    sandbox.call('AddUserToGroup', member);
    expect(sandbox.call('GetGroup', { GroupName: 'Clerks' }).Users).toHaveLength(1);
    expect(groupNames(sandbox.call('ListGroupsForUser', { UserName: 'Bea' }))).toEqual(['Clerks']);
    sandbox.call('RemoveUserFromGroup', member);
    sandbox.call('RemoveUserFromGroup', member);
    expect(groupNames(sandbox.call('ListGroupsForUser', { UserName: 'Bea' }))).toEqual([]);
  });

  test('name the user that is missing before the group', () => {
    expect(sandbox.refused('AddUserToGroup', { GroupName: 'none', UserName: 'nobody' })).toBe(
      'NoSuchEntity: The user with name nobody cannot be found.',
    );
    expect(sandbox.refused('RemoveUserFromGroup', { GroupName: 'none', UserName: 'Bea' })).toBe(
      'NoSuchEntity: The group with name none cannot be found.',
    );
    expect(sandbox.refused('ListGroupsForUser', { UserName: 'nobody' })).toContain('NoSuchEntity');
  });

  test('an eleventh group is one too many', () => {
    for (let i = 0; i <= 10; i++) sandbox.call('CreateGroup', { GroupName: `g${i}` });
    for (let i = 0; i < 10; i++) sandbox.call('AddUserToGroup', { GroupName: `g${i}`, UserName: 'Bea' });
    expect(sandbox.refused('AddUserToGroup', { GroupName: 'g10', UserName: 'Bea' })).toBe(
      'LimitExceeded: Cannot exceed quota for GroupsPerUser: 10',
    );
  });

  test('ask for the group', () => {
    sandbox.call('CreateGroup', { GroupName: 'Clerks', Path: '/office/' });
    expect(sandbox.asked('AddUserToGroup', { GroupName: 'Clerks', UserName: 'Bea' })).toEqual([
      `iam:AddUserToGroup arn:aws:iam::${accountId}:group/office/Clerks`,
    ]);
  });
});

describe('UpdateGroup', () => {
  test('renames and moves, and members stay', () => {
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    sandbox.call('CreateGroup', { GroupName: 'Other' });
    sandbox.call('AddUserToGroup', { GroupName: 'Clerks', UserName: 'Bea' });
    expect(sandbox.refused('UpdateGroup', { GroupName: 'Clerks', NewGroupName: 'OTHER' })).toBe(
      'EntityAlreadyExists: Group with name OTHER already exists.',
    );
    expect(sandbox.asked('UpdateGroup', { GroupName: 'Clerks', NewGroupName: 'Scribes', NewPath: '/a/' })).toEqual([
      `iam:UpdateGroup arn:aws:iam::${accountId}:group/Clerks`,
      `iam:UpdateGroup arn:aws:iam::${accountId}:group/a/Scribes`,
    ]);
    expect(groupNames(sandbox.call('ListGroupsForUser', { UserName: 'Bea' }))).toEqual(['Scribes']);
    sandbox.call('UpdateGroup', { GroupName: 'Scribes', NewPath: '/b/' });
    expect(sandbox.call('GetGroup', { GroupName: 'Scribes' }).Group.Path).toBe('/b/');
    expect(sandbox.refused('UpdateGroup', { GroupName: 'Clerks' })).toContain('NoSuchEntity');
  });
});

describe('DeleteGroup', () => {
  test.each([
    ['AddUserToGroup', { UserName: 'Bea' }, 'remove users from group'],
    ['AttachGroupPolicy', { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, 'detach all policies'],
    ['PutGroupPolicy', { PolicyName: 'p', PolicyDocument: document('s3:*') }, 'delete policies'],
  ])('is refused after %s', (operation, input, what) => {
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    sandbox.call(operation, { GroupName: 'Clerks', ...input });
    expect(sandbox.refused('DeleteGroup', { GroupName: 'Clerks' })).toBe(
      `DeleteConflict: Cannot delete entity, must ${what} first.`,
    );
  });

  test('takes the group away', () => {
    sandbox.call('CreateGroup', { GroupName: 'Clerks' });
    sandbox.call('DeleteGroup', { GroupName: 'Clerks' });
    expect(sandbox.refused('DeleteGroup', { GroupName: 'Clerks' })).toContain('NoSuchEntity');
  });
});
