/** Where a request stands after changes of its policies: what changed is asked again, and all is judged again. */
import { type Asked, askAll } from '../../asked.ts';
import { compileStatement } from '../../compile.ts';
import { judgeAsked, subjectOf } from '../../decide.ts';
import { type LayerFindings, reachOf } from '../../findings.ts';
import type { ApplicablePolicies, AttachedPolicy } from '../../model.ts';
import { isResourceControl } from '../../organization.ts';
import type { Statement } from '../../policy.ts';
import { askStatement, type Subject } from '../../statement.ts';
import type { Judgement } from '../decision.ts';
import { applyChanges, type Change } from './change.ts';

/** A request, its policies as they are, what they said, and what follows. */
export interface Standing {
  readonly subject: Subject;
  readonly policies: ApplicablePolicies;
  readonly asked: Asked;
  readonly judgement: Judgement;
}

/** Where the request stands after all of the changes. */
export function standingAfter(before: Standing, changes: readonly Change[]): Standing {
  if (changes.length === 0) return before;
  const policies = applyChanges(before.policies, changes);
  const asked = askedAfter(before, changes) ?? askAll(subjectOf(before.subject.request, policies), policies);
  return { ...before, policies, asked, judgement: judgeAsked(asked, before.subject, policies) };
}

/**
 * What the layers say after changes of single statements: the findings before, with those of the changed statements put in their
 * places. Undefined where all must be asked again: what S3 has beside policies goes by the whole of them.
 */
function askedAfter({ asked, policies, subject }: Standing, changes: readonly Change[]): Asked | undefined {
  if (policies.acl !== undefined || policies.publicAccessBlocks !== undefined) return undefined;
  let after: Asked | undefined = asked;
  for (const change of changes) {
    if (after === undefined) return undefined;
    if (change.kind === 'add-statement') {
      after = inPlace(after, change.policy, (findings) =>
        withStatement(findings, change.policy, change.statement, subject),
      );
    } else if (change.kind === 'change-statement') {
      const { policy, index, to } = change;
      after = inPlace(after, policy, (findings) => {
        const without = withoutStatement(findings, policy, index);
        return to === undefined ? without : withStatement(without, policy, to, subject, index);
      });
    } else {
      return undefined;
    }
  }
  return after;
}

/** The findings with those of every layer that has the policy revised; undefined where its layer was not asked. */
function inPlace(
  asked: Asked,
  policy: AttachedPolicy,
  revise: (findings: LayerFindings) => LayerFindings,
): Asked | undefined {
  const { guardrails } = asked;
  switch (policy.layer) {
    case 'identity':
      return { ...asked, identity: revise(asked.identity) };
    case 'resource':
    case 'trust':
      return { ...asked, resource: revise(asked.resource) };
    case 'boundary':
      return asked.boundary === undefined ? undefined : { ...asked, boundary: revise(asked.boundary) };
    case 'session':
      return asked.session === undefined ? undefined : { ...asked, session: revise(asked.session) };
    case 'service-control': {
      if (guardrails === undefined) return undefined;
      const serviceControl = guardrails.serviceControl.map((level) =>
        level.policies.includes(policy) ? revise(level) : level,
      );
      return { ...asked, guardrails: { ...guardrails, serviceControl } };
    }
    case 'resource-control':
      if (guardrails?.resourceControl === undefined) return undefined;
      return { ...asked, guardrails: { ...guardrails, resourceControl: revise(guardrails.resourceControl) } };
    case 'vpc-endpoint':
      if (guardrails?.vpcEndpoint === undefined) return undefined;
      return { ...asked, guardrails: { ...guardrails, vpcEndpoint: revise(guardrails.vpcEndpoint) } };
    default:
      return undefined;
  }
}

function withoutStatement(findings: LayerFindings, policy: AttachedPolicy, index: number): LayerFindings {
  const isOther = (of: { readonly policy: AttachedPolicy; readonly index: number }) =>
    of.policy !== policy || of.index !== index;
  return {
    ...findings,
    denies: findings.denies.filter(isOther),
    allows: findings.allows.filter(({ decisive }) => isOther(decisive)),
  };
}

/** `index`: past the last of its policy where it is a new one. */
function withStatement(
  findings: LayerFindings,
  policy: AttachedPolicy,
  statement: Statement,
  subject: Subject,
  index = policy.policy.statements.length,
): LayerFindings {
  const compiled = compileStatement(statement, index, policy.policy.version);
  const outcome = askStatement(compiled, subject, findings.addressing);
  if (outcome === 'does-not-apply') return findings;
  const { sid, effect } = statement;
  const decisive = sid === undefined ? { policy, index, effect } : { policy, index, sid, effect };
  if (effect === 'Deny') {
    if (policy.layer === 'resource-control' && !isResourceControl(statement)) return findings;
    return { ...findings, denies: [...findings.denies, decisive] };
  }
  if (outcome === 'doubtful') return findings;
  return { ...findings, allows: [...findings.allows, { decisive, ...reachOf(compiled, subject) }] };
}
