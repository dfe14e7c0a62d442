/** Cases about one condition: on the only Allow, or on a Deny beside an Allow. */
import type { DecisionCase } from './case.ts';
import { allow, bea, deny, OBJECT, when } from './people.ts';

const CO = 'IAM JSON policy elements: Condition operators';

export type Context = Readonly<Record<string, string | readonly string[]>>;
export interface Asked {
  readonly rule: number;
  readonly name: string;
  readonly source?: string;
  /** Operator, key and value of the only condition. */
  readonly condition: readonly [string, string, unknown];
  readonly context?: Context;
  readonly met: boolean;
  readonly basis?: DecisionCase['basis'];
}

/** The condition stands on the only Allow: it is allowed where the condition is met. */
export function onAllow({
  rule,
  name,
  source = CO,
  condition,
  context = {},
  met,
  basis = 'documented',
}: Asked): DecisionCase {
  const identity = [[allow('s3:*', '*', when(...condition))]];
  return {
    rule,
    name,
    source,
    given: { caller: bea, action: 's3:GetObject', resource: OBJECT, context, identity },
    expect: { verdict: met ? 'allowed' : 'implicitly-denied', layer: 'identity' },
    basis,
  };
}

/** The condition stands on a Deny beside an Allow: it is denied where the condition is met. */
export function onDeny({
  rule,
  name,
  source = CO,
  condition,
  context = {},
  met,
  basis = 'documented',
}: Asked): DecisionCase {
  const identity = [[allow('s3:*'), deny('s3:*', '*', when(...condition))]];
  return {
    rule,
    name,
    source,
    given: { caller: bea, action: 's3:GetObject', resource: OBJECT, context, identity },
    expect: { verdict: met ? 'explicitly-denied' : 'allowed', layer: 'identity' },
    basis,
  };
}
