/** That the page decides the access matrix as the gateway decides, where an organization and policies on resources have a say. */
import { Value } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { accountModel } from '../cloud/account-model.ts';
import { controlsOf } from '../cloud/services/organizations/controls.ts';
import type { World } from '../cloud/world.ts';
import { AccessMatrix } from '../contract/index.ts';
import type { Check } from '../grading/checks.ts';
import { accessMatrix } from '../grading/index.ts';
import { rootOf } from '../grading/requests.ts';
import { inOrganization, managementId } from '../grading/testing/organization.ts';
import { accountId, platform, policy, sandboxAfter } from '../grading/testing/sandbox.ts';
import { decide } from '../iam/decide.ts';
import type { Caller } from '../iam/model.ts';
import { LiveMatrix } from '../web/workbench/access/live-matrix.ts';

const queue = `arn:aws:sqs:us-east-1:${accountId}:orders`;
const queuePolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:ReceiveMessage',
      Resource: queue,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    },
  ],
});
const { world } = sandboxAfter(
  ['iam:CreateUser', { UserName: 'Bea' }],
  ['iam:CreateUser', { UserName: 'Milo' }],
  ['iam:PutUserPolicy', { UserName: 'Bea', PolicyName: 'All', PolicyDocument: policy('Allow', '*', '*') }],
  ['sqs:CreateQueue', { QueueName: 'orders', Attributes: { Policy: queuePolicy } }],
  ['s3:CreateBucket', { Bucket: 'seeds-1' }],
);
const denied = (action: string, more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: action, Resource: '*', ...more }] });
const member = inOrganization(world, {
  SERVICE_CONTROL_POLICY: denied('sqs:SendMessage'),
  RESOURCE_CONTROL_POLICY: denied('s3:GetObject', { Principal: '*' }),
});
/** A user of the account to whom nothing is allowed. */
const nobody: Caller = {
  kind: 'user',
  accountId,
  arn: `arn:aws:iam::${accountId}:user/Nobody`,
  name: 'Nobody',
  id: 'AIDACKCEVSQ6C2EXAMPLE',
  tags: {},
};
const management: Caller = { kind: 'root', accountId: managementId };

function matrixOf(learner: readonly Caller[], of: World = member): AccessMatrix {
  const wanted = [
    { on: queue, can: ['sqs:SendMessage', 'sqs:ReceiveMessage'] },
    { on: 'arn:aws:s3:::seeds-1/a.txt', can: ['s3:GetObject', 's3:PutObject'] },
  ];
  const checks: readonly Check[] = ['user/Bea', 'user/Milo'].flatMap((who) =>
    wanted.map((each) => ({ id: 'c', title: 'A check', private: false, kind: 'access', access: { who, ...each } })),
  );
  const made = accessMatrix({ ...platform, checks, world: of, learner, variables: {} });
  return Value.Parse(AccessMatrix, JSON.parse(JSON.stringify(made)));
}

test('every cell is decided as the gateway decides', () => {
  const matrix = matrixOf([rootOf(member), management]);
  const model = accountModel(member, platform.cloud.managedPolicies);
  const organization = controlsOf(member)?.organization ?? expect.fail('no organization');
  const verdicts = new LiveMatrix(matrix).saved.map((row) =>
    row.map((cell) => {
      if (cell.kind !== 'decided') return expect.fail(cell.kind);
      const { request, decision } = cell.because;
      const asked = { ...request, organization };
      expect(decision).toEqual(decide(asked, model.policiesFor(asked)));
      return [request.action, decision.verdict, decision.layer];
    }),
  );
  expect(verdicts).toEqual([
    [
      ['sqs:SendMessage', 'explicitly-denied', 'service-control'],
      ['sqs:ReceiveMessage', 'allowed', expect.anything()],
      ['s3:GetObject', 'explicitly-denied', 'resource-control'],
      ['s3:PutObject', 'allowed', 'identity'],
    ],
    [
      ['sqs:SendMessage', 'explicitly-denied', 'service-control'],
      ['sqs:ReceiveMessage', 'allowed', 'resource'],
      ['s3:GetObject', 'explicitly-denied', 'resource-control'],
      ['s3:PutObject', 'implicitly-denied', expect.anything()],
    ],
  ]);
});

describe('what the learner’s keys may not read is not there', () => {
  test('an organization’s policies, which a member cannot describe', () => {
    const { principals, permissions, documents } = matrixOf([rootOf(member)]);
    const needs = [expect.stringMatching(/^organizations:DescribePolicy/)];
    expect(principals).toMatchObject([
      { kind: 'unread', needs },
      { kind: 'unread', needs },
    ]);
    expect(new Set(permissions.map(({ kind }) => kind))).toEqual(new Set(['unread']));
    expect(documents).toEqual([]);
  });

  test('a queue’s policy', () => {
    const { permissions } = matrixOf([nobody], world);
    expect(permissions[0]).toMatchObject({ kind: 'unread', needs: [`sqs:GetQueueAttributes on ${queue}`] });
    expect(matrixOf([rootOf(world)], world).permissions[0]).toMatchObject({
      kind: 'known',
      policy: expect.any(Number),
    });
  });

  test('policies of other services, which the account’s root may read', () => {
    const { world: full } = sandboxAfter(
      ['iam:CreateUser', { UserName: 'Bea' }],
      ['sns:CreateTopic', { Name: 'news' }],
      ['kms:CreateKey', {}],
      ['logs:CreateLogGroup', { logGroupName: 'app' }],
      [
        'logs:PutResourcePolicy',
        {
          policyName: 'all',
          policyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: '*', Action: 'logs:PutLogEvents', Resource: '*' }],
          }),
        },
      ],
    );
    const place = `us-east-1:${accountId}`;
    const [key = ''] = Object.values(full.accounts[accountId]?.kms.keys ?? {}).map(({ id }) => id);
    const on = [
      `arn:aws:sns:${place}:news`,
      `arn:aws:kms:${place}:key/${key}`,
      `arn:aws:logs:${place}:log-group:app:log-stream:one`,
    ];
    const checks: readonly Check[] = on.map((arn, n) => {
      const can = ['sns:Publish', 'kms:Decrypt', 'logs:PutLogEvents'][n] ?? '';
      return {
        id: 'c',
        title: 'A check',
        private: false,
        kind: 'access',
        access: { who: 'user/Bea', can, on: arn },
      };
    });
    const columnsFor = (learner: readonly Caller[]) =>
      accessMatrix({ ...platform, checks, world: full, learner, variables: {} }).permissions;
    const known = { kind: 'known', policy: expect.any(Number) };
    expect(columnsFor([rootOf(full)])).toMatchObject([known, known, known]);
    expect(columnsFor([nobody]).map((column) => column.kind === 'unread' && column.needs)).toEqual([
      [expect.stringMatching(/^sns:GetTopicAttributes on /)],
      [expect.stringMatching(/^kms:GetKeyPolicy on /)],
      [expect.stringMatching(/^logs:DescribeResourcePolicies on /)],
    ]);
  });
});
