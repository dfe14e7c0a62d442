import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, type Output, partnerId, Sandbox } from './testing/sandbox.ts';

const arn = (what: string) => `arn:aws:iam::${accountId}:${what}`;
const bucket = 'arn:aws:s3:::loot';
const object = 'arn:aws:s3:::loot/a';
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.user('Bea', document('s3:GetObject', `${bucket}/*`));
});

const custom = (...documents: string[]) => ({ PolicyInputList: documents });
const one = (operation: string, more: object): Output => {
  const { EvaluationResults } = sandbox.call(operation, more);
  expect(EvaluationResults).toHaveLength(1);
  return EvaluationResults[0];
};
const byCustom = (more: object) => one('SimulateCustomPolicy', { ActionNames: ['s3:GetObject'], ...more });

describe('SimulateCustomPolicy', () => {
  test('answers as the example of the AWS CLI does, positions and all', () => {
    const text =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}';
    const at = (time: string) => ({
      ...custom(text),
      ActionNames: ['dynamodb:CreateBackup'],
      ContextEntries: [{ ContextKeyName: 'aws:CurrentTime', ContextKeyType: 'date', ContextKeyValues: [time] }],
    });
    expect(byCustom(at('2019-04-25T11:00:00Z'))).toEqual({
      EvalActionName: 'dynamodb:CreateBackup',
      EvalResourceName: '*',
      EvalDecision: 'allowed',
      MatchedStatements: [
        {
          SourcePolicyId: 'PolicyInputList.1',
          SourcePolicyType: 'IAM Policy',
          StartPosition: { Line: 1, Column: 38 },
          EndPosition: { Line: 1, Column: 167 },
        },
      ],
      MissingContextValues: [],
    });
    expect(byCustom(at('2014-04-25T11:00:00Z'))).toMatchObject({
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
      MissingContextValues: [],
    });
    expect(byCustom({ ...at(''), ContextEntries: [] }).MissingContextValues).toEqual(['aws:CurrentTime']);
  });

  test('tells the places of statements in a list, over several lines', () => {
    const text = [
      '{',
      '  "Version": "2012-10-17",',
      '  "Statement": [',
      '    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},',
      '    {"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"}',
      '  ]',
      '}',
    ].join('\n');
    expect(byCustom(custom(text))).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [{ StartPosition: { Line: 4, Column: 59 }, EndPosition: { Line: 5, Column: 61 } }],
    });
    const listed = byCustom({ ...custom(text), ActionNames: ['s3:ListBucket'] });
    expect(listed.MatchedStatements[0]).toMatchObject({
      StartPosition: { Line: 3, Column: 17 },
      EndPosition: { Line: 4, Column: 59 },
    });
  });

  test('names each policy by its place', () => {
    const result = byCustom(custom(document('sqs:*'), document('s3:*')));
    expect(result.MatchedStatements.map(({ SourcePolicyId }: Output) => SourcePolicyId)).toEqual(['PolicyInputList.2']);
  });

  test('tells each resource’s result by itself', () => {
    const result = byCustom({ ...custom(document('s3:GetObject', `${bucket}/*`)), ResourceArns: [object] });
    expect(result).toMatchObject({
      EvalResourceName: object,
      EvalDecision: 'allowed',
      EvalDecisionDetails: {},
      MissingContextValues: [],
      ResourceSpecificResults: [
        {
          EvalResourceName: object,
          EvalResourceDecision: 'allowed',
          MatchedStatements: result.MatchedStatements,
          EvalDecisionDetails: {},
        },
      ],
    });
  });

  test('takes a boundary', () => {
    const bound = (actions: string) =>
      byCustom({ ...custom(document('*')), PermissionsBoundaryPolicyInputList: [document(actions)] });
    const allowedBy = (AllowedByPermissionsBoundary: boolean) => ({
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary },
    });
    expect(bound('s3:*')).toMatchObject({ EvalDecision: 'allowed', ...allowedBy(true) });
    expect(bound('sqs:*')).toMatchObject({ EvalDecision: 'implicitDeny', ...allowedBy(false) });
  });

  test('takes a resource’s policy, within an account and across', () => {
    const policy = (Principal: object) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: `${bucket}/*` }],
      });
    const request = {
      ...custom(document('sqs:*')),
      ResourceArns: [object],
      ResourcePolicy: policy({ AWS: arn('user/Bea') }),
      CallerArn: arn('user/Bea'),
    };
    expect(byCustom(request)).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'ResourcePolicy', SourcePolicyType: 'Resource Policy' }],
    });
    const ResourceOwner = `arn:aws:iam::${partnerId}:root`;
    expect(byCustom({ ...request, ResourceOwner })).toMatchObject({
      EvalDecision: 'implicitDeny',
      EvalDecisionDetails: { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' },
    });
    expect(byCustom({ ...request, ...custom(document('s3:*')), ResourceOwner }).EvalDecision).toBe('allowed');
  });

  test('goes on where it stopped', () => {
    const request = { ...custom(document('s3:*')), ActionNames: ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage'] };
    const first = sandbox.call('SimulateCustomPolicy', { ...request, MaxItems: 2 });
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    const next = sandbox.call('SimulateCustomPolicy', { ...request, MaxItems: 2, Marker: first.Marker });
    expect(next.IsTruncated).toBe(false);
    expect(
      [...first.EvaluationResults, ...next.EvaluationResults].map(({ EvalDecision }: Output) => EvalDecision),
    ).toEqual(['allowed', 'allowed', 'implicitDeny']);
  });

  test.each([
    ['a policy that cannot be saved', { PolicyInputList: ['{}'] }, 'InvalidInput: Invalid policy document'],
    [
      'a resource without ARN',
      { ResourceArns: ['loot'] },
      'InvalidInput: ResourceNames are not in a valid ARN format: loot.',
    ],
    ['an action without service', { ActionNames: ['GetObject'] }, 'InvalidInput: ActionNames'],
    [
      'an owner that is no root',
      { ResourceOwner: '123456789012' },
      "InvalidInput: '123456789012' is not a valid as a Resource Owner.",
    ],
    ['a caller that is no user', { CallerArn: arn('role/R') }, 'InvalidInput: Invalid Caller Arn'],
    ['a resource policy without caller', { ResourcePolicy: document('*') }, 'InvalidInput: CallerArn is required'],
    [
      'two values of one',
      { ContextEntries: [{ ContextKeyName: 'aws:x', ContextKeyType: 'string', ContextKeyValues: ['1', '2'] }] },
      'InvalidInput: Context key aws:x',
    ],
    ['a marker of its own', { Marker: 'x' }, 'ValidationError'],
  ])('refuses %s', (_what, more, text) => {
    const request = { ...custom(document('*')), ActionNames: ['s3:GetObject'], ...more };
    expect(sandbox.refused('SimulateCustomPolicy', request)).toContain(text);
  });
});

describe('the context keys that policies ask for', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: `${bucket}/\${aws:username}/\${aws:PrincipalTag/team, 'none'}/*`,
      Condition: { StringLike: { 's3:prefix': `\${aws:userid}*` }, Bool: { 'aws:SecureTransport': 'true' } },
    },
  });

  test('in documents', () => {
    expect(sandbox.call('GetContextKeysForCustomPolicy', custom(text, text)).ContextKeyNames.sort()).toEqual([
      'aws:SecureTransport',
      'aws:userid',
      'aws:username',
      's3:prefix',
    ]);
    expect(sandbox.refused('GetContextKeysForCustomPolicy', custom('['))).toContain('InvalidInput');
  });

  test('in what a principal has', () => {
    sandbox.call('PutUserPolicy', { UserName: 'Bea', PolicyName: 'q', PolicyDocument: text });
    const keys = sandbox.call('GetContextKeysForPrincipalPolicy', { PolicySourceArn: arn('user/Bea') }).ContextKeyNames;
    expect(keys).toContain('s3:prefix');
    expect(sandbox.refused('GetContextKeysForPrincipalPolicy', { PolicySourceArn: arn('role/None') })).toContain(
      'NoSuchEntity',
    );
  });
});
