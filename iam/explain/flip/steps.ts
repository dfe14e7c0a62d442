/** Changes as people and pages are told of them. */
import { policyDocument, statementDocument } from '../../document.ts';
import type { ApplicablePolicies, AttachedPolicy, Layer } from '../../model.ts';
import type { Statement } from '../../policy.ts';
import type { FlipStep } from '../explanation.ts';
import { policyPlace } from '../places.ts';
import { clippedArn, listOf, policyName, shortArn, statementName } from '../words.ts';
import { type AddPolicy, type AddStatement, type Change, type ChangeStatement, emptiesPolicy } from './change.ts';
import { isOfAws } from './where.ts';

/** A change as a step of a flip. */
export function stepOf(change: Change, policies: ApplicablePolicies): FlipStep {
  switch (change.kind) {
    case 'add-statement':
      return addedStatement(change, policies);
    case 'change-statement':
      return changedStatement(change, policies);
    case 'add-policy':
      return addedPolicy(change);
    case 'revoke-grant':
      return { layer: 'grant', do: 'revoke-grant', what: `Revoke grant ${change.grant.id} of the key.` };
    case 'remove-acl-grant': {
      const { grantee, permission } = change.grant;
      const who = grantee.kind === 'account' ? `account ${grantee.accountId}` : grantee.kind.replace('-', ' ');
      return {
        layer: 'acl',
        do: 'remove-acl-grant',
        what: `Take ${permission} for ${who} off the access control list.`,
      };
    }
    case 'let-public-in': {
      const what = 'Turn RestrictPublicBuckets of S3 Block Public Access off, at every level that has it on.';
      return { layer: 'block-public-access', do: 'turn-off', what };
    }
    case 'turn-acls-off': {
      const what =
        'Set Object Ownership of the bucket to "bucket owner enforced": its policy then speaks for all of its objects.';
      return { layer: 'acl', do: 'turn-off', what };
    }
  }
}

function addedStatement({ policy, statement }: AddStatement, policies: ApplicablePolicies): FlipStep {
  return {
    layer: policy.layer,
    do: 'add-statement',
    what: `Add to ${named(policy)}: ${summary(statement)}.`,
    policy: policyPlace(policy, policies),
    name: policy.name,
    document: statementDocument(statement),
  };
}

function changedStatement(change: ChangeStatement, policies: ApplicablePolicies): FlipStep {
  if (emptiesPolicy(change)) return removedPolicy(change, policies);
  const { policy, index, to, how } = change;
  const { sid, effect = 'Deny' } = policy.policy.statements[index] ?? {};
  const called = statementName(sid === undefined ? { policy, index, effect } : { policy, index, sid, effect });
  const copy = isOfAws(policy) ? ", in a copy of your own in the place of AWS's policy" : '';
  const { layer, name } = policy;
  const place = policyPlace(policy, policies);
  if (to === undefined) {
    const removed = { layer, do: 'remove-statement', what: `Remove ${called}${copy}.` } as const;
    return sid === undefined
      ? { ...removed, policy: place, name, statement: index }
      : { ...removed, policy: place, name, statement: index, sid };
  }
  const what = `Change ${called}${copy}: ${how}.`;
  const document = statementDocument(to);
  return sid === undefined
    ? { layer, do: 'change-statement', what, policy: place, name, statement: index, document }
    : { layer, do: 'change-statement', what, policy: place, name, statement: index, sid, document };
}

/** IAM saves no policy without statements: where the last of them has to go, the policy goes. */
function removedPolicy({ policy }: ChangeStatement, policies: ApplicablePolicies): FlipStep {
  const way = policy.kind === 'managed' ? 'Detach' : 'Delete';
  const what = `${way} ${policyName(policy)}: nothing else stands in it.`;
  return { layer: policy.layer, do: 'remove-policy', what, policy: policyPlace(policy, policies), name: policy.name };
}

function addedPolicy({ policy, level }: AddPolicy): FlipStep {
  const document = policyDocument(policy.policy);
  const last = policy.policy.statements.at(-1);
  const what = `${NEW_POLICIES[policy.layer] ?? 'Attach a policy'}: ${last === undefined ? '' : summary(last)}.`;
  const step = { layer: policy.layer, do: 'add-policy', what, document } as const;
  return level === undefined ? step : { ...step, level };
}

const NEW_POLICIES: Partial<Readonly<Record<Layer, string>>> = {
  identity: 'Attach an identity policy to the caller',
  resource: 'Give the resource a policy of its own, where its service knows such',
  trust: 'Give the role a trust policy',
  session: 'Make the session with a session policy',
  'service-control': 'Attach a service control policy',
  'vpc-endpoint': 'Give the VPC endpoint a policy',
};

function named(policy: AttachedPolicy): string {
  const name = policyName(policy);
  return isOfAws(policy) ? `a copy of your own in the place of ${name}, which is AWS's,` : name;
}

/** `Allow s3:GetObject on archive/list.csv for user/Bea`. */
function summary({ effect, action, resource, principal }: Statement): string {
  const on = resource === undefined ? '' : ` on ${texts(resource.values)}`;
  if (principal === undefined) return `${effect} ${texts(action.values)}${on}`;
  const who = principal.everyone
    ? 'everybody'
    : texts([...principal.aws, ...principal.service, ...principal.federated]);
  return `${effect} ${texts(action.values)}${on} for ${who}`;
}

function texts(values: readonly string[]): string {
  const [only = '', ...more] = values;
  return more.length === 0 ? clippedArn(only) : listOf(values.map(shortArn));
}
