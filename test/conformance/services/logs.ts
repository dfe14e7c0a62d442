import { expect } from 'vitest';
import type { Scenario } from './scenario.ts';

const group = ['--log-group-name', '/app/web'];
const stream = [...group, '--log-stream-name', 'one'];
const now = Date.now();
const document = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'logs:PutLogEvents', Resource: '*' },
  ],
});

/** A group, its streams and events, searched as a learner does. */
export const scenario: Scenario = {
  service: 'logs',
  files: {
    'events.json': JSON.stringify([
      { timestamp: now - 2, message: 'INFO started' },
      { timestamp: now - 1, message: 'ERROR no such bucket' },
      { timestamp: now, message: JSON.stringify({ eventName: 'DeleteTrail', count: 3 }) },
    ]),
  },
  steps: [
    { run: ['logs', 'create-log-group', ...group, '--tags', 'team=web'] },
    { run: ['logs', 'create-log-group', ...group], ends: 'ResourceAlreadyExistsException' },
    { run: ['logs', 'create-log-stream', ...stream] },
    { run: ['logs', 'put-log-events', ...stream, '--log-events', 'file://events.json'] },
    {
      run: ['logs', 'get-log-events', ...stream, '--start-from-head'],
      shows: ({ events }) => expect(events).toHaveLength(3),
    },
    {
      run: ['logs', 'filter-log-events', ...group, '--filter-pattern', '?ERROR ?FATAL'],
      shows: ({ events }) => expect(events).toMatchObject([{ message: 'ERROR no such bucket' }]),
    },
    {
      run: ['logs', 'filter-log-events', ...group, '--filter-pattern', '{ $.eventName = "Delete*" && $.count > 2 }'],
      shows: ({ events }) => expect(events).toHaveLength(1),
    },
    { run: ['logs', 'filter-log-events', ...group, '--filter-pattern', '{ $.a'], ends: 'InvalidParameterException' },
    { run: ['logs', 'put-retention-policy', ...group, '--retention-in-days', '7'] },
    { run: ['logs', 'put-retention-policy', ...group, '--retention-in-days', '8'], ends: 'InvalidParameterException' },
    {
      run: ['logs', 'describe-log-groups', '--log-group-name-prefix', '/app'],
      name: 'groups',
      shows: ({ logGroups }) => expect(logGroups).toMatchObject([{ retentionInDays: 7 }]),
    },
    {
      run: ['logs', 'describe-log-streams', ...group, '--order-by', 'LastEventTime', '--descending'],
      shows: ({ logStreams }) => expect(logStreams).toHaveLength(1),
    },
    { run: ['logs', 'tag-log-group', ...group, '--tags', 'stage=test'] },
    {
      run: ({ groups }) => ['logs', 'list-tags-for-resource', '--resource-arn', groups.logGroups[0].logGroupArn],
      shows: ({ tags }) => expect(tags).toEqual({ team: 'web', stage: 'test' }),
    },
    { run: ['logs', 'untag-log-group', ...group, '--tags', 'team'] },
    { run: ['logs', 'list-tags-log-group', ...group], shows: ({ tags }) => expect(tags).toEqual({ stage: 'test' }) },
    { run: ['logs', 'put-resource-policy', '--policy-name', 'events', '--policy-document', document] },
    {
      run: ['logs', 'describe-resource-policies'],
      shows: ({ resourcePolicies }) => expect(resourcePolicies).toHaveLength(1),
    },
    { run: ['logs', 'delete-resource-policy', '--policy-name', 'events'] },
    { run: ['logs', 'delete-retention-policy', ...group] },
    { run: ['logs', 'delete-log-stream', ...stream] },
    { run: ['logs', 'delete-log-group', ...group] },
    { run: ['logs', 'get-log-events', ...stream], ends: 'ResourceNotFoundException' },
  ],
};
