/**
 * The policy simulator: what policies would say of actions on resources, by the engine that decides calls. IAM API Reference,
 * SimulateCustomPolicy and SimulatePrincipalPolicy; where the pages are silent, the answers that people have shown of it.
 */
import type { ContextEntry, EvaluationResult, ResourceSpecificResult, Statement } from '@aws-sdk/client-iam';
import { parseArn } from '../../../iam/arn.ts';
import { compilePolicy } from '../../../iam/compile.ts';
import { decide } from '../../../iam/decide.ts';
import { needsTrust } from '../../../iam/fixed-rules.ts';
import type {
  AccessRequest,
  AnyCaller,
  ApplicablePolicies,
  AttachedPolicy,
  Decision,
  DecisiveStatement,
} from '../../../iam/model.ts';
import { requestContext } from '../../../iam/request-context.ts';
import { keysOfStatement } from './context-keys.ts';
import { invalidInput } from './errors.ts';
import { inputPolicy, statementPosition } from './simulation-policies.ts';

/** What is simulated, whatever the action and the resource. */
export interface Simulation {
  readonly caller: Extract<AnyCaller, { readonly accountId: string }>;
  /** Whether the request says who the caller is: the keys that follow from it are there then. */
  readonly isCallerKnown: boolean;
  readonly policies: Pick<ApplicablePolicies, 'identity' | 'boundary' | 'serviceControl'>;
  readonly resourcePolicy?: AttachedPolicy;
  /** Whose the resources are that do not name their owner. */
  readonly resourceOwner: string;
  readonly context: AccessRequest['context'];
}

type PolicyDecision = NonNullable<EvaluationResult['EvalDecision']>;

const verdicts: Readonly<Record<Decision['verdict'], PolicyDecision>> = {
  allowed: 'allowed',
  'explicitly-denied': 'explicitDeny',
  'implicitly-denied': 'implicitDeny',
};

/** Stands for every policy that is not asked about when one kind of them is looked at alone. */
const everything = inputPolicy(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  'everything',
  'identity',
);

/**
 * The simulator knows nothing of trust policies: this one delegates to the caller's account, so that what the caller's own policies say
 * is all that counts.
 */
function delegatingTrust(accountId: string): AttachedPolicy {
  const Principal = { AWS: `arn:aws:iam::${accountId}:root` };
  const Statement = { Effect: 'Allow', Principal, Action: 'sts:*', Resource: '*' };
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  return { ...inputPolicy(document, 'trust', 'resource'), layer: 'trust' };
}

/** What would be said of one action on one resource, `*` for none in particular. */
export function simulate(simulation: Simulation, action: string, resource: string): EvaluationResult {
  const request = requestOf(simulation, action, resource);
  const policies = policiesOn(simulation, request);
  const decision = decide(request, policies);
  const EvalDecision = verdicts[decision.verdict];
  const MatchedStatements = decision.statements.flatMap(shownStatement);
  const MissingContextValues = missingKeys(simulation, request, policies);
  const limits = {
    ...(simulation.policies.boundary && {
      PermissionsBoundaryDecisionDetail: {
        AllowedByPermissionsBoundary: isAllowedBy(request, { boundary: simulation.policies.boundary }),
      },
    }),
  };
  const organization = simulation.policies.serviceControl && {
    OrganizationsDecisionDetail: {
      AllowedByOrganizations: isAllowedBy(request, { serviceControl: simulation.policies.serviceControl }),
    },
  };
  const told = { EvalActionName: action, EvalResourceName: resource, EvalDecision, MatchedStatements };
  if (resource === '*') return { ...told, MissingContextValues, ...organization, ...limits };
  const EvalDecisionDetails = crossAccountDetails(simulation, request);
  const specific: ResourceSpecificResult = {
    EvalResourceName: resource,
    EvalResourceDecision: EvalDecision,
    MatchedStatements,
    MissingContextValues,
    EvalDecisionDetails,
    ...limits,
  };
  return {
    ...told,
    // "If you include a list of resources, then any missing context values are instead included under the ResourceSpecificResults".
    MissingContextValues: [],
    ...organization,
    ...limits,
    EvalDecisionDetails,
    ResourceSpecificResults: [specific],
  };
}

