import { describe, expect, test } from 'vitest';
import { checkInput } from './validation.ts';

function messageOf(service: string, operation: string, input: Record<string, unknown>): string | undefined {
  return checkInput(service, operation, input)?.error.message;
}

describe('AWS’s own texts', () => {
  test('a name that is too long', () => {
    const name = 'a'.repeat(65);
    expect(messageOf('iam', 'CreateUser', { UserName: name })).toBe(
      `1 validation error detected: Value '${name}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
  });

  test('IAM words a name with wrong characters in its own way', () => {
    expect(messageOf('iam', 'CreateUser', { UserName: 'a b' })).toBe(
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    );
    expect(messageOf('iam', 'CreateUser', { UserName: 'a', Path: 'staff' })).toBe(
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
  });

  test('several faults are listed', () => {
    expect(messageOf('sts', 'AssumeRole', { RoleArn: 'r', RoleSessionName: 'a b' })).toBe(
      "2 validation errors detected: Value 'r' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; " +
        "Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    );
  });

  test('a missing member, an enumeration, a number, a nested tag', () => {
    const missing = checkInput('ssm', 'GetParameter', {});
    expect(missing).toMatchObject({ incomplete: true, error: { code: 'ValidationException', status: 400 } });
    expect(missing?.error.message).toBe(
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    );
    expect(messageOf('ssm', 'PutParameter', { Name: 'n', Value: 'v', Type: 'Text' })).toContain(
      "Value 'Text' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [",
    );
    expect(messageOf('iam', 'ListUsers', { MaxItems: 1001 })).toContain(
      "Value '1001' at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000",
    );
    expect(messageOf('iam', 'TagUser', { UserName: 'a', Tags: [{ Key: '', Value: 'x' }] })).toContain(
      "at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });
});

test('what is right, and what has no table, passes', () => {
  expect(checkInput('iam', 'CreateUser', { UserName: 'Bea', Path: '/staff/' })).toBeUndefined();
  expect(checkInput('sts', 'GetCallerIdentity', {})).toBeUndefined();
  expect(checkInput('s3', 'GetObject', {})).toBeUndefined();
});

test('a hostile value costs no time', () => {
  const started = process.cpuUsage();
  checkInput('iam', 'CreateUser', { UserName: 'a', Path: `/${'a/'.repeat(500_000)}` });
  checkInput('iam', 'CreateUser', { UserName: 'a', Path: '/'.repeat(512) });
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(100);
});
