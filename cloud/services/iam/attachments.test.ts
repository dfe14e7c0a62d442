import { beforeEach, describe, expect, test } from 'vitest';
import { accountId, document, ec2Trust, Sandbox } from './testing/sandbox.ts';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const missing = `arn:aws:iam::${accountId}:policy/none`;
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'X' });
  sandbox.call('CreateGroup', { GroupName: 'X' });
  sandbox.call('CreateRole', { RoleName: 'X', AssumeRolePolicyDocument: ec2Trust });
});

describe.each([
  ['User', 'UserName', 'user'],
  ['Group', 'GroupName', 'group'],
  ['Role', 'RoleName', 'role'],
])('managed policies of a %s', (Noun, member, noun) => {
  const holder = { [member]: 'X' };
  const list = (input: object = {}) => sandbox.call(`ListAttached${Noun}Policies`, { ...holder, ...input });

  test('are attached once, listed and detached', () => {
    sandbox.call(`Attach${Noun}Policy`, { ...holder, PolicyArn: readOnly });
    sandbox.call(`Attach${Noun}Policy`, { ...holder, PolicyArn: readOnly });
    expect(list()).toEqual({
      AttachedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly }],
      IsTruncated: false,
    });
    sandbox.call(`Detach${Noun}Policy`, { ...holder, PolicyArn: readOnly });
    expect(list().AttachedPolicies).toEqual([]);
  });

  test('are refused where they or their holder are missing', () => {
    expect(sandbox.refused(`Attach${Noun}Policy`, { ...holder, PolicyArn: missing })).toBe(
      `NoSuchEntity: Policy ${missing} does not exist or is not attachable.`,
    );
    expect(sandbox.refused(`Detach${Noun}Policy`, { ...holder, PolicyArn: readOnly })).toBe(
      `NoSuchEntity: Policy ${readOnly} was not found.`,
    );
    expect(sandbox.refused(`Attach${Noun}Policy`, { ...holder, PolicyArn: 'longpolicynamebutnoarn' })).toBe(
      'ValidationError: ARN longpolicynamebutnoarn is not valid.',
    );
    for (const operation of [`Attach${Noun}Policy`, `Detach${Noun}Policy`, `ListAttached${Noun}Policies`]) {
      expect(sandbox.refused(operation, { [member]: 'none', PolicyArn: readOnly })).toBe(
        `NoSuchEntity: The ${noun} with name none cannot be found.`,
      );
    }
  });

  test('are ten at most', () => {
    for (let i = 0; i <= 10; i++) {
      sandbox.call('CreatePolicy', {
        PolicyName: `p${i}`,
        Path: i < 2 ? '/team/' : '/',
        PolicyDocument: document('s3:*'),
      });
    }
    const arn = (i: number) => `arn:aws:iam::${accountId}:policy/${i < 2 ? 'team/' : ''}p${i}`;
    for (let i = 0; i < 10; i++) sandbox.call(`Attach${Noun}Policy`, { ...holder, PolicyArn: arn(i) });
    expect(sandbox.refused(`Attach${Noun}Policy`, { ...holder, PolicyArn: arn(10) })).toBe(
      `LimitExceeded: Cannot exceed quota for PoliciesPer${Noun}: 10`,
    );
    expect(list({ PathPrefix: '/team/' }).AttachedPolicies).toHaveLength(2);
    expect(list({ MaxItems: 4 })).toMatchObject({ IsTruncated: true });
  });

  test('are asked for with the policy’s ARN', () => {
    for (const operation of [`Attach${Noun}Policy`, `Detach${Noun}Policy`]) {
      const [decision] = sandbox.perform(operation, { ...holder, PolicyArn: readOnly }).decisions;
      expect(decision?.request).toMatchObject({
        action: `iam:${operation}`,
        resource: `arn:aws:iam::${accountId}:${noun}/X`,
        context: { 'iam:PolicyARN': readOnly },
      });
    }
  });
});
