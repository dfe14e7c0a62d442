/** Resource policies: by them AWS services write into log groups. CloudWatch Logs API, PutResourcePolicy. */
import type {
  DeleteResourcePolicyRequest,
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
  ResourcePolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import { parsePolicy } from '../../../iam/parse.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { invalidParameter, limitExceeded, noSuchPolicy } from './errors.ts';
import { logsLimits } from './limits.ts';
import { policyKey } from './names.ts';
import { pageOf } from './pages.ts';
import type { LogResourcePolicyState } from './state.ts';

/** Characters of a policy of the account's. */
const LONGEST = 5120;

/** Policies on one log group came in 2025; the account's are what services need. */
function checkScope({ resourceArn, policyScope }: { resourceArn?: string | undefined; policyScope?: string }): void {
  if (resourceArn === undefined && policyScope !== 'RESOURCE') return;
  throw invalidParameter('Resource policies of single log groups are not offered here: leave resourceArn out.');
}

export const putResourcePolicy: ChangeOperation<PutResourcePolicyRequest, PutResourcePolicyResponse> = {
  kind: 'change',
  handle({ logs }, { policyName: name = '', policyDocument: document = '', resourceArn }, call) {
    checkScope({ resourceArn });
    const { region } = call.request;
    if (name === '') throw invalidParameter('Policy name must not be empty.');
    if (document.length > LONGEST) throw invalidParameter(`Policy document must not exceed ${LONGEST} characters.`);
    const parsed = parsePolicy(document, 'resource');
    if (parsed.kind === 'malformed') throw invalidParameter(`Invalid policy document: ${parsed.awsMessage}`);
    const key = policyKey(region, name);
    const here = Object.values(logs.resourcePolicies).filter((policy) => policy.region === region);
    if (own(logs.resourcePolicies, key) === undefined && here.length >= logsLimits.resourcePoliciesPerRegion) {
      throw limitExceeded();
    }
    const policy = { name, region, document, updatedAt: call.now };
    logs.resourcePolicies[key] = policy;
    return { resourcePolicy: shownPolicy(policy) };
  },
};

export const deleteResourcePolicy: ChangeOperation<DeleteResourcePolicyRequest, object> = {
  kind: 'change',
  handle({ logs }, { policyName: name = '', resourceArn }, call) {
    checkScope({ resourceArn });
    const key = policyKey(call.request.region, name);
    if (own(logs.resourcePolicies, key) === undefined) throw noSuchPolicy(name);
    delete logs.resourcePolicies[key];
    return {};
  },
};

export const describeResourcePolicies: ReadOperation<
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse
> = {
  kind: 'read',
  handle({ logs }, input, call) {
    checkScope(input);
    const policies = Object.values(logs.resourcePolicies)
      .filter(({ region }) => region === call.request.region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, nextToken } = pageOf(policies, input, ({ name }) => name);
    return { resourcePolicies: items.map(shownPolicy), ...(nextToken !== undefined && { nextToken }) };
  },
};

function shownPolicy({ name, document, updatedAt }: LogResourcePolicyState): ResourcePolicy {
  return { policyName: name, policyDocument: document, lastUpdatedTime: updatedAt };
}
