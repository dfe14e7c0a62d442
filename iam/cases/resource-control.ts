/** Resource control policies. */
import type { DecisionCase } from './case.ts';
import {
  allow,
  anonymous,
  bea,
  deny,
  forPrincipal,
  grant,
  lambda,
  MANAGEMENT,
  manager,
  OBJECT,
  OTHER,
  OWN,
  organization,
  root,
  serviceLinked,
  stranger,
  the,
  trust,
  when,
} from './people.ts';

const RCP = 'AWS Organizations: Resource control policies (RCPs)';
const RCPS = 'AWS Organizations: RCP syntax';
const EV = 'Policy evaluation logic';

const get = { action: 's3:GetObject', resource: OBJECT, owner: OWN, organization };
const readAll = [[allow('s3:Get*')]];
const outsiders = when('StringNotEquals', 'aws:PrincipalOrgID', organization.id);
const perimeter = [[[forPrincipal('*', 'Deny', 's3:*', outsiders)]]];
const noS3 = [[], [[forPrincipal('*', 'Deny', 's3:*')]]];
const denied = { verdict: 'explicitly-denied', layer: 'resource-control' } as const;
const allowed = { verdict: 'allowed', layer: 'identity' } as const;
const documented = 'documented' as const;
const KEY = `arn:aws:kms:eu-central-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

export const resourceControlCases: readonly DecisionCase[] = [
  {
    rule: 2,
    name: 'a Deny of a resource control policy is named before one of a service control policy',
    source: EV,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      resourceControl: noS3,
      serviceControl: [[[allow('*')], [deny('s3:*')]]],
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 3,
    name: 'a resource control policy limits root',
    source: RCP,
    given: { caller: root, ...get, resourceControl: noS3 },
    expect: denied,
    basis: documented,
  },
  {
    rule: 3,
    name: 'a resource control policy keeps even root from its bucket policy',
    source: 'Amazon S3 API: PutBucketPolicy',
    given: {
      caller: root,
      ...get,
      action: 's3:PutBucketPolicy',
      resource: 'arn:aws:s3:::archive',
      resourceControl: noS3,
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 7,
    name: 'a principal from outside stays out, whatever the bucket policy allows',
    source: RCP,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: [grant({ AWS: stranger.arn }, 's3:GetObject')],
      resourceControl: perimeter,
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 7,
    name: 'principals of the organization pass, and need an Allow as before',
    source: RCP,
    given: { caller: bea, ...get, identity: readAll, resourceControl: perimeter },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'StringNotEquals on aws:PrincipalOrgID hits anonymous callers',
    source: RCP,
    given: { caller: anonymous, ...get, resourcePolicy: [grant('*', 's3:*')], resourceControl: perimeter },
    expect: denied,
    basis: documented,
  },
  {
    rule: 7,
    name: 'StringNotEquals on aws:PrincipalOrgID hits services too',
    source: RCP,
    given: {
      caller: lambda,
      ...get,
      resourcePolicy: [grant({ Service: lambda.service }, 's3:*')],
      resourceControl: perimeter,
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 7,
    name: 'a service that has no support for them is not touched',
    source: RCP,
    given: {
      caller: bea,
      ...get,
      action: 'ec2:StopInstances',
      resource: `arn:aws:ec2:eu-central-1:${OWN}:instance/i-1`,
      identity: [[allow('ec2:*')]],
      resourceControl: [[[forPrincipal('*', 'Deny', 'ec2:*')]]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'a statement for every action of every service is none, however it is written',
    source: RCPS,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      resourceControl: [[[forPrincipal('*', 'Deny', '*:*')]], [[forPrincipal('*', 'Deny', '*')]]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'an action without a resource is not touched',
    source: RCP,
    given: {
      caller: bea,
      ...get,
      action: 'sqs:ListQueues',
      resource: '*',
      identity: [[allow('sqs:*')]],
      resourceControl: [[[forPrincipal('*', 'Deny', 'sqs:*')]]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: "the management account's resources are not touched",
    source: RCP,
    given: { caller: manager, ...get, owner: MANAGEMENT, identity: readAll, resourceControl: noS3 },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'service-linked roles are not touched',
    source: RCP,
    given: { caller: serviceLinked, ...get, identity: readAll, resourceControl: noS3 },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'kms:RetireGrant is not touched',
    source: RCP,
    given: {
      caller: bea,
      ...get,
      action: 'kms:RetireGrant',
      resource: KEY,
      identity: [[allow('kms:*')]],
      resourceControl: [[[forPrincipal('*', 'Deny', 'kms:*')]]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'the keys of KMS that AWS manages are not touched',
    source: RCP,
    given: {
      caller: bea,
      ...get,
      action: 'kms:Decrypt',
      resource: KEY,
      context: { 'kms:ResourceAliases': ['alias/aws/s3'] },
      identity: [[allow('kms:*')]],
      resourceControl: [[[forPrincipal('*', 'Deny', 'kms:*')]]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'the trust policies of service-linked roles are not touched',
    source: RCP,
    given: {
      caller: { kind: 'service', service: 'backup.amazonaws.com' },
      ...get,
      action: 'sts:AssumeRole',
      resource: serviceLinked.roleArn,
      trust: [trust({ Service: 'backup.amazonaws.com' })],
      resourceControl: [[[forPrincipal('*', 'Deny', 'sts:*')]]],
    },
    expect: { verdict: 'allowed', layer: 'trust' },
    basis: documented,
  },
  {
    rule: 7,
    name: 'statements that Organizations does not save there match nothing',
    source: RCPS,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      resourceControl: [
        [
          [
            forPrincipal({ AWS: bea.arn }, 'Deny', 's3:*'),
            forPrincipal('*', 'Deny', '*'),
            { Effect: 'Deny', Principal: '*', NotAction: 'iam:*', Resource: '*' },
            { Effect: 'Deny', NotPrincipal: { AWS: OTHER }, Action: 's3:*', Resource: '*' },
          ],
        ],
      ],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 7,
    name: 'Principal {"AWS": "*"} is everybody too',
    source: 'AWS JSON policy elements: Principal',
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: [grant({ AWS: stranger.arn }, 's3:GetObject')],
      resourceControl: [[[forPrincipal({ AWS: '*' }, 'Deny', 's3:*', outsiders)]]],
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 7,
    name: 'nor do they put a doubtful Deny beside them beyond doubt',
    source: RCPS,
    given: {
      caller: bea,
      ...get,
      identity: [[deny('s3:*')]],
      resourceControl: [
        [
          [
            forPrincipal('*', 'Deny', '*'),
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              NotResource: `arn:aws:s3:::b/${the('aws:PrincipalTag/none')}`,
            },
          ],
        ],
      ],
    },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 7,
    name: 'they grant nothing, and their silence denies nothing',
    source: RCP,
    given: { caller: bea, ...get, identity: [], resourceControl: [[[forPrincipal('*', 'Deny', 's3:Put*')]]] },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 7,
    name: 'a role is a resource of sts: nobody from outside assumes it',
    source: RCP,
    given: {
      caller: stranger,
      ...get,
      action: 'sts:AssumeRole',
      resource: `arn:aws:iam::${OWN}:role/Deployer`,
      identity: [[allow('sts:*')]],
      trust: [trust({ AWS: OTHER })],
      resourceControl: [[[forPrincipal('*', 'Deny', 'sts:AssumeRole', outsiders)]]],
    },
    expect: denied,
    basis: documented,
  },
];
