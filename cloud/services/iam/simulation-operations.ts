import type {
  EvaluationResult,
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
  SimulateCustomPolicyRequest,
  SimulatePolicyResponse,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import { parseArn } from '../../../iam/arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import type { Call } from '../../call.ts';
import { roleCaller, userCaller } from '../../credentials.ts';
import { own } from '../../own.ts';
import { groupPolicies, policiesOfPrincipal } from '../../principal-policies.ts';
import type { Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { controlsOf } from '../organizations/controls.ts';
import { groupArn, roleArn, userArn } from './arns.ts';
import { contextKeysOf } from './context-keys.ts';
import { invalidInput } from './errors.ts';
import { groupNamed, roleNamed, userNamed } from './names.ts';
import { pageInOrder } from './pages.ts';
import { iamPermission, onAll, onGroup, onRole, onUser } from './permissions.ts';
import { contextOf, type Simulation, simulate } from './simulation.ts';
import { inputPolicy } from './simulation-policies.ts';

type Principal = Simulation['caller'];
type Inputs = Omit<SimulateCustomPolicyRequest, 'PolicyInputList'> &
  Pick<SimulatePrincipalPolicyRequest, 'PolicyInputList'>;

/** A user, group or role by its ARN. */
interface Entity {
  readonly type: string;
  readonly name: string;
}

/** @throws InvalidInput for what is no user, group or role of the account */
function entityOf(arn: string, accountId: string): Entity {
  const [, owner, type = '', name = ''] = /^arn:aws:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (owner !== accountId) throw invalidInput(`Invalid Entity Arn: ${arn}`);
  return { type, name };
}

function onEntity(action: string, arn: string, facts: PermissionFacts): Permission {
  const { type, name } = entityOf(arn, facts.callerAccountId);
  if (type === 'user') return onUser(action, name, facts);
  return type === 'role' ? onRole(action, name, facts) : onGroup(action, name, facts);
}

/** The entity's policies, and the caller that it is; none for a group. @throws NoSuchEntity, InvalidInput */
function sourceOf(account: Account, arn: string, call: Call): Source {
  const { type, name } = entityOf(arn, account.id);
  const { world, managedPolicies } = call;
  if (type === 'group') {
    const group = groupNamed(account.iam, name);
    requireSame(groupArn(account.id, group), arn);
    return { policies: { identity: groupPolicies(account, group.name, managedPolicies) } };
  }
  if (type === 'user') {
    const user = userNamed(account.iam, name);
    requireSame(userArn(account.id, user), arn);
    return ofCaller(userCaller(account, user.name));
  }
  const role = roleNamed(account.iam, name);
  requireSame(roleArn(account.id, role), arn);
  return ofCaller(roleCaller(account, role.name, 'simulation', { issuedAt: call.now }));

  function ofCaller(caller: AnyCaller | undefined): Source {
    if (caller === undefined || !('accountId' in caller)) throw new Error(`There is no principal ${arn}`);
    return { caller, policies: policiesOfPrincipal(world, caller, managedPolicies) };
  }
}

interface Source {
  readonly caller?: Principal;
  readonly policies: Pick<Simulation['policies'], 'identity' | 'boundary'>;
}

/** An ARN must name its path too. */
function requireSame(known: string, asked: string): void {
  if (known !== asked) throw invalidInput(`Invalid Entity Arn: ${asked}`);
}

/** The caller that a request imagines: a user, whether there is such a one or not. */
function imaginedCaller(arn: string, call: Call): Principal {
  const [, accountId = '', name = ''] = /^arn:aws:iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (accountId === '') throw invalidInput(`Invalid Caller Arn: ${arn}`);
  const account = own(call.world.accounts, accountId);
  const known = account && userCaller(account, name);
  if (known?.kind === 'user' && known.arn === arn) return known;
  return { kind: 'user', accountId, arn, name, id: '', tags: {} };
}

function nobody(accountId: string): Principal {
  return { kind: 'user', accountId, arn: `arn:aws:iam::${accountId}:user/`, name: '', id: '', tags: {} };
}

function simulationOf(account: Account, request: Inputs, source: Source, call: Call): Simulation {
  const { CallerArn, ResourcePolicy, ResourceOwner } = request;
  const caller = CallerArn === undefined ? source.caller : imaginedCaller(CallerArn, call);
  if (ResourcePolicy !== undefined && caller?.kind !== 'user') {
    throw invalidInput('CallerArn is required when a ResourcePolicy is included in the simulation.');
  }
  const owner = ResourceOwner === undefined ? undefined : accountOfRoot(ResourceOwner);
  const [boundaryDocument] = request.PermissionsBoundaryPolicyInputList ?? [];
  const boundary =
    boundaryDocument === undefined
      ? source.policies.boundary
      : inputPolicy(boundaryDocument, 'PermissionsBoundaryPolicyInputList.1', 'boundary');
  const serviceControl = source.caller && controlsOf(call.world)?.serviceControl(account.id);
  return {
    caller: caller ?? nobody(account.id),
    isCallerKnown: caller !== undefined,
    policies: {
      identity: [
        ...source.policies.identity,
        ...(request.PolicyInputList ?? []).map((text, at) =>
          inputPolicy(text, `PolicyInputList.${at + 1}`, 'identity'),
        ),
      ],
      ...(boundary && { boundary }),
      ...(serviceControl && { serviceControl }),
    },
    ...(ResourcePolicy !== undefined && { resourcePolicy: inputPolicy(ResourcePolicy, 'ResourcePolicy', 'resource') }),
    resourceOwner: owner ?? caller?.accountId ?? account.id,
    context: contextOf(request.ContextEntries),
  };
}

function accountOfRoot(arn: string): string {
  const id = /^arn:aws:iam::(\d{12}):root$/.exec(arn)?.[1];
  if (id === undefined) throw invalidInput(`'${arn}' is not a valid as a Resource Owner.`);
  return id;
}

function resultsOf(request: Inputs, simulation: Simulation): SimulatePolicyResponse {
  const actions = request.ActionNames ?? [];
  const badAction = actions.find((action) => !/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/.test(action));
  if (badAction !== undefined) throw invalidInput(`ActionNames are not in a valid format: ${badAction}.`);
  const resources = request.ResourceArns?.length ? request.ResourceArns : ['*'];
  const badResource = resources.find((resource) => resource !== '*' && parseArn(resource) === undefined);
  if (badResource !== undefined) throw invalidInput(`ResourceNames are not in a valid ARN format: ${badResource}.`);
  const pairs = actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
  const { items, position } = pageInOrder(pairs, request);
  const EvaluationResults: EvaluationResult[] = items.map(({ action, resource }) =>
    simulate(simulation, action, resource),
  );
  return { EvaluationResults, ...position };
}

const simulateCustomPolicy: ReadOperation<SimulateCustomPolicyRequest, SimulatePolicyResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('SimulateCustomPolicy', facts)],
  handle: (account, request, call) =>
    resultsOf(request, simulationOf(account, request, { policies: { identity: [] } }, call)),
};

