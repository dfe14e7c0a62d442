import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountCases } from './cases/accounts.ts';
import type { DecisionCase, Document, SaveCase } from './cases/case.ts';
import { conditionCases } from './cases/conditions.ts';
import { contextKeyCases } from './cases/context-keys.ts';
import { elementCases } from './cases/elements.ts';
import { limitCases } from './cases/limits.ts';
import { operatorCases } from './cases/operators.ts';
import { principalCases } from './cases/principals.ts';
import { identityPolicySaves } from './cases/saved-identity-policies.ts';
import { resourcePolicySaves } from './cases/saved-resource-policies.ts';
import { trustCases } from './cases/trust.ts';
import { variableCases } from './cases/variables.ts';
import { decide } from './decide.ts';
import type { ApplicablePolicies, AttachedPolicy, Layer } from './model.ts';
import { parseManagedPolicy, parsePolicy } from './parse.ts';
import type { Policy, PolicyKind } from './policy.ts';

const decisions = [
  ...accountCases,
  ...limitCases,
  ...trustCases,
  ...principalCases,
  ...elementCases,
  ...conditionCases,
  ...operatorCases,
  ...variableCases,
  ...contextKeyCases,
];

const saveCases = [...identityPolicySaves, ...resourcePolicySaves];

describe.each(decisions)('rule $rule: $name', (given) => {
  it(`is ${given.expect.verdict} (${given.source})`, () => {
    const { verdict, layer, basis, reason } = decide(requestOf(given), policiesOf(given));
    expect({ verdict, layer, basis }).toEqual({
      verdict: given.expect.verdict,
      layer: given.expect.layer,
      basis: given.basis,
    });
    expect(reason).toContain(given.expect.because ?? '');
    expect(reason.length).toBeLessThan(400);
  });
});

describe.each(saveCases)('rule $rule: $name', (given) => {
  it(`is answered with ${given.expect} (${given.source})`, () => {
    const parsed = parse(given);
    expect(parsed.kind === 'parsed' ? 'accepted' : parsed.awsMessage).toBe(given.expect);
    if (given.code !== undefined) expect(parsed.findings.map((finding) => finding.code)).toContain(given.code);
  });
});

describe('the cases', () => {
  const asked = new Set([...decisions, ...saveCases].map((given) => given.rule));
  const rows = [
    1, 3, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 25, 26, 27, 28, 37, 52, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64,
  ];
  const more = [39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 66, 67, 68, 69, 70, 72, 73, 74, 75, 76, 77, 78, 79];
  it.each([...rows, ...more, 81, 82, 83])('cover rule %d', (rule) => {
    expect(asked).toContain(rule);
  });

  it('are listed in docs/assumptions.md where AWS does not say, and no others are', () => {
    const table = readFileSync(new URL('../docs/assumptions.md', import.meta.url), 'utf8').split('\n');
    const listed = table
      .filter((line) => line.startsWith('| '))
      .flatMap((line) => line.match(/\d+(?=[ ,|\d]*\|$)/g) ?? []);
    const assumed = decisions.filter(({ basis }) => basis === 'assumed').map(({ rule }) => rule);
    const ascending = (rules: Iterable<number>) => [...new Set(rules)].sort((a, b) => a - b);
    expect(ascending(listed.map(Number))).toEqual(ascending(assumed));
  });

  it('have names of their own', () => {
    const names = [...decisions, ...saveCases].map(({ rule, name }) => `${rule} ${name}`);
    expect(names.length).toBe(new Set(names).size);
  });
});

function requestOf({ given }: DecisionCase) {
  const { caller, action, resource, context = {} } = given;
  const own = 'accountId' in caller ? caller.accountId : '';
  return { caller, action, resource, context, resourceAccountId: given.owner ?? own };
}

function policiesOf({ given }: DecisionCase): ApplicablePolicies {
  const resource =
    given.trust === undefined
      ? attached(given.resourcePolicy, 'resource', 'resource')
      : attached(given.trust, 'trust', 'trust');
  const boundary = attached(given.boundary, 'identity', 'boundary');
  const session = given.session?.map((document) => attach(document, 'session', 'session'));
  return {
    identity: (given.identity ?? []).map((document) => attach(document, 'identity', 'identity')),
    ...(boundary === undefined ? {} : { boundary }),
    ...(session === undefined ? {} : { session }),
    ...(resource === undefined ? {} : { resource }),
  };
}

function attached(document: Document | undefined, kind: PolicyKind, layer: Layer): AttachedPolicy | undefined {
  return document === undefined ? undefined : attach(document, kind, layer);
}

function attach(document: Document, kind: PolicyKind, layer: Layer): AttachedPolicy {
  const attachedKind =
    layer === 'identity' || layer === 'boundary' ? 'managed' : layer === 'trust' ? 'trust' : 'resource';
  return {
    layer,
    name: 'Example',
    kind: attachedKind,
    attachedTo: 'arn:aws:s3:::archive',
    policy: read(document, kind),
  };
}

function read(document: Document, kind: PolicyKind): Policy {
  if ('unsaved' in document) return document.unsaved;
  const whole = Array.isArray(document) ? { Version: '2012-10-17', Statement: document } : document;
  const parsed = parsePolicy(JSON.stringify(whole), kind);
  if (parsed.kind === 'malformed') throw new Error(`${parsed.awsMessage} ${JSON.stringify(parsed.findings)}`);
  return parsed.policy;
}

function parse({ kind, given }: SaveCase) {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  return kind === 'managed' ? parseManagedPolicy(text) : parsePolicy(text, kind);
}
