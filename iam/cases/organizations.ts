/** Service control policies, and the keys of an organization. */
import type { DecisionCase, Document } from './case.ts';
import {
  allow,
  bea,
  cataloguer,
  deny,
  grant,
  lambda,
  MANAGEMENT,
  manager,
  OBJECT,
  OWN,
  organization,
  root,
  serviceLinked,
  stranger,
  the,
  when,
} from './people.ts';

const SCP = 'AWS Organizations: Service control policies (SCPs)';
const SCPE = 'AWS Organizations: SCP evaluation';
const SCPS = 'AWS Organizations: SCP syntax';
const EV = 'Policy evaluation logic';
const GK = 'AWS global condition context keys';

const get = { action: 's3:GetObject', resource: OBJECT, owner: OWN, organization };
const all: readonly Document[] = [[allow('*')]];
const readAll = [[allow('s3:Get*')]];
const denyS3: readonly Document[] = [[allow('*')], [deny('s3:*')]];
const silent = { verdict: 'implicitly-denied', layer: 'service-control' } as const;
const denied = { verdict: 'explicitly-denied', layer: 'service-control' } as const;
const allowed = { verdict: 'allowed', layer: 'identity' } as const;
const documented = 'documented' as const;

export const organizationCases: readonly DecisionCase[] = [
  {
    rule: 2,
    name: 'a Deny of a service control policy is named before one of the bucket policy',
    source: EV,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      serviceControl: [denyS3],
      resourcePolicy: [{ ...grant('*', 's3:*'), Effect: 'Deny' }],
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 2,
    name: 'a silent level is named before a silent identity policy',
    source: EV,
    given: { caller: bea, ...get, serviceControl: [[[allow('ec2:*')]]] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 2,
    name: 'a Deny of an identity policy is named before a silent level',
    source: EV,
    given: { caller: bea, ...get, identity: [[deny('s3:*')]], serviceControl: [[[allow('ec2:*')]]] },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 3,
    name: "a service control policy limits a member account's root user",
    source: SCP,
    given: { caller: root, ...get, serviceControl: [all, denyS3] },
    expect: denied,
    basis: documented,
  },
  {
    rule: 4,
    name: 'every level must allow',
    source: SCPE,
    given: { caller: bea, ...get, identity: readAll, serviceControl: [all, [[allow('ec2:*')]], all] },
    expect: { ...silent, because: 'no service control policy allows it' },
    basis: documented,
  },
  {
    rule: 4,
    name: 'where every level allows, the identity policy decides',
    source: SCPE,
    given: { caller: bea, ...get, identity: readAll, serviceControl: [all, [[allow('s3:*')]], all] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 4,
    name: 'a Deny of any level denies',
    source: SCPE,
    given: { caller: bea, ...get, identity: readAll, serviceControl: [all, denyS3, all] },
    expect: denied,
    basis: documented,
  },
  {
    rule: 4,
    name: 'service control policies grant nothing',
    source: SCP,
    given: { caller: bea, ...get, serviceControl: [all, all] },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 4,
    name: 'a level without policies allows nothing',
    source: SCPE,
    given: { caller: bea, ...get, identity: readAll, serviceControl: [all, [], all] },
    expect: silent,
    basis: documented,
  },
  {
    rule: 4,
    name: 'the bucket policy alone does not get past a silent level',
    source: EV,
    given: {
      caller: bea,
      ...get,
      serviceControl: [[[allow('ec2:*')]]],
      resourcePolicy: [grant({ AWS: bea.arn }, 's3:GetObject')],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 5,
    name: 'the policies of one level unite',
    source: SCPE,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      serviceControl: [[[allow(['iam:*', 'ec2:*'])], [allow('s3:*')]], all],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 6,
    name: 'the management account is under no service control policy',
    source: SCP,
    given: { caller: manager, ...get, owner: MANAGEMENT, identity: readAll, serviceControl: [denyS3] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 6,
    name: "nor is the management account's root user",
    source: SCP,
    given: {
      caller: { kind: 'root', accountId: MANAGEMENT },
      ...get,
      owner: MANAGEMENT,
      serviceControl: [denyS3],
    },
    expect: { verdict: 'allowed', layer: 'root' },
    basis: documented,
  },
  {
    rule: 6,
    name: 'service-linked roles are under no service control policy',
    source: SCP,
    given: { caller: serviceLinked, ...get, identity: readAll, serviceControl: [denyS3] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 6,
    name: 'a role of the same name without the path of service-linked roles is',
    source: SCP,
    given: {
      caller: { ...serviceLinked, roleArn: `arn:aws:iam::${OWN}:role/AWSServiceRoleForBackup` },
      ...get,
      identity: readAll,
      serviceControl: [denyS3],
    },
    expect: denied,
    basis: documented,
  },
  {
    rule: 6,
    name: 'the policies over the resource do not limit an outside principal: its own organization has none',
    source: SCP,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: [grant({ AWS: stranger.arn }, 's3:GetObject')],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 6,
    name: 'services are under no service control policy',
    source: SCP,
    given: {
      caller: lambda,
      ...get,
      serviceControl: [denyS3],
      resourcePolicy: [grant({ Service: 'lambda.amazonaws.com' }, 's3:GetObject')],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 9,
    name: "across accounts the caller's service control policies limit its side",
    source: 'Cross-account policy evaluation logic',
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      serviceControl: [[[allow('ec2:*')]]],
      resourcePolicy: [grant({ AWS: stranger.arn }, 's3:GetObject')],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 81,
    name: "aws:PrincipalOrgID and aws:PrincipalOrgPaths tell the caller's organization",
    source: GK,
    given: {
      caller: bea,
      ...get,
      identity: [
        [
          allow('s3:*', '*', {
            Condition: {
              StringEquals: { 'aws:PrincipalOrgID': organization.id, 'aws:ResourceOrgID': organization.id },
              'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' },
            },
          }),
        ],
      ],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 81,
    name: 'outside of the organization aws:PrincipalOrgID is absent',
    source: GK,
    given: {
      caller: stranger,
      ...get,
      identity: readAll,
      resourcePolicy: [
        grant({ AWS: stranger.arn }, 's3:GetObject'),
        { ...grant('*', 's3:*', when('StringNotEquals', 'aws:PrincipalOrgID', organization.id)), Effect: 'Deny' },
      ],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 87,
    name: 'aws:ResourceTag compares with the tag of the caller',
    source: 'IAM tutorial: Define permissions to access AWS resources based on tags',
    given: {
      caller: cataloguer,
      ...get,
      resourceTags: { Project: 'archive' },
      identity: [
        [allow('s3:*', '*', when('StringEquals', 'aws:ResourceTag/project', the('aws:PrincipalTag/Project')))],
      ],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 95,
    name: 'an Allow of a service control policy may have a condition',
    source: SCPS,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      context: { 'aws:RequestedRegion': 'us-east-1' },
      serviceControl: [[[allow('*', '*', when('StringEquals', 'aws:RequestedRegion', 'eu-central-1'))]]],
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 95,
    name: 'an Allow of a service control policy may have NotAction and a resource',
    source: SCPS,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      serviceControl: [[[{ Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:s3:::archive/*' }]]],
    },
    expect: allowed,
    basis: documented,
  },
];
