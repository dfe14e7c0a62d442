import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, ec2Trust, Sandbox } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateRole', { RoleName: 'Host', Path: '/hosts/', AssumeRolePolicyDocument: ec2Trust });
});

const profile = { InstanceProfileName: 'web' };
const withRole = { ...profile, RoleName: 'Host' };
const names = (output: { InstanceProfiles: { InstanceProfileName: string }[] }) =>
  output.InstanceProfiles.map(({ InstanceProfileName }) => InstanceProfileName);

describe('instance profiles', () => {
  test('are created empty and shown with their role', () => {
    const created = sandbox.call('CreateInstanceProfile', { ...profile, Path: '/hosts/' }).InstanceProfile;
    expect(created).toMatchObject({
      ...profile,
      InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${accountId}:instance-profile/hosts/web`,
      Roles: [],
    });
    expect(created).not.toHaveProperty('Tags');
    expect(sandbox.call('GetInstanceProfile', profile).InstanceProfile).toEqual({ ...created, Tags: [] });
    sandbox.call('AddRoleToInstanceProfile', withRole);
    const [role] = sandbox.call('GetInstanceProfile', profile).InstanceProfile.Roles;
    expect(role).toMatchObject({ RoleName: 'Host', Arn: `arn:aws:iam::${accountId}:role/hosts/Host` });
    expect(role).not.toHaveProperty('MaxSessionDuration');
  });

  test('are listed by name, path and role', () => {
    for (const [InstanceProfileName, Path] of [
      ['web', '/'],
      ['Batch', '/night/'],
    ]) {
      sandbox.call('CreateInstanceProfile', { InstanceProfileName, Path });
    }
    sandbox.call('AddRoleToInstanceProfile', withRole);
    expect(names(sandbox.call('ListInstanceProfiles'))).toEqual(['Batch', 'web']);
    expect(names(sandbox.call('ListInstanceProfiles', { PathPrefix: '/night/' }))).toEqual(['Batch']);
    expect(names(sandbox.call('ListInstanceProfilesForRole', { RoleName: 'Host' }))).toEqual(['web']);
    expect(sandbox.refused('ListInstanceProfilesForRole', { RoleName: 'none' })).toContain('NoSuchEntity');
  });

  test('hold one role', () => {
    sandbox.call('CreateInstanceProfile', profile);
    sandbox.call('AddRoleToInstanceProfile', withRole);
    expect(sandbox.refused('AddRoleToInstanceProfile', withRole)).toBe(
      'LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
    );
    expect(sandbox.refused('DeleteInstanceProfile', profile)).toBe(
      'DeleteConflict: Cannot delete entity, must remove roles from instance profile first.',
    );
    sandbox.call('RemoveRoleFromInstanceProfile', withRole);
    expect(sandbox.refused('RemoveRoleFromInstanceProfile', withRole)).toBe(
      'NoSuchEntity: Role Host in Instance Profile web cannot be found.',
    );
    sandbox.call('DeleteInstanceProfile', profile);
  });

  test('are refused where something is missing or taken', () => {
    sandbox.call('CreateInstanceProfile', profile);
    expect(sandbox.refused('CreateInstanceProfile', { InstanceProfileName: 'WEB' })).toBe(
      'EntityAlreadyExists: Instance Profile WEB already exists.',
    );
    const missing = { InstanceProfileName: 'none', RoleName: 'Host' };
    for (const operation of [
      'GetInstanceProfile',
      'AddRoleToInstanceProfile',
      'RemoveRoleFromInstanceProfile',
      'DeleteInstanceProfile',
    ]) {
      expect(sandbox.refused(operation, missing)).toBe('NoSuchEntity: Instance Profile none cannot be found.');
    }
    expect(sandbox.refused('AddRoleToInstanceProfile', { ...profile, RoleName: 'none' })).toBe(
      'NoSuchEntity: The role with name none cannot be found.',
    );
  });

  test('take a role only from one who may pass it to ec2', () => {
    sandbox.call('CreateInstanceProfile', profile);
    const { decisions } = sandbox.perform('AddRoleToInstanceProfile', withRole);
    expect(decisions.map(({ request }) => [request.action, request.resource])).toEqual([
      ['iam:AddRoleToInstanceProfile', `arn:aws:iam::${accountId}:instance-profile/web`],
      ['iam:PassRole', `arn:aws:iam::${accountId}:role/hosts/Host`],
    ]);
    expect(decisions[1]?.request.context).toMatchObject({ 'iam:PassedToService': 'ec2.amazonaws.com' });
    sandbox.call('RemoveRoleFromInstanceProfile', withRole);
    const bea = sandbox.user('Bea', document('iam:AddRoleToInstanceProfile'));
    expect(sandbox.refused('AddRoleToInstanceProfile', withRole, bea)).toContain(
      `is not authorized to perform: iam:PassRole on resource: arn:aws:iam::${accountId}:role/hosts/Host because`,
    );
  });
});
