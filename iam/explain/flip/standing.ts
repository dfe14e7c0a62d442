/** Where a request stands after changes of its policies: what changed is asked again, and all is judged again. */
import { type Asked, askAll } from '../../asked.ts';
import { judgeAsked, subjectOf } from '../../decide.ts';
import type { LayerFindings } from '../../findings.ts';
import type { ApplicablePolicies, AttachedPolicy } from '../../model.ts';
import type { Subject } from '../../statement.ts';
import type { Judgement } from '../decision.ts';
import { type AddStatement, applyChanges, type Change } from './change.ts';

/** A request, its policies as they are, what they said, and what follows. */
export interface Standing {
  readonly subject: Subject;
  readonly policies: ApplicablePolicies;
  readonly asked: Asked;
  readonly judgement: Judgement;
}

/** Where the request stands after all of the changes. */
export function standingAfter(before: Standing, changes: readonly Change[]): Standing {
  const { subject } = before;
  const revised = askedAfter(before, changes);
  if (revised !== undefined) {
    const { policies } = before;
    return { subject, policies, asked: revised, judgement: judgeAsked(revised, subject, policies) };
  }
  const policies = applyChanges(before.policies, changes);
  const asked = askAll(subjectOf(subject.request, policies), policies);
  return { subject, policies, asked, judgement: judgeAsked(asked, subject, policies) };
}

/**
 * What the layers say after changes of single statements: the findings before, with those of the changed statements put in their
 * places; `judgeAsked` reads no others of these policies. Undefined where all must be asked again: where there are new policies, and
 * where S3's settings beside policies go by the whole of them.
 */
function askedAfter({ asked, policies }: Standing, changes: readonly Change[]): Asked | undefined {
  if (policies.acl !== undefined || policies.publicAccessBlocks !== undefined) return undefined;
  let after: Asked | undefined = asked;
  for (const change of changes) {
    if (after === undefined) return undefined;
    if (change.kind === 'add-statement') {
      after = inPlace(after, change.policy, (findings) => withStatement(findings, change));
    } else if (change.kind === 'change-statement') {
      const { policy, index } = change;
      after = inPlace(after, policy, (findings) => withoutStatement(findings, policy, index));
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

/** A statement is added only where it was asked, and speaks of the request beyond doubt. */
function withStatement(findings: LayerFindings, { policy, statement, reach }: AddStatement): LayerFindings {
  const { effect } = statement;
  const decisive = { policy, index: policy.policy.statements.length, effect };
  if (effect === 'Deny') return { ...findings, denies: [...findings.denies, decisive] };
  return { ...findings, allows: [...findings.allows, { decisive, ...reach }] };
}
