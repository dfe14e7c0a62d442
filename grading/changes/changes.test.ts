import { expect, test } from 'vitest';
import { userCaller } from '../../cloud/credentials.ts';
import type { World } from '../../cloud/world.ts';
import type { Caller } from '../../iam/model.ts';
import { rootOf } from '../requests.ts';
import { accountId, afterMore, platform, policy, type Step, sandboxAfter } from '../testing/sandbox.ts';
import { type Changes, changesBetween } from './changes.ts';

const trust = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
};
const grant = (action: string): Step => [
  'iam:PutUserPolicy',
  { UserName: 'Bea', PolicyName: 'Grant', PolicyDocument: policy('Allow', action, '*') },
];
const start: readonly Step[] = [
  ['iam:CreateUser', { UserName: 'Bea' }],
  ['iam:CreateUser', { UserName: 'Old' }],
  ['iam:CreateGroup', { GroupName: 'Admins' }],
  ['iam:CreateRole', { RoleName: 'Clerk', AssumeRolePolicyDocument: trust }],
  ['s3:CreateBucket', { Bucket: 'seeds-1' }],
  grant('s3:*'),
];

/** The state after the start and more; ids and times of the start are the same ones. */
function changed(...steps: readonly Step[]): { before: World; world: World } {
  const before = sandboxAfter(...start).world;
  return { before, world: afterMore(before, ...steps).world };
}

function compared(
  worlds: { before: World; world: World },
  learner: readonly Caller[] = [rootOf(worlds.world)],
): Changes {
  return changesBetween({ ...platform, ...worlds, learner, variables: { Flag: 'flag{0123}' } });
}
const inShort = ({ things }: Changes) =>
  things.map(({ service, kind, name, change, facts }) => [`${change} ${service} ${kind} ${name}`, ...facts].join('; '));

test('nothing has changed where nothing was done, nor where somebody only looked', () => {
  expect(compared(changed())).toEqual({ things: [], documents: [], leftOff: 0 });
  expect(compared(changed(['iam:ListUsers', {}], ['iam:GenerateCredentialReport', {}])).things).toEqual([]);
});

test('tells what was made, taken away and changed, in the words of the account', () => {
  const changes = compared(
    changed(
      ['iam:CreateUser', { UserName: 'Cem' }],
      ['iam:DeleteUser', { UserName: 'Old' }],
      ['iam:AddUserToGroup', { UserName: 'Bea', GroupName: 'Admins' }],
      ['iam:AttachRolePolicy', { RoleName: 'Clerk', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      ['iam:TagRole', { RoleName: 'Clerk', Tags: [{ Key: 'team', Value: 'a' }] }],
      ['s3:PutObject', { Bucket: 'seeds-1', Key: 'tomato.txt', Body: 'x' }],
      ['s3:PutBucketVersioning', { Bucket: 'seeds-1', VersioningConfiguration: { Status: 'Enabled' } }],
      ['ssm:PutParameter', { Name: '/a', Type: 'String', Value: 'secret value' }],
    ),
  );
  expect(inShort(changes)).toEqual([
    'changed iam user Bea; + groups: Admins',
    'removed iam user Old',
    'added iam user Cem',
    'changed iam role Clerk; tags; + attached policies: arn:aws:iam::aws:policy/AdministratorAccess',
    'changed s3 bucket seeds-1; + object: tomato.txt; versioning: none → Enabled',
    'added ssm parameter /a (us-east-1)',
  ]);
  expect(JSON.stringify(changes)).not.toContain('secret value');
});

test('lays policies side by side: identity policies, trust policies, policies on resources', () => {
  const open = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::seeds-1/flag{0123}' },
  };
  const wider = { ...trust, Statement: { ...trust.Statement, Principal: { AWS: accountId } } };
  const { documents } = compared(
    changed(
      grant('s3:GetObject'),
      ['iam:UpdateAssumeRolePolicy', { RoleName: 'Clerk', PolicyDocument: wider }],
      ['s3:PutPublicAccessBlock', { Bucket: 'seeds-1', PublicAccessBlockConfiguration: { BlockPublicPolicy: false } }],
      ['s3:PutBucketPolicy', { Bucket: 'seeds-1', Policy: open }],
    ),
  );
  expect(documents.map(({ title, before, after }) => [title, before !== null, after !== null])).toEqual([
    ['inline policy Grant of user/Bea', true, true],
    ['trust policy of role/Clerk', true, true],
    ['policy of arn:aws:s3:::seeds-1', false, true],
  ]);
  expect(documents[0]?.before).toContain('s3:*');
  expect(documents[0]?.after).toContain('s3:GetObject');
  expect(documents[2]?.after).toContain('flag{…}');
});

test('keeps back the text of a policy that the learner’s keys may not read, and no secret of a key', () => {
  const worlds = changed(grant('s3:GetObject'), ['iam:CreateAccessKey', { UserName: 'Bea' }]);
  const account = worlds.world.accounts[accountId];
  const bea = account && userCaller(account, 'Bea');
  const changes = compared(worlds, bea === undefined ? [] : [bea]);
  expect(changes.documents).toEqual([
    {
      accountId,
      title: 'inline policy Grant of user/Bea',
      before: null,
      after: null,
      needs: [`iam:GetUserPolicy on arn:aws:iam::${accountId}:user/Bea`],
    },
  ]);
  const [key] = Object.values(account?.iam.accessKeys ?? {});
  expect(inShort(changes)).toEqual([`changed iam user Bea`, `added iam access key ${key?.id}`]);
  expect(JSON.stringify(changes)).not.toContain(key?.secret);
});

test('shows no more than a page can', () => {
  const many = Array.from({ length: 203 }, (_, n): Step => ['iam:CreateUser', { UserName: `User${n}` }]);
  const { things, leftOff } = compared(changed(...many));
  expect([things.length, leftOff]).toEqual([200, 3]);
});
