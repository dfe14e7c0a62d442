/** Whether a principal may do what a check says: one request, or every one that a pattern stands for. */
import { accountModel } from '../cloud/account-model.ts';
import { ask } from '../cloud/permissions/ask.ts';
import { controlsOf } from '../cloud/services/organizations/controls.ts';
import type { World } from '../cloud/world.ts';
import type { HeldKeys } from '../iam/analyse/access.ts';
import { actionsOn } from '../iam/analyse/actions-on.ts';
import type { AnyCaller, AnyRequest } from '../iam/model.ts';
import { accessOf, decideIn } from './access-of.ts';
import type { Access } from './checks.ts';
import { firstBeyond, ordinaryKeys, requestsFor } from './for-all.ts';
import type { Fork } from './fork.ts';
import { knownActions } from './known-actions.ts';
import { isExact, listOf, namedPermission, opensKeys } from './named-permission.ts';
import { failed, gone, type Outcome, passed } from './outcome.ts';
import { accessReason, keysIn } from './reason.ts';
import { clockOf, platformRequest } from './requests.ts';
import { findWho, nameOfWho } from './who.ts';

export function gradeAccess(access: Access, fork: Fork): Outcome {
  const unprepared = fork.prepare(access);
  if (unprepared !== undefined) return failed(unprepared);
  const who = nameOfWho(access.who);
  const found = findWho(fork.world, access.who, fork.grounds);
  if (found.kind === 'missing') return failed(gone(found.principal));
  if (found.kind === 'refused') {
    return access.can === undefined ? passed : failed(`${who}: ${found.error.code}, ${found.error.message}`);
  }
  const isEach = [...listOf(access.can ?? access.cannot ?? []), ...listOf(access.on ?? [])].every(isExact);
  const isOne = isEach && !opensKeys(access.when ?? {});
  return isOne ? gradeEach(access, found, fork) : gradeAll(access, found, fork);
}

interface Asker {
  readonly caller: AnyCaller;
  readonly world: World;
}

/** Every action on every resource, each a request of its own. */
function gradeEach(access: Access, { caller, world }: Asker, fork: Fork): Outcome {
  const wanted = access.can === undefined ? 'denied' : 'allowed';
  const request = platformRequest(world);
  const now = clockOf(world, fork.grounds);
  const model = accountModel(world, fork.grounds.cloud.managedPolicies);
  const organization = controlsOf(world)?.organization;
  const callerAccountId = 'accountId' in caller ? caller.accountId : world.primaryAccountId;
  for (const action of listOf(access.can ?? access.cannot ?? [])) {
    for (const on of listOf(access.on ?? '*')) {
      const permission = namedPermission(action, on, access.when ?? {}, { world, request, now, callerAccountId });
      const { decision } = ask(permission, { caller, request, now, model, ...(organization && { organization }) });
      if ((decision.verdict === 'allowed') !== (wanted === 'allowed')) {
        const resource = access.on === undefined ? undefined : on;
        return failed(accessReason({ who: nameOfWho(access.who), action, resource }, decision));
      }
    }
  }
  return passed;
}

/** Everything that the patterns stand for, decided for all requests. */
function gradeAll(access: Access, asker: Asker, fork: Fork): Outcome {
  const actions = listOf(access.can ?? access.cannot ?? []);
  const resources = listOf(access.on ?? '*');
  const { caller, world } = asker;
  const own = accessOf(world, caller, fork.grounds.cloud.managedPolicies);
  const keys = ordinaryKeys(actions, access.when ?? {}, { world, platform: fork.grounds });
  const question = { keys, actions: actionsOn(actions, resources, knownActions()) };
  const these = requestsFor(actions, resources, 'these');
  const witness =
    access.can === undefined
      ? firstBeyond(own, requestsFor(actions, resources, 'everything else'), question)
      : firstBeyond(these, own, question);
  if (witness === undefined) {
    // What stands for no request would hold whatever the learner did.
    if (firstBeyond(these, [], question) !== undefined) return passed;
    throw new Error(`No request is for ${actions.join(', ')} on ${resources.join(', ')}.`);
  }
  return failed(witnessReason(nameOfWho(access.who), { ...witness, caller }, asker, fork, keys));
}

/** A request that breaks a check, how it was decided, and the keys that make it so. */
export function witnessReason(
  who: string,
  witness: AnyRequest,
  { caller, world }: Asker,
  fork: Fork,
  keys?: HeldKeys,
): string {
  const { policies } = accessOf(world, caller, fork.grounds.cloud.managedPolicies);
  const { action, resource } = witness;
  const decision = decideIn(world, policies, witness);
  return accessReason({ who, action, resource, given: keysIn(witness, keys?.values ?? {}) }, decision);
}
