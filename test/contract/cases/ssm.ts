import { expect } from 'vitest';
import type { ContractCase } from '../case.ts';

export const cases: readonly ContractCase[] = [
  {
    service: 'ssm',
    name: 'parameters, and who may read them',
    users: { reader: [{ Effect: 'Allow', Action: 'ssm:GetParameter*', Resource: 'arn:aws:ssm:*:*:parameter/pay/*' }] },
    steps: [
      { call: 'ssm:PutParameter', with: { Name: '/pay/rate', Value: '3', Type: 'String', Description: 'of pay' } },
      {
        call: 'ssm:PutParameter',
        with: { Name: '/pay/key', Value: 'hunter2', Type: 'SecureString', Tags: [{ Key: 'team', Value: 'pay' }] },
        shows: ({ Version }) => expect(Version).toBe(1),
      },
      { call: 'ssm:PutParameter', with: { Name: '/shut/key', Value: 'a,b', Type: 'StringList' } },
      {
        call: 'ssm:PutParameter',
        with: { Name: '/pay/rate', Value: '4', Type: 'String' },
        ends: 'ParameterAlreadyExists',
      },
      {
        call: 'ssm:PutParameter',
        with: { Name: '/pay/rate', Value: '4', Type: 'String', Overwrite: true },
        shows: ({ Version }) => expect(Version).toBe(2),
      },
      {
        call: 'ssm:GetParameter',
        with: { Name: '/pay/rate' },
        as: 'reader',
        shows: ({ Parameter }) => expect(Parameter).toMatchObject({ Name: '/pay/rate', Value: '4', Version: 2 }),
      },
      {
        call: 'ssm:GetParameter',
        with: { Name: '/pay/key', WithDecryption: true },
        shows: ({ Parameter }) => expect(Parameter.Value).toBe('hunter2'),
      },
      {
        call: 'ssm:GetParameter',
        with: { Name: '/pay/key' },
        shows: ({ Parameter }) => expect(Parameter.Value).not.toContain('hunter2'),
      },
      { call: 'ssm:GetParameter', with: { Name: '/shut/key' }, as: 'reader', ends: 'AccessDeniedException' },
      { call: 'ssm:GetParameter', with: { Name: '/pay/none' }, ends: 'ParameterNotFound' },
      {
        call: 'ssm:GetParametersByPath',
        with: { Path: '/pay', Recursive: true, WithDecryption: true },
        shows: ({ Parameters }) =>
          expect(Parameters.map(({ Name }: { Name: string }) => Name).sort()).toEqual(['/pay/key', '/pay/rate']),
      },
      {
        call: 'ssm:GetParameters',
        with: { Names: ['/pay/rate', '/none'] },
        shows: (answer) => expect(answer).toMatchObject({ InvalidParameters: ['/none'], Parameters: [{ Value: '4' }] }),
      },
      { call: 'ssm:LabelParameterVersion', with: { Name: '/pay/rate', ParameterVersion: 1, Labels: ['old'] } },
      {
        call: 'ssm:GetParameter',
        with: { Name: '/pay/rate:old' },
        shows: ({ Parameter }) => expect(Parameter.Value).toBe('3'),
      },
      {
        call: 'ssm:AddTagsToResource',
        with: { ResourceType: 'Parameter', ResourceId: '/pay/key', Tags: [{ Key: 'stage', Value: 'live' }] },
      },
      {
        call: 'ssm:RemoveTagsFromResource',
        with: { ResourceType: 'Parameter', ResourceId: '/pay/key', TagKeys: ['team'] },
      },
      {
        call: 'ssm:ListTagsForResource',
        with: { ResourceType: 'Parameter', ResourceId: '/pay/key' },
        shows: ({ TagList }) => expect(TagList).toEqual([{ Key: 'stage', Value: 'live' }]),
      },
      { call: 'ssm:DeleteParameter', with: { Name: '/shut/key' }, as: 'reader', ends: 'AccessDeniedException' },
      { call: 'ssm:DeleteParameters', with: { Names: ['/shut/key', '/none'] } },
    ],
  },
];
