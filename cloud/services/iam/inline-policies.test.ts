import { beforeEach, describe, expect, test } from 'vitest';
import { document, ec2Trust, Sandbox } from './testing/sandbox.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('CreateUser', { UserName: 'X' });
  sandbox.call('CreateGroup', { GroupName: 'X' });
  sandbox.call('CreateRole', { RoleName: 'X', AssumeRolePolicyDocument: ec2Trust });
});

/** A document of about this many characters. */
function sized(size: number): string {
  return document(`s3:${'A'.repeat(size - document('s3:').length)}`);
}

describe.each([
  ['User', 'UserName', 'user', 2048],
  ['Group', 'GroupName', 'group', 5120],
  ['Role', 'RoleName', 'role', 10_240],
])('inline policies of a %s', (Noun, member, noun, limit) => {
  const holder = { [member]: 'X' };
  const put = (PolicyName: string, PolicyDocument: string) => ({ ...holder, PolicyName, PolicyDocument });

  test('are put, read, listed by name, replaced and deleted', () => {
    sandbox.call(`Put${Noun}Policy`, put('second', document('s3:GetObject')));
    sandbox.call(`Put${Noun}Policy`, put('first', document('s3:*')));
    sandbox.call(`Put${Noun}Policy`, put('second', document('s3:PutObject')));
    expect(sandbox.call(`List${Noun}Policies`, holder)).toEqual({
      PolicyNames: ['first', 'second'],
      IsTruncated: false,
    });
    const read = sandbox.call(`Get${Noun}Policy`, { ...holder, PolicyName: 'second' });
    expect(read).toEqual({ ...holder, PolicyName: 'second', PolicyDocument: expect.any(String) });
    expect(decodeURIComponent(read.PolicyDocument)).toBe(document('s3:PutObject'));
    sandbox.call(`Delete${Noun}Policy`, { ...holder, PolicyName: 'first' });
    expect(sandbox.call(`List${Noun}Policies`, holder).PolicyNames).toEqual(['second']);
  });

  test('are refused where they or their holder are missing', () => {
    for (const operation of [`Get${Noun}Policy`, `Delete${Noun}Policy`]) {
      expect(sandbox.refused(operation, { ...holder, PolicyName: 'toString' })).toBe(
        `NoSuchEntity: The ${noun} policy with name toString cannot be found.`,
      );
    }
    for (const operation of [`Put${Noun}Policy`, `Get${Noun}Policy`, `Delete${Noun}Policy`, `List${Noun}Policies`]) {
      expect(sandbox.refused(operation, { ...put('p', document('s3:*')), [member]: 'none' })).toBe(
        `NoSuchEntity: The ${noun} with name none cannot be found.`,
      );
    }
  });

  test('are refused malformed, with AWS’s text', () => {
    const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const refused = (more: object) => {
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] });
      return sandbox.refused(`Put${Noun}Policy`, put('p', PolicyDocument));
    };
    expect(refused({ Action: undefined })).toBe('MalformedPolicyDocument: Policy statement must contain actions.');
    expect(refused({ Action: 'GetObject' })).toBe(
      'MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    );
    expect(refused({ Principal: '*' })).toContain('MalformedPolicyDocument');
  });

  test('row 91: count together, white space aside', () => {
    sandbox.call(`Put${Noun}Policy`, put('first', sized(limit / 2)));
    sandbox.call(`Put${Noun}Policy`, put('second', sized(limit / 2).replace('{', `{${' '.repeat(500)}`)));
    sandbox.call(`Put${Noun}Policy`, put('second', sized(limit / 2)));
    expect(sandbox.refused(`Put${Noun}Policy`, put('third', document('s3:*')))).toBe(
      `LimitExceeded: Maximum policy size of ${limit} bytes exceeded for ${noun} X`,
    );
  });
});
