import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DecisionCase, SaveCase } from './cases/case.ts';
import { decisionCases as decisions } from './cases/decision-cases.ts';
import { elsewhere } from './cases/elsewhere.ts';
import { policiesOf, requestOf } from './cases/reading.ts';
import { identityPolicySaves } from './cases/saved-identity-policies.ts';
import { resourcePolicySaves } from './cases/saved-resource-policies.ts';
import { decide } from './decide.ts';
import { parseManagedPolicy, parsePolicy } from './parse.ts';

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
  const rules = Array.from({ length: 98 }, (_, n) => n + 1);
  const tested = new Set(elsewhere.map(({ rule }) => rule));

  it.each(rules)('cover rule %d', (rule) => {
    expect(asked.has(rule) || tested.has(rule)).toBe(true);
  });

  it.each(elsewhere)('rule $rule is tested in $file ($because)', ({ file, test }) => {
    expect(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8').includes(test)).toBe(true);
  });

  it('are listed in docs/assumptions.md where AWS does not say, and no others are', () => {
    expect(listedRules('Where AWS does not say')).toEqual(rulesOf('assumed'));
  });

  it('are listed there where people have met the rule at AWS and no page has it, and no others are', () => {
    expect(listedRules('Observed, not documented')).toEqual(rulesOf('observed'));
  });

  it('have names of their own', () => {
    const names = [...decisions, ...saveCases].map(({ rule, name }) => `${rule} ${name}`);
    expect(names.length).toBe(new Set(names).size);
  });
});

function parse({ kind, given }: SaveCase) {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  return kind === 'managed' ? parseManagedPolicy(text) : parsePolicy(text, kind);
}

function rulesOf(basis: DecisionCase['basis']): readonly number[] {
  return ascending([...decisions, ...saveCases].filter((given) => given.basis === basis).map(({ rule }) => rule));
}

/** The numbers in the last column of the table under a heading of docs/assumptions.md. */
function listedRules(heading: string): readonly number[] {
  const text = readFileSync(new URL('../docs/assumptions.md', import.meta.url), 'utf8');
  const section = text.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return ascending(rows.flatMap((line) => line.match(/\d+(?=[ ,|\d]*\|$)/g) ?? []).map(Number));
}

function ascending(rules: Iterable<number>): readonly number[] {
  return [...new Set(rules)].sort((a, b) => a - b);
}
