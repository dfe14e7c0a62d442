import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawVariables, substitute, substituteAll, unknownNames, withAccount } from './variables.ts';
import { words } from './words.ts';

/** Bytes that follow from a seed, so that a failure can be seen again. */
function seeded(seed: string) {
  let count = 0;
  return {
    bytes: (length: number) =>
      new Uint8Array(createHash('sha256').update(`${seed}${count++}`).digest().subarray(0, length)),
  };
}

const vary = { Bucket: 'example-{word}-{digits:4}', Team: '{letters:3}', Plain: 'always' };

describe('the variables of a learner', () => {
  it('follow their patterns', () => {
    const drawn = drawVariables({ vary }, seeded('a'));
    expect(drawn['Bucket']).toMatch(/^example-[a-z]+-\d{4}$/);
    expect(words).toContain(drawn['Bucket']?.split('-')[1]);
    expect(drawn['Team']).toMatch(/^[a-z]{3}$/);
    expect(drawn['Plain']).toBe('always');
    expect(drawn['Flag']).toMatch(/^flag\{[0-9a-f]{32}\}$/);
  });

  it('differ from learner to learner, the flag always', () => {
    const learners = Array.from({ length: 200 }, (_, n) => drawVariables({ vary }, seeded(String(n))));
    expect(new Set(learners.map((drawn) => drawn['Flag'])).size).toBe(200);
    expect(new Set(learners.map((drawn) => drawn['Bucket'])).size).toBeGreaterThan(195);
  });

  it('draw each digit about as often', () => {
    const { Many = '' } = drawVariables({ vary: { Many: '{digits:99}'.repeat(40) } }, seeded('d'));
    for (const digit of '0123456789') {
      const share = [...Many].filter((char) => char === digit).length / Many.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.12);
    }
  });

  it('have words that a bucket’s name can hold', () => {
    expect(new Set(words).size).toBe(words.length);
    expect(words.length).toBeLessThanOrEqual(256);
    expect(words.every((word) => /^[a-z]{3,10}$/.test(word))).toBe(true);
  });
});

describe('putting variables into a text', () => {
  const names = withAccount({ Bucket: 'b1' }, { accountId: '111122223333', region: 'us-east-1' });

  it('replaces the names that are known, and leaves IAM’s own', () => {
    const text = 'arn:aws:s3:::${Bucket}/${aws:username}/${AWS::AccountId}/${AWS::Region}/${*}';
    expect(substitute(text, names)).toBe('arn:aws:s3:::b1/${aws:username}/111122223333/us-east-1/${*}');
  });

  it('replaces in everything that a check holds', () => {
    expect(substituteAll({ on: ['${Bucket}'], with: { '${Bucket}': 3, at: null } }, names)).toEqual({
      on: ['b1'],
      with: { b1: 3, at: null },
    });
  });

  it('does not put a value into a value', () => {
    expect(substitute('${A}', { A: '${B}', B: 'b' })).toBe('${B}');
  });

  it('finds the names that nobody knows', () => {
    const text = '${Bucket} ${Buckte} ${aws:username} ${AWS::Region} ${AWS::Stack} ${Partner.AccountId} ${?}';
    expect(unknownNames(text, ['Bucket', 'AWS::Region'])).toEqual(['Buckte', 'AWS::Stack', 'Partner.AccountId']);
  });
});
