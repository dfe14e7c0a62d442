import { describe, expect, it } from 'vitest';
import { actionsOn } from './actions-on.ts';
import { expandActions } from './expand.ts';
import { someActions } from './testing/actions.ts';

const OBJECT = 'arn:aws:s3:::b/payroll/*';

describe('actionsOn', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['objects', ['s3:*'], [OBJECT], ['DeleteObject', 'GetObject', 'GetObjectVersion', 'ListAllMyBuckets', 'PutObject']],
    ['objects and a verb', ['S3:get*'], [OBJECT], ['GetObject', 'GetObjectVersion']],
    ['a bucket', ['s3:*'], ['arn:aws:s3:::b'], ['ListAllMyBuckets', 'ListBucket']],
    [
      'either',
      ['s3:*Object', 's3:ListBucket'],
      ['arn:aws:s3:::b*'],
      ['DeleteObject', 'GetObject', 'ListBucket', 'PutObject'],
    ],
    ['a queue', ['*'], ['arn:aws:sqs:*:*:q'], ['ListAllMyBuckets', 'ListQueues', 'ListUsers', 'SendMessage']],
    ['a variable', ['s3:GetObject'], ['arn:aws:s3:::${aws:username}'], ['GetObject']],
  ])('finds those on %s', (_what, actions, resources, expected) => {
    const found = actionsOn(actions, resources, someActions);
    expect([...found.keys()]).toEqual([...someActions.keys()]);
    const names = expandActions(['*'], found).map((action) => action.slice(action.indexOf(':') + 1));
    expect(names.sort()).toEqual(expected);
  });

  it('leaves everything to a question about everything', () => {
    expect(expandActions(['*'], actionsOn(['*'], ['*'], someActions))).toEqual(expandActions(['*'], someActions));
  });
});
