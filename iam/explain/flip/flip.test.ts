import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../decide.ts';
import { policyDocument } from '../../document.ts';
import type { AnyRequest, ApplicablePolicies, AttachedPolicy } from '../../model.ts';
import { input } from '../../oracle/testing/inputs.ts';
import { parsePolicy } from '../../parse.ts';
import type { PolicyKind } from '../../policy.ts';
import { applyChanges } from './change.ts';
import { findChanges, standingOf } from './flip.ts';
import { literal } from './least-statement.ts';

const RUNS = 1_500;

/** Why nothing turns a decision. Any other answer is a gap in the search. */
const REASONS = new Set([
  "the task policies of AssumeRoot are AWS's own",
  "the policies of a service-linked role are AWS's own",
  'its root user has every right in the management account, and no control policy reaches it',
]);

const isAllowed = (request: AnyRequest, policies: ApplicablePolicies) =>
  decide(request, policies).verdict === 'allowed';

describe('the smallest change', () => {
  it.each([1, 2])('turns the decision, wherever there is one (seed %i)', { timeout: 60_000 }, (seed) => {
    fc.assert(
      fc.property(input, ({ request, policies }) => {
        const standing = standingOf(request, policies);
        if (standing === undefined) return;
        const found = findChanges(standing);
        if ('impossible' in found) {
          expect(REASONS).toContain(found.impossible);
          return;
        }
        expect(found.changes.length).toBeGreaterThan(0);
        expect(isAllowed(request, applyChanges(policies, found.changes))).toBe(!isAllowed(request, policies));
      }),
      { seed, numRuns: RUNS },
    );
  });

  it('needs each of its steps', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(input, ({ request, policies }) => {
        const standing = standingOf(request, policies);
        const found = standing === undefined ? undefined : findChanges(standing);
        if (found === undefined || 'impossible' in found || found.changes.length < 2) return;
        for (const left of found.changes) {
          const others = found.changes.filter((change) => change !== left);
          expect(isAllowed(request, applyChanges(policies, others))).toBe(isAllowed(request, policies));
        }
      }),
      { seed: 4, numRuns: RUNS },
    );
  });

  it('can be pasted: what IAM saved before, it saves afterwards', { timeout: 60_000 }, () => {
    let pasted = 0;
    fc.assert(
      fc.property(input, ({ request, policies }) => {
        const before = isNameable(request) ? saved(policies) : undefined;
        const standing = before === undefined ? undefined : standingOf(request, before);
        const found = standing === undefined ? undefined : findChanges(standing);
        if (before === undefined || found === undefined || 'impossible' in found) return;
        const after = saved(applyChanges(before, found.changes));
        if (after === undefined) throw new Error(JSON.stringify(found.changes));
        expect(isAllowed(request, after)).toBe(!isAllowed(request, before));
        pasted++;
      }),
      { numRuns: RUNS },
    );
    expect(pasted).toBeGreaterThan(RUNS / 10);
  });
});

/** Whether IAM saves a policy that names the request's resource: what is drawn is not always an ARN. */
function isNameable({ resource }: AnyRequest): boolean {
  const statement = { Effect: 'Allow', Action: '*', Resource: literal(resource, '2012-10-17') };
  return parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), 'identity').kind === 'parsed';
}

/** The policies written as documents and read again; undefined where IAM would not save one of them. */
function saved(policies: ApplicablePolicies): ApplicablePolicies | undefined {
  try {
    return {
      ...policies,
      identity: policies.identity.map(reread),
      ...(policies.boundary === undefined ? {} : { boundary: reread(policies.boundary) }),
      ...(policies.session === undefined ? {} : { session: policies.session.map(reread) }),
      ...(policies.resource === undefined ? {} : { resource: reread(policies.resource) }),
      ...(policies.vpcEndpoint === undefined ? {} : { vpcEndpoint: policies.vpcEndpoint.map(reread) }),
      ...(policies.serviceControl === undefined ? {} : { serviceControl: policies.serviceControl.map(rereadAll) }),
      ...(policies.resourceControl === undefined ? {} : { resourceControl: policies.resourceControl.map(rereadAll) }),
    };
  } catch (error) {
    if (error instanceof NotSaved) return undefined;
    throw error;
  }
}

class NotSaved extends Error {}

const rereadAll = (policies: readonly AttachedPolicy[]) => policies.map(reread);

function reread(attached: AttachedPolicy): AttachedPolicy {
  const parsed = parsePolicy(JSON.stringify(policyDocument(attached.policy)), kindOf(attached));
  if (parsed.kind === 'malformed') throw new NotSaved(parsed.awsMessage);
  return { ...attached, policy: parsed.policy };
}

function kindOf({ layer }: AttachedPolicy): PolicyKind {
  if (layer === 'trust' || layer === 'session') return layer;
  return layer === 'resource' || layer === 'vpc-endpoint' || layer === 'resource-control' ? 'resource' : 'identity';
}
