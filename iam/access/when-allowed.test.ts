import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyValues } from '../analyse/key-values.ts';
import { isMultivalued } from '../analyse/known-keys.ts';
import { compilePolicy } from '../compile.ts';
import type { CompiledClause } from '../conditions/clause.ts';
import { decide } from '../decide.ts';
import type { AnyCaller, AnyRequest, ApplicablePolicies, AttachedPolicy } from '../model.ts';
import { input } from '../oracle/testing/inputs.ts';
import type { ConditionClause } from '../policy.ts';
import { requestContext } from '../request-context.ts';
import { conditionsHold } from './condition.ts';
import { type Knowledge, knowledgeOf } from './knowledge.ts';
import { scene } from './testing/scenes.ts';
import { type WhenAllowed, whenAllowed } from './when-allowed.ts';

function attachedIn(policies: ApplicablePolicies): readonly AttachedPolicy[] {
  return [
    ...policies.identity,
    ...[policies.boundary, policies.resource].flatMap((policy) => policy ?? []),
    ...(policies.session ?? []),
    ...(policies.vpcEndpoint ?? []),
    ...(policies.serviceControl ?? []).flat(),
    ...(policies.resourceControl ?? []).flat(),
  ];
}

/** How policies ask one key: by clauses, and as a variable. */
interface Asked {
  readonly clauses: readonly CompiledClause[];
  readonly isVariable: boolean;
}

/** How all policies together ask each open key. */
function openKeys(policies: ApplicablePolicies, knowledge: Knowledge): ReadonlyMap<string, Asked> {
  const keys = new Map<string, Asked>();
  const add = (key: string, asked: Asked) => {
    if (!knowledge.isOpen(key)) return;
    const { clauses, isVariable } = keys.get(key) ?? { clauses: [], isVariable: false };
    keys.set(key, { clauses: [...clauses, ...asked.clauses], isVariable: isVariable || asked.isVariable });
  };
  for (const { policy } of attachedIn(policies)) {
    for (const { clauses } of compilePolicy(policy).statements) {
      for (const clause of clauses) add(clause.key, { clauses: [clause], isVariable: false });
    }
    for (const [, name = ''] of JSON.stringify(policy).matchAll(/\$\{([a-zA-Z0-9:/]+)/g)) {
      add(name.toLowerCase(), { clauses: [], isVariable: true });
    }
  }
  return keys;
}

/** Sessions that say no more of themselves than all do: the rest is drawn. */
function withoutSession(caller: AnyCaller): AnyCaller {
  return 'session' in caller && caller.session !== undefined ? { ...caller, session: { issuedAt: 0 } } : caller;
}

/** Whether every clause asks the key of a time or an age for one. */
function isOfItsKind({ key, clause }: CompiledClause): boolean {
  if (key === 'aws:multifactorauthage') return /^(Numeric|Null)/.test(clause.operator);
  return !/time$/.test(key) || /^(Date|Null)/.test(clause.operator);
}

function areOfAKind(key: string, { clauses, isVariable }: Asked): boolean {
  const comparing = clauses.map(({ clause }) => clause).filter(({ operator }) => operator !== 'Null');
  const isOneSort = (sortOf: (clause: ConditionClause) => boolean) => new Set(comparing.map(sortOf)).size <= 1;
  const isList = ({ set }: ConditionClause) => set !== undefined;
  // A variable is a text, as what is not asked by a set operator is.
  const isListAndText = isVariable && !isMultivalued(key) && comparing.some(isList);
  const areLists = isOneSort(isList) && !isListAndText;
  return clauses.every(isOfItsKind) && areLists && isOneSort(({ operator }) => operator === 'Bool');
}

/** What the clauses tell apart, without empty texts of which AWS does not say whether a Null clause takes them for values. */
function valuesToTry(key: string, clauses: readonly CompiledClause[], knowledge: Knowledge): KeyValues['values'] {
  const { values } = knowledge.valuesOf(key, clauses);
  const isAskedByNull = clauses.some(({ clause }) => clause.operator === 'Null');
  return isAskedByNull ? values.filter((value) => ![value].flat().includes('')) : values;
}

const picks = fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 });
const ROUNDS = 6;

/** Completes the request with values of the open keys, and holds the conditions against what is decided then. */
function holdAgainstDecide(request: AnyRequest, policies: ApplicablePolicies, drawn: readonly number[]): WhenAllowed {
  const knowledge = knowledgeOf(request, 'principal', new Map());
  const open = [...openKeys(policies, knowledge)];
  // What a number, an address and a list of texts have in common is no question that AWS's keys raise.
  fc.pre(open.every(([key, asked]) => knowledge.valuesOf(key, asked.clauses).exact && areOfAKind(key, asked)));
  const when = whenAllowed(request, policies, knowledge);
  for (let round = 0; round < ROUNDS; round++) {
    const values = open.flatMap(([key, { clauses }], at) => {
      const told = valuesToTry(key, clauses, knowledge);
      // Of a key that only variables name, values that could stand in the resource's ARN.
      const likely = key === 'aws:requestedregion' ? ['home'] : ['home', 'Bea'];
      const possible = clauses.length > 0 || isMultivalued(key) ? told : [...told, ...likely];
      const value = possible[((drawn[(at + round) % 12] ?? 0) + round) % possible.length];
      return value === undefined ? [] : [[key, value] as const];
    });
    const full: AnyRequest = { ...request, context: { ...request.context, ...Object.fromEntries(values) } };
    const allowed = when !== undefined && conditionsHold(when, requestContext(full));
    const decided = decide(full, policies).verdict === 'allowed';
    if (allowed !== decided) expect.fail(JSON.stringify({ full, when, policies, allowed, decided }));
  }
  return when;
}

describe('when a request is allowed of which a part is known', () => {
  it('is what decide says of every request with that part, whatever the layers and callers', () => {
    fc.assert(
      fc.property(input, picks, (drawn, chosen) => {
        const { acl: _acl, publicAccessBlocks: _blocks, grants: _grants, ...policies } = drawn.policies;
        const bare: AnyRequest = { ...drawn.request, caller: withoutSession(drawn.request.caller), context: {} };
        const free = knowledgeOf(bare, 'principal', new Map());
        // Keys that are no matter of policies alone are given, and some others.
        const given = Object.entries(drawn.request.context).filter(
          ([key], at) => key.startsWith('kms:') || !free.isOpen(key.toLowerCase()) || (chosen[at % 12] ?? 0) % 3 === 0,
        );
        holdAgainstDecide({ ...bare, context: Object.fromEntries(given) }, policies, chosen);
      }),
      { numRuns: 600 },
    );
  });

  it('is what decide says where it hangs on conditions', { timeout: 60_000 }, () => {
    let conditional = 0;
    fc.assert(
      fc.property(scene, picks, ({ request, policies }, chosen) => {
        const when = holdAgainstDecide(request, policies, chosen);
        if (when !== undefined && when.length > 0) conditional++;
      }),
      { numRuns: 600 },
    );
    expect(conditional).toBeGreaterThan(100);
  });
});
