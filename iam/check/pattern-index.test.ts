import { describe, expect, it } from 'vitest';
import { checkPolicy } from './check.ts';
import { PatternIndex } from './pattern-index.ts';

const bucket = (i: number) => `arn:aws:s3:::bucket-${String(i).padStart(4, '0')}/*`;

describe('PatternIndex', () => {
  it('asks only the patterns that begin as a text does', () => {
    const index = new PatternIndex<number>();
    for (let i = 0; i < 2000; i++) index.add(bucket(i), i);
    expect(index.like('arn:aws:s3:::bucket-1234/a').map(({ owner }) => owner)).toEqual([1234]);
    expect(index.like('arn:aws:s3:::other/a')).toEqual([]);
  });

  it('finds every pattern that holds a text, whatever its beginning', () => {
    const index = new PatternIndex<string>();
    for (const pattern of ['*', 's3:*', 's3:get*', 's3:g?tobject', 's3:getobject', 's3:put*'])
      index.add(pattern, pattern);
    const comparisons = { left: 100 };
    const held = [...index.holding('s3:getobject', comparisons)];
    expect(held.sort()).toEqual(['*', 's3:*', 's3:g?tobject', 's3:get*', 's3:getobject']);
    expect(comparisons.left).toBe(95);
  });

  it('stops at its bound, and shows it', () => {
    const index = new PatternIndex<number>();
    for (let i = 0; i < 10; i++) index.add(`*${i}*`, i);
    const comparisons = { left: 4 };
    expect([...index.holding('0123456789', comparisons)]).toEqual([0, 1, 2, 3]);
    expect(comparisons.left).toBeLessThan(0);
  });
});

describe('a policy of thousands of statements', () => {
  const statements = Array.from({ length: 3000 }, (_, i) => ({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: bucket(i),
  }));
  const find = (...more: object[]) =>
    checkPolicy(JSON.stringify({ Version: '2012-10-17', Statement: [...statements, ...more] }), { kind: 'identity' });

  it('is searched to its end', () => {
    expect(find()).toEqual([]);
    expect(find({ ...statements[1], Resource: 'arn:aws:s3:::bucket-0042/a/*' })).toMatchObject([
      { code: 'covered-statement', pointer: '/Statement/3000', message: 'Statement 43 holds all of this one.' },
    ]);
    expect(find({ ...statements[7], Effect: 'Deny' })).toMatchObject([
      { code: 'allow-denied-in-policy', pointer: '/Statement/7' },
    ]);
    expect(find({ ...statements[1], Action: 's3:*', Resource: '*' })).toHaveLength(3000);
  });
});
