/** All policies that AWS manages: parsed, compiled, checked. */
import { readFileSync } from 'node:fs';
import { wholeCatalogue } from '../../iam/check/testing/catalogue.ts';
import type { Policy } from '../../iam/index.ts';
import { checkPolicy, decide, parseManagedPolicy, SERVICES } from './built-engine.ts';
import { heapInUse } from './memory.ts';
import { bea, OWN } from './people.ts';
import { processorTime } from './rounds.ts';

const POLICIES = new URL('../../cloud/generated/managed-policies.json', import.meta.url);

export interface ManagedPolicyFigures {
  readonly policies: number;
  readonly statements: number;
  /** Of their texts. */
  readonly bytes: number;
  /** Milliseconds; compiled is each with one decision by it. */
  readonly parse: number;
  readonly compile: number;
  readonly check: number;
  /** Error findings, by code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Bytes that the parsed and compiled policies hold. */
  readonly heap: number;
}

/** Parses, compiles and checks each once. Throws where AWS's own policy would not be saved. */
export async function timeManagedPolicies(): Promise<ManagedPolicyFigures> {
  const rows = JSON.parse(readFileSync(POLICIES, 'utf8')) as readonly { arn: string; document: object }[];
  const texts = rows.map(({ document }) => JSON.stringify(document));
  const catalogue = wholeCatalogue();
  const request = { caller: bea, action: 's3:GetObject', resource: '*', resourceAccountId: OWN, context: {} };
  const before = await heapInUse();

  const start = processorTime();
  const policies: readonly Policy[] = texts.map((text, at) => {
    const parsed = parseManagedPolicy(text);
    if (parsed.kind === 'malformed') throw new Error(`${rows[at]?.arn}: ${parsed.awsMessage}`);
    return parsed.policy;
  });
  const parsedAt = processorTime();
  for (const policy of policies) {
    decide(request, {
      identity: [{ layer: 'identity', name: 'AWS', kind: 'managed', attachedTo: 'user/Bea', policy }],
    });
  }
  const compiledAt = processorTime();
  const heap = (await heapInUse()) - before;

  const errors: Record<string, number> = {};
  const checkFrom = processorTime();
  for (const text of texts) {
    for (const { severity, code } of checkPolicy(text, {
      kind: 'identity',
      size: 'managed',
      catalogue,
      services: SERVICES,
    })) {
      if (severity === 'error') errors[code] = (errors[code] ?? 0) + 1;
    }
  }
  const check = processorTime() - checkFrom;
  const statements = policies.reduce((sum, policy) => sum + policy.statements.length, 0);
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    policies: policies.length,
    statements,
    bytes,
    parse: parsedAt - start,
    compile: compiledAt - parsedAt,
    check,
    errors,
    heap,
  };
}
