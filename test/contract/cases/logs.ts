import { expect } from 'vitest';
import type { ContractCase } from '../case.ts';

const stream = { logGroupName: '/pay', logStreamName: 'one' };

const arnOf = (account: string) => ({ resourceArn: `arn:aws:logs:us-east-1:${account}:log-group:/pay` });

export const cases: readonly ContractCase[] = [
  {
    service: 'logs',
    name: 'a group, its streams and events, and who may write them',
    users: {
      writer: [{ Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:*:*:log-group:/pay:*' }],
    },
    steps: [
      { call: 'logs:CreateLogGroup', with: { logGroupName: '/pay', tags: { team: 'pay' } } },
      { call: 'logs:CreateLogGroup', with: { logGroupName: '/pay' }, ends: 'ResourceAlreadyExistsException' },
      { call: 'logs:CreateLogGroup', with: { logGroupName: '/shut' } },
      { call: 'logs:CreateLogStream', with: stream },
      { call: 'logs:CreateLogStream', with: { ...stream, logGroupName: '/shut' } },
      {
        call: 'logs:PutLogEvents',
        with: () => ({
          ...stream,
          logEvents: [
            { timestamp: Date.now() - 1_000, message: 'first' },
            { timestamp: Date.now(), message: 'second' },
          ],
        }),
        as: 'writer',
      },
      {
        call: 'logs:PutLogEvents',
        with: () => ({ ...stream, logGroupName: '/shut', logEvents: [{ timestamp: Date.now(), message: 'x' }] }),
        as: 'writer',
        ends: 'AccessDeniedException',
      },
      {
        call: 'logs:GetLogEvents',
        with: { ...stream, startFromHead: true },
        shows: ({ events }) => expect(events).toMatchObject([{ message: 'first' }, { message: 'second' }]),
      },
      { call: 'logs:GetLogEvents', with: stream, as: 'writer', ends: 'AccessDeniedException' },
      { call: 'logs:PutRetentionPolicy', with: { logGroupName: '/pay', retentionInDays: 7 } },
      {
        call: 'logs:DescribeLogGroups',
        with: { logGroupNamePrefix: '/p' },
        shows: ({ logGroups }) => expect(logGroups).toMatchObject([{ logGroupName: '/pay', retentionInDays: 7 }]),
      },
      {
        call: 'logs:DescribeLogStreams',
        with: { logGroupName: '/pay' },
        shows: ({ logStreams }) => expect(logStreams).toMatchObject([{ logStreamName: 'one' }]),
      },
      { call: 'logs:TagLogGroup', with: { logGroupName: '/pay', tags: { stage: 'live' } } },
      { call: 'logs:UntagLogGroup', with: { logGroupName: '/pay', tags: ['team'] } },
      {
        call: 'logs:ListTagsLogGroup',
        with: { logGroupName: '/pay' },
        shows: ({ tags }) => expect(tags).toEqual({ stage: 'live' }),
      },
      { call: 'logs:DeleteRetentionPolicy', with: { logGroupName: '/pay' } },
      { call: 'logs:TagResource', with: ({ account }) => ({ ...arnOf(account), tags: { level: 'high' } }) },
      { call: 'logs:UntagResource', with: ({ account }) => ({ ...arnOf(account), tagKeys: ['stage'] }) },
      {
        call: 'logs:ListTagsForResource',
        with: ({ account }) => arnOf(account),
        shows: ({ tags }) => expect(tags).toEqual({ level: 'high' }),
      },
      { call: 'logs:DeleteLogStream', with: { ...stream, logGroupName: '/shut' } },
      { call: 'logs:DeleteLogGroup', with: { logGroupName: '/shut' } },
      { call: 'logs:GetLogEvents', with: { ...stream, logGroupName: '/shut' }, ends: 'ResourceNotFoundException' },
    ],
  },
];
