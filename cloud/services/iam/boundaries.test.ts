import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, ec2Trust, Sandbox } from './testing/sandbox.ts';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'X' });
  sandbox.call('CreateRole', { RoleName: 'X', AssumeRolePolicyDocument: ec2Trust });
});

describe.each([
  ['User', 'UserName', 'user'],
  ['Role', 'RoleName', 'role'],
])('the permissions boundary of a %s', (Noun, member, noun) => {
  const holder = { [member]: 'X' };
  const put = `Put${Noun}PermissionsBoundary`;
  const remove = `Delete${Noun}PermissionsBoundary`;
  const shown = () => sandbox.call(`Get${Noun}`, holder)[Noun].PermissionsBoundary;

  test('is set, replaced and taken away', () => {
    expect(shown()).toBeUndefined();
    sandbox.call(put, { ...holder, PermissionsBoundary: readOnly });
    sandbox.call(put, { ...holder, PermissionsBoundary: admin });
    expect(shown()).toEqual({ PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: admin });
    sandbox.call(remove, holder);
    expect(shown()).toBeUndefined();
  });

  test('must be a managed policy that exists', () => {
    const wrong = `arn:aws:iam::${accountId}:not_a_policy/invalid`;
    expect(sandbox.refused(put, { ...holder, PermissionsBoundary: wrong })).toBe(
      `InvalidInput: ARN ${wrong} is not valid.`,
    );
    const missing = `arn:aws:iam::${accountId}:policy/none`;
    expect(sandbox.refused(put, { ...holder, PermissionsBoundary: missing })).toBe(
      `NoSuchEntity: Scope ARN: ${missing} does not exist or is not attachable.`,
    );
    for (const operation of [put, remove]) {
      expect(sandbox.refused(operation, { [member]: 'none', PermissionsBoundary: readOnly })).toBe(
        `NoSuchEntity: The ${noun} with name none cannot be found.`,
      );
    }
  });

  test('is a condition key: the new one where it is set, the present one else', () => {
    const key = (operation: string, input: object = {}) =>
      sandbox.perform(operation, { ...holder, ...input }).decisions[0]?.request.context['iam:PermissionsBoundary'];
    expect(key(`Delete${Noun}`, {})).toBeUndefined();
    sandbox.call(`Create${Noun}`, { ...holder, AssumeRolePolicyDocument: ec2Trust });
    expect(key(put, { PermissionsBoundary: readOnly })).toBe(readOnly);
    expect(key(put, { PermissionsBoundary: admin })).toBe(admin);
    expect(key(`Attach${Noun}Policy`, { PolicyArn: readOnly })).toBe(admin);
    expect(key(remove)).toBe(admin);
  });
});
