/** How the engine is asked whether a side's policies allow a request, everybody else's part in it taken for granted. */
import { decide } from '../decide.ts';
import { needsTrust } from '../fixed-rules.ts';
import type { AnyRequest, ApplicablePolicies, AttachedPolicy } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Replay } from './contrast.ts';

/**
 * Identity policies: what has an owner elsewhere is open to the caller's account, and a role's trust policy delegates to it, so that
 * only these policies decide.
 */
export function replayIdentity(policies: readonly Policy[]): Replay {
  const identity = policies.map((policy, i) => attach(policy, 'identity', `Policy${i + 1}`));
  return (request) => {
    const own = 'accountId' in request.caller ? request.caller.accountId : '';
    const open = openTo(own, request);
    const isTrust = needsTrust(request.action.toLowerCase(), request.resource);
    const applicable: ApplicablePolicies =
      isTrust || own !== request.resourceAccountId
        ? { identity, resource: attach(open, isTrust ? 'trust' : 'resource', 'Owner') }
        : { identity };
    return decide(request, applicable).verdict === 'allowed';
  };
}

function openTo(account: string, { action }: AnyRequest): Policy {
  const principal = { not: false, everyone: false, aws: [account], service: [], federated: [], canonicalUser: [] };
  return {
    version: '2012-10-17',
    statements: [{ effect: 'Allow', principal, action: { not: false, values: [action] }, conditions: [] }],
  };
}

const EVERYTHING: Policy = {
  version: '2012-10-17',
  statements: [
    {
      effect: 'Allow',
      action: { not: false, values: ['*'] },
      resource: { not: false, values: ['*'] },
      conditions: [],
    },
  ],
};
/**
 * Resource policies, asked about a caller whose own policies allow everything. In one account those suffice, save for keys of KMS: what
 * the resource's policy says shows where its owner is another.
 */
export function replayResource(policies: readonly Policy[]): Replay {
  return replayOwner(policies, [attach(EVERYTHING, 'identity', 'Everything')]);
}

/** Resource policies alone: what they give to a caller that has no policies of its own. */
export function replayResourceAlone(policies: readonly Policy[]): Replay {
  return replayOwner(policies, []);
}

function replayOwner(policies: readonly Policy[], identity: readonly AttachedPolicy[]): Replay {
  const all = policies.map((policy) => attach(policy, 'resource', 'Resource'));
  // Without session policies a federated user has nothing of its user's permissions.
  const session = [attach(EVERYTHING, 'session', 'Everything')];
  return (request) => {
    const own = request.caller.kind === 'federated-user' ? { identity, session } : { identity };
    // Without a policy of the resource there is still the caller's own side.
    const asked = all.length === 0 ? [own] : all.map((resource) => ({ ...own, resource }));
    const decisions = asked.map((policies) => decide(request, policies).verdict);
    return decisions.includes('allowed') && !decisions.includes('explicitly-denied');
  };
}

function attach(policy: Policy, layer: AttachedPolicy['layer'], name: string): AttachedPolicy {
  const kind = layer === 'identity' ? 'managed' : layer === 'trust' ? 'trust' : 'resource';
  return { layer, name, kind, attachedTo: 'analysis', policy };
}
