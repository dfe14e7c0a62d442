/** The types of resources that templates may declare, by name. */
import type { ResourceType } from '../resource-type.ts';
import { analyzer } from './accessanalyzer.ts';
import { trail } from './cloudtrail.ts';
import { identityPool, identityPoolRoleAttachment } from './cognito-identity.ts';
import { table } from './dynamodb.ts';
import { instance } from './ec2.ts';
import { subnet, vpc, vpcEndpoint } from './ec2-networks.ts';
import { securityGroup } from './ec2-security-groups.ts';
import { eventBus, eventBusPolicy, rule } from './events.ts';
import { accessKey, oidcProvider, virtualMfaDevice } from './iam-credentials.ts';
import { instanceProfile, serviceLinkedRole, userToGroupAddition } from './iam-memberships.ts';
import { groupPolicy, managedPolicy, policy, rolePolicy, userPolicy } from './iam-policies.ts';
import { group, role, user } from './iam-principals.ts';
import { alias, key } from './kms.ts';
import {
  lambdaAlias,
  lambdaEventSourceMapping,
  lambdaLayerVersion,
  lambdaPermission,
  lambdaUrl,
  lambdaVersion,
} from './lambda.ts';
import { lambdaFunction } from './lambda-functions.ts';
import { logGroup, logStream, logsResourcePolicy } from './logs.ts';
import { organization, organizationalUnit, organizationPolicy, organizationResourcePolicy } from './organizations.ts';
import { bucket, bucketPolicy } from './s3.ts';
import { schedule, scheduleGroup } from './scheduler.ts';
import { secret, secretPolicy } from './secretsmanager.ts';
import { subscription, topic, topicPolicy } from './sns.ts';
import { queue, queuePolicy } from './sqs.ts';
import { parameter } from './ssm.ts';
import { ssmDocument } from './ssm-documents.ts';

export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    analyzer,
    accessKey,
    group,
    groupPolicy,
    instanceProfile,
    managedPolicy,
    oidcProvider,
    policy,
    role,
    rolePolicy,
    serviceLinkedRole,
    user,
    userPolicy,
    userToGroupAddition,
    virtualMfaDevice,
    organization,
    organizationalUnit,
    organizationPolicy,
    organizationResourcePolicy,
    bucket,
    bucketPolicy,
    parameter,
    ssmDocument,
    instance,
    securityGroup,
    subnet,
    vpc,
    vpcEndpoint,
    queue,
    queuePolicy,
    subscription,
    topic,
    topicPolicy,
    key,
    alias,
    secret,
    secretPolicy,
    lambdaAlias,
    lambdaEventSourceMapping,
    lambdaFunction,
    lambdaLayerVersion,
    lambdaPermission,
    lambdaUrl,
    lambdaVersion,
    logGroup,
    logStream,
    logsResourcePolicy,
    trail,
    table,
    identityPool,
    identityPoolRoleAttachment,
    schedule,
    scheduleGroup,
    eventBus,
    eventBusPolicy,
    rule,
  ].map((type) => [type.name, type]),
);
