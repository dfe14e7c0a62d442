import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ADVICE } from './advice.ts';
import { checkPolicy } from './check.ts';
import { SERVICES } from './service-names.ts';
import { wholeCatalogue } from './testing/catalogue.ts';

const policies = JSON.parse(
  readFileSync(new URL('../../cloud/generated/managed-policies.json', import.meta.url), 'utf8'),
) as { arn: string; document: object }[];

/** What AWS's own policies may have: more than customers', and actions of services that are no more. */
const EXPECTED = new Set(['managed-policy-size', 'unknown-service', 'unknown-action']);

it('finds no error in the policies that AWS manages, but their sizes and the actions that are no more', {
  timeout: 60_000,
}, () => {
  const catalogue = wholeCatalogue();
  const errors: string[] = [];
  const unknown = new Set<string>();
  for (const { arn, document } of policies) {
    const text = JSON.stringify(document);
    for (const { code, severity, message, from, to } of checkPolicy(text, {
      kind: 'identity',
      size: 'managed',
      catalogue,
      services: SERVICES,
      also: ADVICE,
    })) {
      if (severity !== 'error') continue;
      if (!EXPECTED.has(code)) errors.push(`${arn}: ${code}: ${message}`);
      else if (code !== 'managed-policy-size') unknown.add(text.slice(from + 1, to - 1));
    }
  }
  console.log(`${policies.length} policies; not in the catalogue: ${[...unknown].sort().join(' ')}`);
  expect(errors).toEqual([]);
  expect(policies.length).toBeGreaterThan(1500);
});
