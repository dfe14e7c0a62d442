import { describe, expect, test } from 'vitest';
import { accountId, allow, policy, Sandbox } from '../../testing/sandbox.ts';

const group = { logGroupName: '/aws/lambda/resize' };
const stream = { ...group, logStreamName: '2026/01/05/[$LATEST]1' };
const arn = `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/lambda/resize`;

function withStream(): Sandbox {
  const sandbox = new Sandbox();
  sandbox.call('logs:CreateLogGroup', group);
  sandbox.call('logs:CreateLogStream', stream);
  return sandbox;
}

/** Events of a stream, `n` milliseconds before now. */
function put(sandbox: Sandbox, ...events: readonly (readonly [ago: number, message: string])[]): object {
  const logEvents = events.map(([ago, message]) => ({ timestamp: sandbox.now - ago, message }));
  return sandbox.call('logs:PutLogEvents', { ...stream, logEvents });
}

describe('log groups', () => {
  test('are made, described and deleted', () => {
    const sandbox = new Sandbox();
    sandbox.call('logs:CreateLogGroup', { ...group, tags: { team: 'media' } });
    expect(sandbox.fail('logs:CreateLogGroup', group)).toMatchObject({
      code: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    });
    expect(sandbox.call('logs:DescribeLogGroups').logGroups).toEqual([
      {
        logGroupName: '/aws/lambda/resize',
        creationTime: sandbox.now,
        metricFilterCount: 0,
        arn: `${arn}:*`,
        logGroupArn: arn,
        storedBytes: 0,
        logGroupClass: 'STANDARD',
        deletionProtectionEnabled: false,
      },
    ]);
    sandbox.call('logs:DeleteLogGroup', group);
    expect(sandbox.call('logs:DescribeLogGroups').logGroups).toEqual([]);
    expect(sandbox.fail('logs:DeleteLogGroup', group)).toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('are found by prefix, by pattern and in their own region', () => {
    const sandbox = new Sandbox();
    for (const logGroupName of ['/app/web', '/app/Worker', '/other']) {
      sandbox.call('logs:CreateLogGroup', { logGroupName });
    }
    const found = (input: object) =>
      sandbox
        .call('logs:DescribeLogGroups', input)
        .logGroups.map((each: { logGroupName: string }) => each.logGroupName);
    expect(found({ logGroupNamePrefix: '/app/' })).toEqual(['/app/Worker', '/app/web']);
    expect(found({ logGroupNamePattern: 'WORK' })).toEqual(['/app/Worker']);
    expect(sandbox.fail('logs:DescribeLogGroups', { logGroupNamePrefix: 'a', logGroupNamePattern: 'a' }).code).toBe(
      'InvalidParameterException',
    );
    sandbox.region = 'eu-west-1';
    expect(found({})).toEqual([]);
  });

  test('come in pages', () => {
    const sandbox = new Sandbox();
    for (const n of [1, 2, 3]) sandbox.call('logs:CreateLogGroup', { logGroupName: `g${n}` });
    const first = sandbox.call('logs:DescribeLogGroups', { limit: 2 });
    expect(first.logGroups).toHaveLength(2);
    const second = sandbox.call('logs:DescribeLogGroups', { limit: 2, nextToken: first.nextToken });
    expect(second.logGroups).toMatchObject([{ logGroupName: 'g3' }]);
    expect(second.nextToken).toBeUndefined();
    expect(sandbox.fail('logs:DescribeLogGroups', { nextToken: 'x' }).code).toBe('InvalidParameterException');
  });

  test('are kept from deletion where they are protected', () => {
    const sandbox = new Sandbox();
    sandbox.call('logs:CreateLogGroup', { ...group, deletionProtectionEnabled: true });
    expect(sandbox.fail('logs:DeleteLogGroup', group).code).toBe('ValidationException');
  });

  test('keep their events as long as the retention says', () => {
    const sandbox = withStream();
    put(sandbox, [0, 'old']);
    sandbox.call('logs:PutRetentionPolicy', { ...group, retentionInDays: 3 });
    expect(sandbox.call('logs:DescribeLogGroups').logGroups).toMatchObject([{ retentionInDays: 3, storedBytes: 29 }]);
    sandbox.now += 4 * 86_400_000;
    expect(sandbox.call('logs:GetLogEvents', stream).events).toEqual([]);
    sandbox.call('logs:DeleteRetentionPolicy', group);
    expect(sandbox.call('logs:DescribeLogGroups').logGroups[0]).not.toHaveProperty('retentionInDays');
    expect(sandbox.fail('logs:PutRetentionPolicy', { ...group, retentionInDays: 2 }).message).toMatch(
      /^1 validation error detected: Value '2' at 'retentionInDays' failed/,
    );
  });

  test('are tagged in the older and the newer form', () => {
    const sandbox = withStream();
    sandbox.call('logs:TagLogGroup', { ...group, tags: { a: '1', b: '2' } });
    sandbox.call('logs:TagResource', { resourceArn: arn, tags: { c: '3' } });
    sandbox.call('logs:UntagLogGroup', { ...group, tags: ['a'] });
    sandbox.call('logs:UntagResource', { resourceArn: arn, tagKeys: ['b'] });
    expect(sandbox.call('logs:ListTagsLogGroup', group)).toEqual({ tags: { c: '3' } });
    expect(sandbox.call('logs:ListTagsForResource', { resourceArn: arn })).toEqual({ tags: { c: '3' } });
    expect(sandbox.fail('logs:TagResource', { resourceArn: `${arn}x`, tags: { a: '1' } }).code).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('log streams', () => {
  test('are listed by name and by their last event', () => {
    const sandbox = withStream();
    sandbox.call('logs:CreateLogStream', { ...group, logStreamName: 'a' });
    put(sandbox, [5, 'x'], [0, 'y']);
    const names = (input: object) =>
      sandbox
        .call('logs:DescribeLogStreams', { ...group, ...input })
        .logStreams.map((each: { logStreamName: string }) => each.logStreamName);
    expect(names({})).toEqual([stream.logStreamName, 'a']);
    expect(names({ orderBy: 'LastEventTime', descending: true, limit: 1 })).toEqual([stream.logStreamName]);
    expect(names({ logStreamNamePrefix: 'a' })).toEqual(['a']);
    expect(sandbox.call('logs:DescribeLogStreams', group).logStreams[0]).toEqual({
      logStreamName: stream.logStreamName,
      creationTime: sandbox.now,
      firstEventTimestamp: sandbox.now - 5,
      lastEventTimestamp: sandbox.now,
      lastIngestionTime: sandbox.now,
      arn: `${arn}:log-stream:${stream.logStreamName}`,
      storedBytes: 0,
    });
    sandbox.call('logs:DeleteLogStream', { ...group, logStreamName: 'a' });
    expect(names({})).toEqual([stream.logStreamName]);
  });

  test('are in pages, also backwards', () => {
    const sandbox = new Sandbox();
    sandbox.call('logs:CreateLogGroup', group);
    for (const logStreamName of ['a', 'b', 'c']) sandbox.call('logs:CreateLogStream', { ...group, logStreamName });
    const input = { ...group, descending: true, limit: 2 };
    const first = sandbox.call('logs:DescribeLogStreams', input);
    expect(first.logStreams).toMatchObject([{ logStreamName: 'c' }, { logStreamName: 'b' }]);
    expect(sandbox.call('logs:DescribeLogStreams', { ...input, nextToken: first.nextToken }).logStreams).toMatchObject([
      { logStreamName: 'a' },
    ]);
  });
});

describe('permissions', () => {
  test('name the stream, or all that is in the group', () => {
    const sandbox = withStream();
    const logEvents = [{ timestamp: sandbox.now, message: 'x' }];
    expect(sandbox.asked('logs:PutLogEvents', { ...stream, logEvents })).toEqual([
      `logs:PutLogEvents ${arn}:log-stream:${stream.logStreamName}`,
    ]);
    expect(sandbox.asked('logs:GetLogEvents', { logGroupIdentifier: arn, logStreamName: 's' })).toEqual([
      `logs:GetLogEvents ${arn}:log-stream:s`,
    ]);
    expect(sandbox.asked('logs:DescribeLogStreams', group)).toEqual([`logs:DescribeLogStreams ${arn}:log-stream:`]);
    expect(sandbox.asked('logs:FilterLogEvents', group)).toEqual([`logs:FilterLogEvents ${arn}:log-stream:`]);
    expect(sandbox.asked('logs:DescribeLogGroups')).toEqual([
      `logs:DescribeLogGroups arn:aws:logs:us-east-1:${accountId}:log-group::log-stream:`,
    ]);
    expect(sandbox.asked('logs:TagLogGroup', { ...group, tags: { a: '1' } })).toEqual([`logs:TagLogGroup ${arn}`]);
    expect(sandbox.asked('logs:ListTagsForResource', { resourceArn: arn })).toEqual([
      `logs:ListTagsForResource ${arn}`,
    ]);
    expect(sandbox.asked('logs:DescribeResourcePolicies')).toEqual(['logs:DescribeResourcePolicies *']);
  });

  test('hold a reader to its group, and to its tags', () => {
    const sandbox = withStream();
    sandbox.call('logs:TagLogGroup', { ...group, tags: { team: 'media' } });
    const reader = sandbox.user('Reader', allow('logs:GetLogEvents', `${arn}:*`));
    expect(sandbox.call('logs:GetLogEvents', stream, reader).events).toEqual([]);
    expect(sandbox.fail('logs:FilterLogEvents', group, reader)).toMatchObject({ code: 'AccessDeniedException' });
    const tagged = (team: string) =>
      allow('logs:FilterLogEvents', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': team } } });
    expect(sandbox.call('logs:FilterLogEvents', group, sandbox.user('Media', tagged('media'))).events).toEqual([]);
    expect(sandbox.fail('logs:FilterLogEvents', group, sandbox.user('Audio', tagged('audio'))).code).toBe(
      'AccessDeniedException',
    );
  });
});

describe('resource policies', () => {
  const document = policy({
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `${arn}:*`,
  });

  test('let a service write', () => {
    const sandbox = withStream();
    const service = { kind: 'service', service: 'events.amazonaws.com' } as const;
    const logEvents = [{ timestamp: sandbox.now, message: 'x' }];
    expect(sandbox.fail('logs:PutLogEvents', { ...stream, logEvents }, service).code).toBe('AccessDeniedException');
    sandbox.call('logs:PutResourcePolicy', { policyName: 'events', policyDocument: document });
    sandbox.call('logs:PutLogEvents', { ...stream, logEvents }, service);
    const other = { kind: 'service', service: 'route53.amazonaws.com' } as const;
    expect(sandbox.fail('logs:PutLogEvents', { ...stream, logEvents }, other).code).toBe('AccessDeniedException');
    expect(sandbox.call('logs:DescribeResourcePolicies').resourcePolicies).toEqual([
      { policyName: 'events', policyDocument: document, lastUpdatedTime: sandbox.now },
    ]);
    sandbox.call('logs:DeleteResourcePolicy', { policyName: 'events' });
    expect(sandbox.fail('logs:PutLogEvents', { ...stream, logEvents }, service).code).toBe('AccessDeniedException');
    expect(sandbox.fail('logs:DeleteResourcePolicy', { policyName: 'events' }).code).toBe('ResourceNotFoundException');
  });

  test('are ten a region, and well-formed', () => {
    const sandbox = new Sandbox();
    expect(sandbox.fail('logs:PutResourcePolicy', { policyName: 'p', policyDocument: '{}' }).code).toBe(
      'InvalidParameterException',
    );
    for (let n = 0; n < 10; n += 1) {
      sandbox.call('logs:PutResourcePolicy', { policyName: `p${n}`, policyDocument: document });
    }
    expect(sandbox.fail('logs:PutResourcePolicy', { policyName: 'p', policyDocument: document }).code).toBe(
      'LimitExceededException',
    );
    sandbox.call('logs:PutResourcePolicy', { policyName: 'p1', policyDocument: document });
  });
});
