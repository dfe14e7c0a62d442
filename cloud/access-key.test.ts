import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeRandom as random } from '../server/hashes/node-hashes.ts';
import { accountIdOfAccessKey, makeAccessKeyId } from './access-key.ts';

test('an access key id carries its account', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.constantFrom('AKIA', 'ASIA'), (id, prefix) => {
      const accountId = String(id).padStart(12, '0');
      const key = makeAccessKeyId(prefix, accountId, random);
      expect(key).toMatch(/^A[KS]IA[A-Z2-7]{16}$/);
      expect(accountIdOfAccessKey(key)).toBe(accountId);
    }),
  );
});

test('the encoding is AWS’s own', () => {
  expect(makeAccessKeyId('AKIA', '123456789012', random)).toMatch(/^AKIARZPUZDIK[A-P]/);
  // A key and its account as published (awsteele.com, "AWS Access Key ID formats").
  expect(accountIdOfAccessKey('ASIAY34FZKBOKMUTVV7A')).toBe('609629065308');
});

test('what is no access key id has no account', () => {
  for (const key of [
    '',
    '123456789012',
    'AKIA',
    'AKIAIOSFODNN7EXAMPL1',
    'akiarzpuzdikgaaaaaaa',
    'AKIAAAAAAAAAAAAAAAAA',
  ])
    expect(accountIdOfAccessKey(key)).toBeUndefined();
});