function requestOf({ caller, resourceOwner, context }: Simulation, action: string, resource: string): AnyAsked {
  const named = parseArn(resource)?.accountId ?? '';
  const resourceAccountId = /^\d{12}$/.test(named) ? named : resourceOwner;
  return { caller, action, resource, resourceAccountId, context };
}

type AnyAsked = AccessRequest<Simulation['caller']>;

function policiesOn({ policies, resourcePolicy }: Simulation, request: AnyAsked): ApplicablePolicies {
  if (resourcePolicy !== undefined) return { ...policies, resource: resourcePolicy };
  return { ...policies, ...trustOf(request) };
}

function trustOf({ action, resource, caller }: AnyAsked): Pick<ApplicablePolicies, 'resource'> {
  return needsTrust(action.toLowerCase(), resource) ? { resource: delegatingTrust(caller.accountId) } : {};
}

/** Whether the limits that are given let a request pass, all else allowing it. */
function isAllowedBy(request: AnyAsked, limits: Pick<ApplicablePolicies, 'boundary' | 'serviceControl'>): boolean {
  const own = { ...request, resourceAccountId: request.caller.accountId };
  return decide(own, { identity: [everything], ...limits, ...trustOf(request) }).verdict === 'allowed';
}

/** What each side says of a request across accounts; empty within one. */
function crossAccountDetails(simulation: Simulation, request: AnyAsked): Record<string, PolicyDecision> {
  const { policies, resourcePolicy } = simulation;
  if (request.resourceAccountId === request.caller.accountId) return {};
  const own = { ...request, resourceAccountId: request.caller.accountId };
  const resource = { identity: [everything], ...(resourcePolicy && { resource: resourcePolicy }) };
  return {
    'IAM Policy': verdicts[decide(own, policies).verdict],
    'Resource Policy': verdicts[decide(request, resource).verdict],
  };
}

/** The keys that statements on the action ask for, and that neither the request nor its caller gives. */
function missingKeys(
  { isCallerKnown, context }: Simulation,
  request: AnyAsked,
  { identity, boundary, resource }: ApplicablePolicies,
): string[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const derived = requestContext(request);
  const action = request.action.toLowerCase();
  const missing = new Map<string, string>();
  for (const { policy } of [...identity, ...(boundary ? [boundary] : []), ...(resource ? [resource] : [])]) {
    for (const { statement } of compilePolicy(policy).statementsOn(action)) {
      for (const key of keysOfStatement(statement, policy.version)) {
        const lower = key.toLowerCase();
        if (given.has(lower) || (isCallerKnown && derived.get(lower) !== undefined)) continue;
        if (!missing.has(lower)) missing.set(lower, key);
      }
    }
  }
  return [...missing.values()];
}

/** Statements of service control policies and of trust policies are not told. */
function shownStatement({ policy, index }: DecisiveStatement): Statement[] {
  if (policy.layer === 'service-control' || policy.layer === 'trust') return [];
  const type = policy.layer === 'resource' ? 'Resource Policy' : 'IAM Policy';
  return [
    {
      SourcePolicyId: sourceId(policy),
      // The wire says these two, which the SDK's type does not know.
      SourcePolicyType: type as NonNullable<Statement['SourcePolicyType']>,
      ...statementPosition(policy, index),
    },
  ];
}

/** An inline policy's id names whose it is: `role_Worker_main`. */
function sourceId({ kind, attachedTo, name }: AttachedPolicy): string {
  const isOfPrincipal = kind === 'inline' && attachedTo !== name;
  return isOfPrincipal ? `${attachedTo.replace('/', '_')}_${name}` : name;
}

/** @throws InvalidInput for a key with more values than its type has */
export function contextOf(entries: readonly ContextEntry[] | undefined): AccessRequest['context'] {
  const context: Record<string, string | readonly string[]> = {};
  for (const { ContextKeyName = '', ContextKeyType = '', ContextKeyValues = [] } of entries ?? []) {
    const [value] = ContextKeyValues;
    if (ContextKeyType.endsWith('List')) context[ContextKeyName] = [...ContextKeyValues];
    else if (value !== undefined) context[ContextKeyName] = value;
    if (ContextKeyValues.length > 1 && !ContextKeyType.endsWith('List')) {
      throw invalidInput(`Context key ${ContextKeyName} of type ${ContextKeyType} must have a single value.`);
    }
  }
  return context;
}
