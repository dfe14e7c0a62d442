/** The resource's side of a decision: the policy of what is asked for, whoever asks. Each service reads its own. */
import { splitArn } from '../iam/arn.ts';
import type { AnyRequest, ApplicablePolicies } from '../iam/model.ts';
import { dynamodbResourcePolicies } from './services/dynamodb/resource-policies.ts';
import { eventsResourcePolicies } from './services/events/resource-policies.ts';
import { iamResourcePolicies } from './services/iam/resource-policies.ts';
import { kmsResourcePolicies } from './services/kms/resource-policies.ts';
import { lambdaResourcePolicies } from './services/lambda/resource-policies.ts';
import { logsResourcePolicies } from './services/logs/resource-policies.ts';
import { organizationsResourcePolicies } from './services/organizations/resource-policies.ts';
import { s3ResourcePolicies } from './services/s3/resource-policies.ts';
import { secretsmanagerResourcePolicies } from './services/secretsmanager/resource-policies.ts';
import { snsResourcePolicies } from './services/sns/resource-policies.ts';
import { sqsResourcePolicies } from './services/sqs/resource-policies.ts';
import type { World } from './world.ts';

/** What a service says about a resource of its own. */
export type OwnPolicies = Pick<ApplicablePolicies, 'resource' | 'acl' | 'publicAccessBlocks' | 'grants'>;

/** A request without the one who makes it. */
export type AskedResource = Pick<AnyRequest, 'action' | 'resource' | 'resourceAccountId' | 'context'>;

/** Reads what a service's state says about one of its resources; an empty object where it says nothing, or there is no such resource. */
export type ResourcePolicyReader = (world: World, request: AskedResource) => OwnPolicies;

/** By the service in the resource's ARN. */
const readers = new Map<string, ResourcePolicyReader>([
  ['dynamodb', dynamodbResourcePolicies],
  ['events', eventsResourcePolicies],
  ['iam', iamResourcePolicies],
  ['kms', kmsResourcePolicies],
  ['lambda', lambdaResourcePolicies],
  ['logs', logsResourcePolicies],
  ['organizations', organizationsResourcePolicies],
  ['s3', s3ResourcePolicies],
  ['secretsmanager', secretsmanagerResourcePolicies],
  ['sns', snsResourcePolicies],
  ['sqs', sqsResourcePolicies],
]);

const nothing: OwnPolicies = {};

/** What is said about the resource of a request by its own service. */
export function ownPolicies(world: World, request: AskedResource): OwnPolicies {
  const service = splitArn(request.resource)?.[2];
  return (service === undefined ? undefined : readers.get(service))?.(world, request) ?? nothing;
}
