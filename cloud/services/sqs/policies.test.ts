/** Queue policies: what they may be, and what they let whom do. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { AnyCaller } from '../../../iam/model.ts';
import { accountId, allow, anonymous, deny, partnerId, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

let sandbox: Sandbox;
const QueueUrl = `http://127.0.0.1:4566/${accountId}/jobs`;
const jobs = `arn:aws:sqs:us-east-1:${accountId}:jobs`;
const setPolicy = (Policy: string) => sandbox.call('sqs:SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
const storedPolicy = () => {
  const { Attributes } = sandbox.call('sqs:GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] });
  return Attributes && JSON.parse(Attributes.Policy);
};
const statement = (principal: unknown, action: string | string[] = 'sqs:SendMessage', more: object = {}) =>
  allow(action, jobs, { Principal: principal, ...more });
const send = { QueueUrl, MessageBody: 'a' };
const may = (name: string, input: object, caller: AnyCaller) =>
  sandbox.perform(`sqs:${name}`, input, caller).outcome.kind === 'ok';
const refused = (operation: string, input: object, caller?: AnyCaller) => {
  const { code, message } = sandbox.fail(`sqs:${operation}`, { QueueUrl, ...input }, caller);
  return `${code}: ${message}`;
};

beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('sqs:CreateQueue', { QueueName: 'jobs', tags: { team: 'web' } });
});

describe('within the account', () => {
  it('a queue policy is enough by itself, and its Deny wins', () => {
    const eve = sandbox.user('Eve');
    const bob = sandbox.user('Bob', allow('sqs:*'));
    expect(may('SendMessage', send, eve)).toBe(false);
    expect(may('SendMessage', send, bob)).toBe(true);
    const arn = (name: string) => ({ AWS: `arn:aws:iam::${accountId}:user/${name}` });
    setPolicy(policy(statement(arn('Eve')), deny('sqs:SendMessage', jobs, { Principal: arn('Bob') })));
    expect(may('SendMessage', send, eve)).toBe(true);
    expect(may('ReceiveMessage', { QueueUrl }, eve)).toBe(false);
    expect(may('SendMessage', send, bob)).toBe(false);
  });

  it('the tags of a queue are condition keys', () => {
    const eve = sandbox.user(
      'Eve',
      allow('sqs:SendMessage', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } } }),
    );
    expect(may('SendMessage', send, eve)).toBe(true);
    sandbox.call('sqs:UntagQueue', { QueueUrl, TagKeys: ['team'] });
    expect(may('SendMessage', send, eve)).toBe(false);
  });

  it('a user who is deleted and made again gains nothing by it', () => {
    sandbox.user('Eve');
    setPolicy(policy(statement({ AWS: `arn:aws:iam::${accountId}:user/Eve` })));
    sandbox.call('iam:DeleteUser', { UserName: 'Eve' });
    expect(may('SendMessage', send, sandbox.user('Eve'))).toBe(false);
    expect(storedPolicy().Statement[0].Principal.AWS).toMatch(/^AIDA/);
  });
});

describe('another account', () => {
  it('needs the queue policy', () => {
    expect(may('SendMessage', send, partnerRoot)).toBe(false);
    setPolicy(policy(statement({ AWS: partnerId }, ['sqs:SendMessage', 'sqs:GetQueueUrl'])));
    expect(may('SendMessage', send, partnerRoot)).toBe(true);
    expect(
      sandbox.call('sqs:GetQueueUrl', { QueueName: 'jobs', QueueOwnerAWSAccountId: accountId }, partnerRoot).QueueUrl,
    ).toBe(`https://sqs.us-east-1.amazonaws.com/${accountId}/jobs`);
    expect(may('ReceiveMessage', { QueueUrl }, partnerRoot)).toBe(false);
    expect(sandbox.fail('sqs:GetQueueUrl', { QueueName: 'jobs' }, partnerRoot).code).toBe('QueueDoesNotExist');
  });

  it.each([
    ['SetQueueAttributes', { Attributes: { DelaySeconds: '1' } }],
    ['DeleteQueue', {}],
    ['TagQueue', { Tags: { a: 'b' } }],
    ['UntagQueue', { TagKeys: ['a'] }],
    ['ListQueueTags', {}],
    ['AddPermission', { Label: 'l', AWSAccountIds: [partnerId], Actions: ['*'] }],
    ['RemovePermission', { Label: 'l' }],
  ])('is never given %s', (operation, input) => {
    setPolicy(policy(statement('*', 'sqs:*')));
    const before = sandbox.world;
    expect(refused(operation, input, partnerRoot)).toContain('AccessDenied');
    expect(refused(operation, input, anonymous)).toContain('AccessDenied');
    expect(sandbox.world).toBe(before);
  });

  it('and everyone else may do what is public', () => {
    expect(may('SendMessage', send, anonymous)).toBe(false);
    setPolicy(policy(statement('*', ['sqs:SendMessage', 'sqs:ReceiveMessage'])));
    expect(may('SendMessage', send, anonymous)).toBe(true);
    const [message] = sandbox.call(
      'sqs:ReceiveMessage',
      { QueueUrl, AttributeNames: ['SenderId'] },
      anonymous,
    ).Messages;
    expect(message.Attributes).toEqual({ SenderId: 'anonymous' });
    setPolicy(
      policy(statement('*', 'sqs:SendMessage', { Condition: { StringEquals: { 'aws:PrincipalAccount': partnerId } } })),
    );
    expect(may('SendMessage', send, anonymous)).toBe(false);
    expect(may('SendMessage', send, partnerRoot)).toBe(true);
  });
});

describe('a policy', () => {
  it.each([
    ['no JSON', '{'],
    ['no principal', policy(allow('sqs:SendMessage', jobs))],
    ['actions of another service', policy(statement('*', 's3:GetObject'))],
    ['a principal that does not exist', policy(statement({ AWS: `arn:aws:iam::${accountId}:user/Nobody` }))],
    ['more than 8 KiB', policy(statement('*', 'sqs:SendMessage', { Sid: 'a'.repeat(8192) }))],
    ['more than 20 statements', policy(...Array.from({ length: 21 }, () => statement('*')))],
  ])('is refused with %s', (_what, Policy) => {
    expect(refused('SetQueueAttributes', { Attributes: { Policy } })).toBe(
      'InvalidAttributeValue: Invalid value for the parameter Policy.',
    );
    expect(storedPolicy()).toBeUndefined();
  });

  it('is taken away by an empty one', () => {
    setPolicy(policy(statement('*')));
    setPolicy('');
    expect(storedPolicy()).toBeUndefined();
  });
});

describe('AddPermission', () => {
  const input = (more: object = {}) => ({
    QueueUrl,
    Label: 'partner',
    AWSAccountIds: [partnerId],
    Actions: ['SendMessage'],
    ...more,
  });

  it('adds a statement by its label, and RemovePermission takes it away', () => {
    sandbox.call('sqs:AddPermission', input());
    const first = {
      Sid: 'partner',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${partnerId}:root` },
      Action: 'SQS:SendMessage',
      Resource: jobs,
    };
    expect(storedPolicy()).toEqual({ Version: '2008-10-17', Id: `${jobs}/SQSDefaultPolicy`, Statement: [first] });
    expect(may('SendMessage', send, partnerRoot)).toBe(true);
    sandbox.call(
      'sqs:AddPermission',
      input({ Label: 'more', AWSAccountIds: [partnerId, accountId], Actions: ['*', 'PurgeQueue'] }),
    );
    expect(storedPolicy().Statement[1]).toMatchObject({
      Principal: { AWS: [`arn:aws:iam::${partnerId}:root`, `arn:aws:iam::${accountId}:root`] },
      Action: ['SQS:*', 'SQS:PurgeQueue'],
    });
    sandbox.call('sqs:RemovePermission', { QueueUrl, Label: 'more' });
    expect(storedPolicy().Statement).toEqual([first]);
    sandbox.call('sqs:RemovePermission', { QueueUrl, Label: 'partner' });
    expect(storedPolicy()).toBeUndefined();
    expect(refused('RemovePermission', { Label: 'partner' })).toBe(
      "InvalidParameterValue: Value partner for parameter Label is invalid. Reason: can't find label.",
    );
  });

  it.each<[object, string]>([
    [
      { Actions: ['Fly'] },
      'Value SQS:Fly for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL',
    ],
    [{ Actions: ['DeleteQueue'] }, 'Only the queue owner is allowed to invoke this action.'],
    [
      { Actions: Array.from({ length: 8 }, () => 'SendMessage') },
      'OverLimit: 8 Actions were found, maximum allowed is 7.',
    ],
    [{ AWSAccountIds: ['123'] }, 'Value [123] for parameter PrincipalId is invalid. Reason: Unable to verify.'],
    [{ AWSAccountIds: [] }, 'MissingParameter'],
    [{ Actions: [] }, 'MissingParameter'],
    [{ Label: 'a b' }, 'parameter Label is invalid'],
  ])('refuses %j', (more, error) => {
    expect(refused('AddPermission', input(more))).toContain(error);
    expect(storedPolicy()).toBeUndefined();
  });

  it('refuses a label that is there', () => {
    sandbox.call('sqs:AddPermission', input());
    expect(refused('AddPermission', input())).toBe(
      'InvalidParameterValue: Value partner for parameter Label is invalid. Reason: Already exists.',
    );
  });
});
