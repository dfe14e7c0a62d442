import fc from 'fast-check';
import { applyPatches, enablePatches } from 'immer';
import { expect, test } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountModel } from '../../account-model.ts';
import { stsService } from '../sts/index.ts';
import { iamService } from './index.ts';
import { accountId, document, ec2Trust, root, Sandbox, trust } from './testing/sandbox.ts';

enablePatches();

const names = ['Bea', 'bea', 'toString', 'other'];
const named = (kind: string) => [
  ...names.map((name) => `arn:aws:iam::${accountId}:${kind}/${name}`),
  'nonsense-of-twenty-letters',
];
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const documents = [
  document('s3:*'),
  ec2Trust,
  trust({ AWS: accountId }, ['sts:AssumeRole', 'sts:TagSession']),
  trust({ AWS: `arn:aws:iam::${accountId}:user/Bea` }),
  '{',
];

const name = fc.constantFrom(...names);
const policyArn = fc.constantFrom(readOnly, ...named('policy'));
const text = fc.constantFrom(...documents);
const path = fc.constantFrom('/', '/staff/', '/staff/night/');
const tags = fc.array(fc.record({ Key: fc.constantFrom('a', 'A', 'b'), Value: fc.constantFrom('', 'v') }), {
  maxLength: 3,
});

/** Every member that some operation reads: each takes those that it knows. */
const input = fc.record({
  UserName: name,
  NewUserName: name,
  GroupName: name,
  NewGroupName: name,
  RoleName: name,
  PolicyName: name,
  InstanceProfileName: name,
  VirtualMFADeviceName: name,
  Path: path,
  NewPath: path,
  PathPrefix: path,
  PolicyArn: policyArn,
  PermissionsBoundary: policyArn,
  OpenIDConnectProviderArn: fc.constant(`arn:aws:iam::${accountId}:oidc-provider/x.example`),
  SerialNumber: fc.constantFrom(...named('mfa')),
  RoleArn: fc.constantFrom(...named('role')),
  RoleSessionName: fc.constant('session'),
  PolicyDocument: text,
  AssumeRolePolicyDocument: text,
  Policy: text,
  Tags: tags,
  TagKeys: fc.constantFrom(['a'], ['A', 'b']),
  Password: fc.constantFrom('weak', 'Correct-horse-7'),
  OldPassword: fc.constant('Correct-horse-7'),
  NewPassword: fc.constant('Battery-staple-8'),
  PasswordResetRequired: fc.boolean(),
  SetAsDefault: fc.boolean(),
  VersionId: fc.constantFrom('v1', 'v2', 'v9'),
  Url: fc.constantFrom('https://x.example', 'http://x.example'),
  ClientID: fc.constant('client'),
  AWSServiceName: fc.constantFrom('spot.amazonaws.com', 'none.amazonaws.com'),
  AuthenticationCode1: fc.constant('000000'),
  AuthenticationCode2: fc.constant('000001'),
  Status: fc.constantFrom('Active', 'Inactive'),
  AccessKeyId: fc.constant('AKIAIOSFODNN7EXAMPLE'),
  AccountAlias: fc.constantFrom('library', 'archive'),
  Description: fc.constantFrom('', 'text'),
  MaxItems: fc.integer({ min: 1, max: 3 }),
  MaxPasswordAge: fc.integer({ min: 1, max: 90 }),
  AllowUsersToChangePassword: fc.boolean(),
  AllUsers: fc.boolean(),
  DeletionTaskId: fc.constant('task/none'),
});
/** Now and then members are missing. */
const someInput = fc.oneof({ weight: 4, arbitrary: input }, { weight: 1, arbitrary: partly() });

function partly() {
  return fc
    .tuple(input, fc.func(fc.boolean()))
    .map(([whole, kept]) => Object.fromEntries(Object.entries(whole).filter(([member]) => kept(member))));
}

const operation = fc.constantFrom(...Object.keys(iamService.operations), ...Object.keys(stsService.operations));
const call = fc.record({ operation, input: someInput, asUser: fc.boolean() });

test('any calls end in an answer or an AWS error, change nothing when refused, and replay to the same state', () => {
  fc.assert(
    fc.property(fc.array(call, { minLength: 20, maxLength: 60 }), (calls) => {
      const sandbox = new Sandbox();
      const bea = sandbox.user('Bea', document(['iam:*', 'sts:*']));
      for (const present of ['Bea', 'toString']) {
        sandbox.perform('CreateUser', { UserName: present });
        sandbox.call('CreateGroup', { GroupName: present });
        sandbox.call('CreateRole', { RoleName: present, AssumeRolePolicyDocument: trust({ AWS: accountId }) });
        sandbox.call('CreatePolicy', { PolicyName: present, PolicyDocument: document('s3:*') });
        sandbox.call('CreateInstanceProfile', { InstanceProfileName: present });
        sandbox.call('CreateVirtualMFADevice', { VirtualMFADeviceName: present });
      }
      sandbox.call('CreateOpenIDConnectProvider', { Url: 'https://x.example' });
      let replayed = sandbox.world;
      for (const { operation: asked, input: given, asUser } of calls) {
        const caller: AnyCaller = asUser ? bea : root;
        const before = sandbox.world;
        const { outcome, patches } = sandbox.perform(asked, given, caller);
        if (outcome.kind === 'error') expect(sandbox.world).toBe(before);
        replayed = applyPatches(replayed, JSON.parse(JSON.stringify(patches)));
      }
      expect(replayed).toEqual(sandbox.world);
      // What is stored can be read: the engine takes every policy of every principal.
      const model = accountModel(sandbox.world, sandbox.cloud.managedPolicies);
      for (const role of Object.values(sandbox.world.accounts[accountId]?.iam.roles ?? {})) {
        model.policiesFor({
          caller: bea,
          action: 'sts:AssumeRole',
          resource: `arn:aws:iam::${accountId}:role${role.path}${role.name}`,
          resourceAccountId: accountId,
          context: {},
        });
      }
    }),
    { numRuns: 150 },
  );
});
