import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { constrainedServices, constraintsOf } from './constraints.ts';
import { services } from './services/index.ts';
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

test.each([
  [
    'secretsmanager',
    'GetSecretValue',
    {},
    'ValidationException',
    /^1 validation error detected: Value null at 'secretId'/,
  ],
  ['kms', 'Encrypt', { KeyId: '' }, 'ValidationException', /Value null at 'plaintext'/],
  ['lambda', 'GetFunction', { FunctionName: 'a b' }, 'ValidationException', /Value 'a b' at 'functionName'/],
  ['logs', 'CreateLogGroup', { logGroupName: 'a b' }, 'InvalidParameterException', /Value 'a b' at 'logGroupName'/],
  ['cognito-identity', 'GetId', { IdentityPoolId: 'x' }, 'ValidationException', /Value 'x' at 'identityPoolId'/],
  ['cloudformation', 'CreateStack', {}, 'ValidationError', /Value null at 'stackName'/],
  ['sns', 'Publish', {}, 'ValidationError', /Value null at 'message'/],
  ['ec2', 'RunInstances', {}, 'MissingParameter', /^The request must contain the parameter MinCount$|MaxCount$/],
  ['sqs', 'CreateQueue', {}, 'MissingParameter', /^The request must contain the parameter QueueName\.$/],
] as const)('%s %s', (service, operation, input, code, text) => {
  const error = checkInput(service, operation, input)?.error;
  expect(error).toMatchObject({ code, status: 400 });
  expect(error?.message).toMatch(text);
});

test('every table names operations of its service', () => {
  for (const service of constrainedServices) {
    const names = Object.keys(constraintsOf(service)?.table.operations ?? {});
    const { model } = services[service] ?? {};
    expect(names.length).toBeGreaterThan(5);
    // botocore may be newer or older than the SDK by a few operations.
    const unknown = names.filter((name) => !model?.operations.has(name));
    expect(unknown.length / names.length, `${service}: ${unknown}`).toBeLessThan(0.05);
  }
});

test('no pattern takes exponential time over a hostile value', () => {
  const units = ['a', '/', ':', ' ', '-', '.', 'a/', 'a:', 'a ', 'a-', 'a.', '1', 'arn:aws:', '$'];
  const context = createContext({});
  const tryPattern =
    '{ let read; try { read = new RegExp(source, "u") } catch { try { read = new RegExp(source) } catch {} } read?.test(value) }';
  // A pattern is stopped from outside: what takes exponential time would never end.
  const isStopped = (pattern: string, value: string): boolean => {
    Object.assign(context, { source: `^(?:${pattern})$`, value });
    try {
      runInContext(tryPattern, context, { timeout: 2_000 });
      return false;
    } catch (error) {
      return (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    }
  };
  expect(isStopped('( +[ a]+)*', `${' '.repeat(200)}\n`)).toBe(true);
  const stopped: string[] = [];
  for (const service of constrainedServices) {
    for (const [name, { pattern, max = 20_000 }] of Object.entries(constraintsOf(service)?.table.shapes ?? {})) {
      const length = Math.min(max, 20_000);
      const values = units.map((unit) => `${unit.repeat(length / unit.length)}\n`);
      if (pattern !== undefined && values.some((value) => isStopped(pattern, value)))
        stopped.push(`${service} ${name}`);
    }
  }
  expect(stopped).toEqual([]);
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
