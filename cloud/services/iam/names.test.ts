import { applyPatches } from 'immer';
import { expect, test } from 'vitest';
import { document, ec2Trust, Sandbox } from './testing/sandbox.ts';

test.each(['__proto__', 'constructor'])('%s is no name that can be kept', (name) => {
  const sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'Bea' });
  sandbox.call('CreateGroup', { GroupName: 'Clerks' });
  for (const [operation, input] of [
    ['CreateUser', { UserName: name }],
    ['UpdateUser', { UserName: 'Bea', NewUserName: name }],
    ['CreateGroup', { GroupName: name }],
    ['UpdateGroup', { GroupName: 'Clerks', NewGroupName: name }],
    ['CreateRole', { RoleName: name, AssumeRolePolicyDocument: ec2Trust }],
    ['CreateInstanceProfile', { InstanceProfileName: name }],
    ['PutUserPolicy', { UserName: 'Bea', PolicyName: name, PolicyDocument: document('s3:*') }],
  ] as const) {
    expect(sandbox.refused(operation, input)).toContain('ValidationError: The specified value for');
  }
  expect(sandbox.refused('GetUser', { UserName: name })).toContain('NoSuchEntity');
});

test.each(['toString', 'prototype', 'hasOwnProperty', 'valueOf'])(
  '%s is a name like others, in a replay too',
  (name) => {
    const sandbox = new Sandbox();
    const before = sandbox.world;
    const patches = [
      sandbox.perform('CreateUser', { UserName: name }),
      sandbox.perform('TagUser', { UserName: name, Tags: [{ Key: name, Value: 'v' }] }),
      sandbox.perform('PutUserPolicy', { UserName: name, PolicyName: name, PolicyDocument: document('s3:*') }),
    ].flatMap((performed) => performed.patches);
    expect(sandbox.call('GetUser', { UserName: name }).User.UserName).toBe(name);
    expect(applyPatches(before, patches)).toEqual(sandbox.world);
  },
);
