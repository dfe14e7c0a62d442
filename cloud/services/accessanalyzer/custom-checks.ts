/**
 * CheckNoNewAccess, CheckAccessNotGranted, CheckNoPublicAccess: proofs about all requests, by the engine's own comparison. IAM User Guide,
 * "Validate policies with IAM Access Analyzer custom policy checks".
 */
import type {
  Access,
  AccessCheckPolicyType,
  CheckAccessNotGrantedRequest,
  CheckAccessNotGrantedResponse,
  CheckNoNewAccessRequest,
  CheckNoNewAccessResponse,
  CheckNoPublicAccessRequest,
  CheckNoPublicAccessResponse,
  ReasonSummary,
} from '@aws-sdk/client-accessanalyzer';
import { FAMILIAR_SERVICES } from '../../../iam/analyse/actions.ts';
import { type Answer, compare } from '../../../iam/analyse/compare.ts';
import type { Policy, Statement } from '../../../iam/policy.ts';
import { isPublic } from '../../../iam/public/is-public.ts';
import type { ReadOperation } from '../../service.ts';
import { allowsOneByOne, readChecked } from './checked-policies.ts';
import { invalidParameter, unprocessable } from './errors.ts';
import { actionsNamedIn } from './known-actions.ts';

type Kind = 'identity' | 'resource';

const kinds: Readonly<Record<AccessCheckPolicyType, Kind>> = {
  IDENTITY_POLICY: 'identity',
  RESOURCE_POLICY: 'resource',
};

/** Whether everything that one policy allows is allowed by another. */
function isWithin(policy: Policy, other: Policy, kind: Kind, text: string): Answer {
  const actions = actionsNamedIn(text, FAMILIAR_SERVICES);
  return compare([policy], [other], { kind, actions, questions: ['aInB'] }).aInB;
}

interface Texts {
  readonly passed: string;
  readonly failed: string;
  /** What is said of a statement, up to its name. */
  readonly reason: string;
}

/**
 * The answer of a check that each Allow can fail by itself.
 * @param passes of the whole policy, or of one of its Allows with every Deny; @throws UnprocessableEntityException where it cannot tell
 */
function answered(policy: Policy, passes: (policy: Policy) => Answer, { passed, failed, reason }: Texts) {
  const whole = passes(policy);
  if (whole === 'unknown') throw unprocessable();
  if (whole === 'yes') return { result: 'PASS' as const, message: passed };
  const reasons = allowsOneByOne(policy)
    .filter(({ alone }) => passes(alone) === 'no')
    .map(({ statement, index }) => reasonFor(statement, index, reason));
  return { result: 'FAIL' as const, message: failed, reasons };
}

function reasonFor({ sid }: Statement, index: number, text: string): ReasonSummary {
  return sid === undefined
    ? { description: `${text} with index: ${index}.`, statementIndex: index }
    : { description: `${text} with sid: ${sid}.`, statementId: sid, statementIndex: index };
}

export const checkNoNewAccess: ReadOperation<CheckNoNewAccessRequest, CheckNoNewAccessResponse> = {
  kind: 'read',
  handle(_account, { newPolicyDocument = '', existingPolicyDocument = '', policyType = 'IDENTITY_POLICY' }) {
    const kind = kinds[policyType];
    const existing = readChecked(existingPolicyDocument, kind);
    const text = newPolicyDocument + existingPolicyDocument;
    return answered(readChecked(newPolicyDocument, kind), (policy) => isWithin(policy, existing, kind, text), {
      passed: 'The updated permissions do not add new access compared to your existing policy.',
      failed: 'The modified permissions grant new access compared to your existing policy.',
      reason: 'New access in the statement',
    });
  },
};

const everybody = { not: false, everyone: true, aws: [], service: [], federated: [], canonicalUser: [] };

/** A Deny of what is not to be granted. Actions alone are meant on every resource, resources alone with every action. */
function denialOf(access: readonly Access[], kind: Kind): Statement {
  const actions = access.flatMap((one) => one.actions ?? []);
  const resources = access.flatMap((one) => one.resources ?? []);
  if (actions.length === 0 && resources.length === 0) {
    throw invalidParameter('The access must have at least one action or resource.');
  }
  if (!actions.every((action) => /^(?:\*|[a-z0-9-]+:[a-z0-9*?]+)$/i.test(action))) {
    throw invalidParameter('The access has an action that is not valid.');
  }
  return {
    effect: 'Deny',
    ...(kind === 'resource' && { principal: everybody }),
    action: { not: false, values: actions.length === 0 ? ['*'] : actions },
    resource: { not: false, values: resources.length === 0 ? ['*'] : resources },
    conditions: [],
  };
}

export const checkAccessNotGranted: ReadOperation<CheckAccessNotGrantedRequest, CheckAccessNotGrantedResponse> = {
  kind: 'read',
  handle(_account, { policyDocument = '', access = [], policyType = 'IDENTITY_POLICY' }) {
    const kind = kinds[policyType];
    const denial = denialOf(access, kind);
    const text = policyDocument + JSON.stringify(access);
    const without = (policy: Policy): Policy => ({ ...policy, statements: [...policy.statements, denial] });
    return answered(readChecked(policyDocument, kind), (policy) => isWithin(policy, without(policy), kind, text), {
      passed: 'The policy document does not grant access to perform the listed actions or resources.',
      failed: 'The policy document grants access to perform one or more of the listed actions or resources.',
      reason: 'One or more of the listed actions or resources in the statement',
    });
  },
};

const refuted = { yes: 'no', no: 'yes', unknown: 'unknown' } as const;

export const checkNoPublicAccess: ReadOperation<CheckNoPublicAccessRequest, CheckNoPublicAccessResponse> = {
  kind: 'read',
  handle(account, { policyDocument = '', resourceType }) {
    const kind = resourceType === 'AWS::IAM::AssumeRolePolicyDocument' ? 'trust' : 'resource';
    const options = { accounts: [account.id], actions: actionsNamedIn(policyDocument, FAMILIAR_SERVICES) };
    return answered(readChecked(policyDocument, kind), (policy) => refuted[isPublic(policy, options).byAccess], {
      passed: 'The resource policy does not grant public access for the given resource type.',
      failed: 'The resource policy grants public access for the given resource type.',
      reason: 'Public access granted in the following statement',
    });
  },
};
