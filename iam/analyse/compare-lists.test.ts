import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { someActions } from './testing/actions.ts';
import { identityPolicy } from './testing/policies.ts';

describe('compare', () => {
  it.each([
    { name: 'with any names', options: {} },
    { name: 'with the actions of AWS', options: { actions: someActions } },
  ])('looks at lists of buckets where only their keys name the service, $name', ({ options }) => {
    const queues = identityPolicy([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }]);
    const home = { StringEquals: { 's3:prefix': 'home/' } };
    const lists = identityPolicy([{ Effect: 'Allow', Action: '*', Resource: '*', Condition: home }]);
    const { bInA, witnessB } = compare([queues], [lists], options);
    expect(bInA).toBe('no');
    expect(witnessB).toMatchObject({ action: 's3:ListBucket', context: { 's3:prefix': 'home/' } });
  });
});
