/** The resource's side of a decision: the policy of what is asked for, whoever asks. Each service reads its own. */
import { splitArn } from '../iam/arn.ts';
import type { AnyRequest, ApplicablePolicies } from '../iam/model.ts';
import { dynamodbPolicedResources, dynamodbResourcePolicies } from './services/dynamodb/resource-policies.ts';
import { eventsPolicedResources, eventsResourcePolicies } from './services/events/resource-policies.ts';
import { iamPolicedResources, iamResourcePolicies } from './services/iam/resource-policies.ts';
import { kmsPolicedResources, kmsResourcePolicies } from './services/kms/resource-policies.ts';
import { lambdaPolicedResources, lambdaResourcePolicies } from './services/lambda/resource-policies.ts';
import { logsPolicedResources, logsResourcePolicies } from './services/logs/resource-policies.ts';
import {
  organizationsPolicedResources,
  organizationsResourcePolicies,
} from './services/organizations/resource-policies.ts';
import { s3PolicedResources, s3ResourcePolicies } from './services/s3/resource-policies.ts';
import {
  secretsmanagerPolicedResources,
  secretsmanagerResourcePolicies,
} from './services/secretsmanager/resource-policies.ts';
import { snsPolicedResources, snsResourcePolicies } from './services/sns/resource-policies.ts';
import { sqsPolicedResources, sqsResourcePolicies } from './services/sqs/resource-policies.ts';
import { ssmPolicedResources, ssmResourcePolicies } from './services/ssm/resource-policies.ts';
import type { Account, World } from './world.ts';

/** What a service says about a resource of its own. */
export type OwnPolicies = Pick<ApplicablePolicies, 'resource' | 'acl' | 'publicAccessBlocks' | 'grants'>;

/** A request without the one who makes it. */
export type AskedResource = Pick<AnyRequest, 'action' | 'resource' | 'resourceAccountId' | 'context'>;

/** Reads what a service's state says about one of its resources; an empty object where it says nothing, or there is no such resource. */
export type ResourcePolicyReader = (world: World, request: AskedResource) => OwnPolicies;

/** A resource that an account has, on which there can be policies. */
export interface PolicedResource {
  /**
   * What the same policies speak about, as in a Resource element: the resource's own ARN first, then those of what is in it
   * (`arn:aws:s3:::archive/*`).
   */
  readonly arns: readonly [string, ...string[]];
  /** An action on the resource, by which its policies are read. */
  readonly action: string;
}

/** The resources of an account on which there can be policies, whether or not there are; what comes first counts where two say the same ARN. */
export type PolicedResourceList = (account: Account) => readonly PolicedResource[];

interface ServicePolicies {
  readonly read: ResourcePolicyReader;
  readonly list: PolicedResourceList;
}

/** By the service in the resource's ARN. */
const services = new Map<string, ServicePolicies>([
  ['dynamodb', { read: dynamodbResourcePolicies, list: dynamodbPolicedResources }],
  ['events', { read: eventsResourcePolicies, list: eventsPolicedResources }],
  ['iam', { read: iamResourcePolicies, list: iamPolicedResources }],
  ['kms', { read: kmsResourcePolicies, list: kmsPolicedResources }],
  ['lambda', { read: lambdaResourcePolicies, list: lambdaPolicedResources }],
  ['logs', { read: logsResourcePolicies, list: logsPolicedResources }],
  ['organizations', { read: organizationsResourcePolicies, list: organizationsPolicedResources }],
  ['s3', { read: s3ResourcePolicies, list: s3PolicedResources }],
  ['secretsmanager', { read: secretsmanagerResourcePolicies, list: secretsmanagerPolicedResources }],
  ['sns', { read: snsResourcePolicies, list: snsPolicedResources }],
  ['sqs', { read: sqsResourcePolicies, list: sqsPolicedResources }],
  ['ssm', { read: ssmResourcePolicies, list: ssmPolicedResources }],
]);

const nothing: OwnPolicies = {};

/** What is said about the resource of a request by its own service. */
export function ownPolicies(world: World, request: AskedResource): OwnPolicies {
  const service = splitArn(request.resource)?.[2];
  return (service === undefined ? undefined : services.get(service))?.read(world, request) ?? nothing;
}

/** Every resource of an account on which there can be policies. */
export function policedResources(account: Account): readonly PolicedResource[] {
  return [...services.values()].flatMap(({ list }) => list(account));
}