const simulatePrincipalPolicy: ReadOperation<SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
  kind: 'read',
  permissions: ({ PolicySourceArn = '' }, facts) => [onEntity('SimulatePrincipalPolicy', PolicySourceArn, facts)],
  handle(account, request, call) {
    const source = sourceOf(account, request.PolicySourceArn ?? '', call);
    return resultsOf(request, simulationOf(account, request, source, call));
  },
};

const contextKeysForCustomPolicy: ReadOperation<GetContextKeysForCustomPolicyRequest, GetContextKeysForPolicyResponse> =
  {
    kind: 'read',
    permissions: (_request, facts) => [iamPermission('GetContextKeysForCustomPolicy', '*', facts)],
    handle: (_account, { PolicyInputList = [] }) => ({ ContextKeyNames: keysIn(PolicyInputList) }),
  };

const contextKeysForPrincipalPolicy: ReadOperation<
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse
> = {
  kind: 'read',
  permissions: ({ PolicySourceArn = '' }, facts) => [
    onEntity('GetContextKeysForPrincipalPolicy', PolicySourceArn, facts),
  ],
  handle(account, { PolicySourceArn = '', PolicyInputList = [] }, call) {
    const { policies } = sourceOf(account, PolicySourceArn, call);
    const attached = [...policies.identity, ...(policies.boundary ? [policies.boundary] : [])];
    return { ContextKeyNames: keysIn(PolicyInputList, attached) };
  },
};

function keysIn(documents: readonly string[], attached: Simulation['policies']['identity'] = []): string[] {
  const given = documents.map((text, at) => inputPolicy(text, `PolicyInputList.${at + 1}`, 'identity'));
  return [...contextKeysOf([...attached, ...given].map(({ policy }) => policy)).values()];
}

export const simulationOperations = {
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  GetContextKeysForCustomPolicy: contextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy: contextKeysForPrincipalPolicy,
};
