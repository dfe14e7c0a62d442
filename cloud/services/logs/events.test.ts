import { describe, expect, test } from 'vitest';
import { Sandbox } from '../../testing/sandbox.ts';
import { readFilterPattern } from './filter-pattern.ts';

const group = { logGroupName: 'app' };
const stream = { ...group, logStreamName: 'one' };
const day = 86_400_000;

function sandboxWith(...streams: readonly string[]): Sandbox {
  const sandbox = new Sandbox();
  sandbox.call('logs:CreateLogGroup', group);
  for (const logStreamName of streams) sandbox.call('logs:CreateLogStream', { ...group, logStreamName });
  return sandbox;
}

const messagesOf = ({ events }: { events: readonly { message: string }[] }) => events.map(({ message }) => message);

describe('PutLogEvents', () => {
  test('leaves out what is too old or too new', () => {
    const sandbox = sandboxWith('one');
    const put = (...times: readonly number[]) =>
      sandbox.call('logs:PutLogEvents', {
        ...stream,
        logEvents: times.map((timestamp) => ({ timestamp, message: String(timestamp - sandbox.now) })),
      });
    expect(put(sandbox.now - 15 * day, sandbox.now - 14 * day)).toMatchObject({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
    expect(put(sandbox.now, sandbox.now + 3 * 3_600_000)).toMatchObject({
      rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 },
    });
    expect(put(sandbox.now)).toEqual({ nextSequenceToken: expect.stringMatching(/^\d{56}$/) });
    expect(messagesOf(sandbox.call('logs:GetLogEvents', stream))).toEqual([String(-14 * day), '0', '0']);
  });

  test.each([
    [[1, 0], 'Log events in a single PutLogEvents request must be in chronological order.'],
    [[-day - 1, 0], 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.'],
  ])('refuses a batch of %j', (offsets, message) => {
    const sandbox = sandboxWith('one');
    const logEvents = offsets.map((offset) => ({ timestamp: sandbox.now + offset, message: 'x' }));
    const error = sandbox.fail('logs:PutLogEvents', { ...stream, logEvents });
    expect(error).toMatchObject({ code: 'InvalidParameterException', message });
    expect(sandbox.call('logs:GetLogEvents', stream).events).toEqual([]);
  });

  test('lets the oldest go where a stream is full', () => {
    const sandbox = sandboxWith('one');
    for (let n = 0; n < 6; n += 1) {
      const message = `${n}${'x'.repeat(60_000)}`;
      sandbox.call('logs:PutLogEvents', { ...stream, logEvents: [{ timestamp: sandbox.now + n, message }] });
    }
    expect(messagesOf(sandbox.call('logs:GetLogEvents', stream)).map((message) => message.charAt(0))).toEqual([
      '2',
      '3',
      '4',
      '5',
    ]);
  });

  test('needs a stream that is there', () => {
    const sandbox = sandboxWith();
    expect(sandbox.fail('logs:PutLogEvents', { ...stream, logEvents: [{ timestamp: 1, message: 'x' }] })).toMatchObject(
      {
        code: 'ResourceNotFoundException',
        message: 'The specified log stream does not exist.',
      },
    );
  });
});

describe('GetLogEvents', () => {
  test('reads forwards and backwards by its tokens', () => {
    const sandbox = sandboxWith('one');
    const logEvents = [1, 2, 3, 4, 5].map((n) => ({ timestamp: sandbox.now + n, message: `m${n}` }));
    sandbox.call('logs:PutLogEvents', { ...stream, logEvents });
    const get = (input: object) => sandbox.call('logs:GetLogEvents', { ...stream, ...input });
    expect(messagesOf(get({ limit: 2 }))).toEqual(['m4', 'm5']);
    const first = get({ limit: 2, startFromHead: true });
    expect(messagesOf(first)).toEqual(['m1', 'm2']);
    const second = get({ limit: 2, nextToken: first.nextForwardToken });
    expect(messagesOf(second)).toEqual(['m3', 'm4']);
    expect(messagesOf(get({ limit: 1, nextToken: second.nextBackwardToken }))).toEqual(['m2']);
    const third = get({ nextToken: second.nextForwardToken });
    expect(messagesOf(third)).toEqual(['m5']);
    const last = get({ nextToken: third.nextForwardToken });
    expect(last.events).toEqual([]);
    expect(last.nextForwardToken).toBe(third.nextForwardToken);
    expect(sandbox.fail('logs:GetLogEvents', { ...stream, nextToken: 'x' }).code).toBe('InvalidParameterException');
    expect(messagesOf(get({ startTime: sandbox.now + 2, endTime: sandbox.now + 4 }))).toEqual(['m2', 'm3']);
  });
});

describe('FilterLogEvents', () => {
  test('finds in all streams, by time', () => {
    const sandbox = sandboxWith('one', 'two');
    const put = (logStreamName: string, offset: number, message: string) =>
      sandbox.call('logs:PutLogEvents', {
        ...group,
        logStreamName,
        logEvents: [{ timestamp: sandbox.now + offset, message }],
      });
    put('one', 2, 'ERROR second');
    put('two', 1, 'ERROR first');
    put('two', 3, 'fine');
    const filter = (input: object) => sandbox.call('logs:FilterLogEvents', { ...group, ...input });
    const errors = filter({ filterPattern: 'ERROR' });
    expect(errors.events).toEqual([
      {
        logStreamName: 'two',
        timestamp: sandbox.now + 1,
        message: 'ERROR first',
        ingestionTime: sandbox.now,
        eventId: expect.stringMatching(/^\d{56}$/),
      },
      expect.objectContaining({ logStreamName: 'one', message: 'ERROR second' }),
    ]);
    const page = filter({ limit: 1 });
    expect(messagesOf(filter({ nextToken: page.nextToken }))).toEqual(['ERROR second', 'fine']);
    expect(messagesOf(filter({ logStreamNames: ['one'] }))).toEqual(['ERROR second']);
    expect(messagesOf(filter({ logStreamNamePrefix: 't', endTime: sandbox.now + 1 }))).toEqual(['ERROR first']);
    expect(
      sandbox.fail('logs:FilterLogEvents', { ...group, logStreamNames: ['a'], logStreamNamePrefix: 'a' }).code,
    ).toBe('InvalidParameterException');
  });
});

const trail = JSON.stringify({
  eventName: 'DeleteTrail',
  errorCode: null,
  count: 4,
  mfa: false,
  sourceIPAddress: '123.123.0.1',
  items: [{ key: 'a' }, { key: 'b' }],
});

describe('filter patterns', () => {
  test.each([
    ['', 'anything', true],
    ['ERROR Exception', 'Exception after ERROR', true],
    ['ERROR Exception', 'ERROR alone', false],
    ['error', 'ERROR', false],
    ['"no such"', 'there is no such thing', true],
    ['?ERROR ?WARN', 'WARN: x', true],
    ['?ERROR ?WARN', 'INFO: x', false],
    ['ERROR -Retry', 'ERROR then Retry', false],
    ['{ $.eventName = "DeleteTrail" }', trail, true],
    ['{ $.eventName = DeleteTrail }', trail, true],
    ['{ $.eventName = "Delete*" && $.count > 3 }', trail, true],
    ['{ $.eventName = "delete*" }', trail, false],
    ['{ ($.count < 3) || ($.count >= 4 && $.mfa IS FALSE) }', trail, true],
    ['{ $.sourceIPAddress != 123.123.* }', trail, false],
    ['{ $.errorCode IS NULL }', trail, true],
    ['{ $.userIdentity NOT EXISTS }', trail, true],
    ['{ $.items[1].key = "b" }', trail, true],
    ['{ $.items[*].key = "c" }', trail, false],
    ['{ $.count = 4 }', 'no JSON', false],
  ])('%s on %s: %s', (pattern, message, matches) => {
    expect(readFilterPattern(pattern)(message)).toBe(matches);
  });

  test.each(['{ $.a', '{ $.a = }', '{ a = 1 }', '{ $.a IS MAYBE }', '[a, b]', '"open', '{ $.a = 1 } x', '%a%'])(
    '%s is none',
    (pattern) => {
      expect(() => readFilterPattern(pattern)).toThrow('Invalid filter pattern');
    },
  );
});
