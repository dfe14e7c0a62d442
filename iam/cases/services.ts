/** Service principals, passed roles, tags of sessions, and actions on several resources. */
import type { DecisionCase } from './case.ts';
import {
  allow,
  bea,
  beaWithMfa,
  cataloguer,
  deny,
  grant,
  lambda,
  OBJECT,
  OTHER,
  OWN,
  ROLE,
  stranger,
  trust,
  when,
} from './people.ts';

const PR = 'AWS JSON policy elements: Principal';
const CO = 'IAM JSON policy elements: Condition operators';
const ST = 'Pass session tags in AWS STS';
const DEPUTY = 'The confused deputy problem';
const PASS = 'Grant a user permissions to pass a role to an AWS service';
const SESSION = 'AWS STS API: AssumeRole';

const get = { action: 's3:GetObject', resource: OBJECT, owner: OWN };
const tagSession = { action: 'sts:TagSession', resource: ROLE, owner: OWN };
const mayAssume = [[allow('sts:*')]];
const ownAccount = { AWS: OWN };
const both = ['sts:AssumeRole', 'sts:TagSession'];
const run = { action: 'ec2:RunInstances', owner: OWN };
const instances = `arn:aws:ec2:eu-central-1:${OWN}:instance/*`;
const image = 'arn:aws:ec2:eu-central-1::image/ami-1';
const small = (operator: string) => [[allow('ec2:RunInstances', '*', when(operator, 'ec2:InstanceType', 't3.micro'))]];
const pass = { action: 'iam:PassRole', resource: ROLE };
const toLambda = [[allow('iam:PassRole', ROLE, when('StringEquals', 'iam:PassedToService', 'lambda.amazonaws.com'))]];
const fromOwnAccount = [grant({ Service: lambda.service }, 's3:*', when('StringEquals', 'aws:SourceAccount', OWN))];
const allowed = { verdict: 'allowed', layer: 'identity' } as const;
const silent = { verdict: 'implicitly-denied', layer: 'identity' } as const;
const documented = 'documented' as const;

export const serviceCases: readonly DecisionCase[] = [
  {
    rule: 20,
    name: 'managed session policies and the inline one unite',
    source: SESSION,
    given: {
      caller: cataloguer,
      ...get,
      identity: [[allow('s3:*')]],
      session: [[allow('ec2:*')], [allow('iam:*')], [allow('s3:Get*')]],
    },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 20,
    name: 'what none of the session policies allows stays denied',
    source: SESSION,
    given: {
      caller: cataloguer,
      ...get,
      identity: [[allow('s3:*')]],
      session: [[allow('ec2:*')], [allow('iam:*')]],
    },
    expect: { verdict: 'implicitly-denied', layer: 'session' },
    basis: documented,
  },
  {
    rule: 30,
    name: 'tags need sts:TagSession in the trust policy',
    source: ST,
    given: { caller: bea, ...tagSession, identity: mayAssume, trust: [trust(ownAccount)] },
    expect: { verdict: 'implicitly-denied', layer: 'trust' },
    basis: documented,
  },
  {
    rule: 30,
    name: 'sts:TagSession in trust and identity policy lets tags through',
    source: ST,
    given: { caller: bea, ...tagSession, identity: mayAssume, trust: [trust(ownAccount, { Action: both })] },
    expect: { verdict: 'allowed', layer: 'trust' },
    basis: documented,
  },
  {
    rule: 30,
    name: 'aws:RequestTag limits the values',
    source: ST,
    given: {
      caller: bea,
      ...tagSession,
      context: { 'aws:RequestTag/team': 'red', 'aws:TagKeys': ['team'] },
      identity: mayAssume,
      trust: [trust(ownAccount, { Action: both, ...when('StringEquals', 'aws:RequestTag/team', 'blue') })],
    },
    expect: { verdict: 'implicitly-denied', layer: 'trust' },
    basis: documented,
  },
  {
    rule: 30,
    name: 'sts:SetSourceIdentity is asked like sts:AssumeRole',
    source: 'Monitor and control actions taken with assumed roles',
    given: {
      caller: bea,
      ...tagSession,
      action: 'sts:SetSourceIdentity',
      identity: mayAssume,
      trust: [trust(ownAccount)],
    },
    expect: { verdict: 'implicitly-denied', layer: 'trust' },
    basis: documented,
  },
  ...['e7a1', 'other'].map(
    (passed): DecisionCase => ({
      rule: 31,
      name: `the external id ${passed} ${passed === 'e7a1' ? 'is the one that is asked for' : 'is not'}`,
      source: 'Access to AWS accounts owned by third parties',
      given: {
        caller: stranger,
        ...tagSession,
        action: 'sts:AssumeRole',
        context: { 'sts:ExternalId': passed },
        identity: mayAssume,
        trust: [trust({ AWS: OTHER }, when('StringEquals', 'sts:ExternalId', 'e7a1'))],
      },
      expect: { verdict: passed === 'e7a1' ? 'allowed' : 'implicitly-denied', layer: 'trust' },
      basis: documented,
    }),
  ),
  {
    rule: 33,
    name: "a service of an opt-in region has that region's name across regions",
    source: PR,
    given: {
      caller: { kind: 'service', service: 'lambda.me-south-1.amazonaws.com' },
      ...get,
      resourcePolicy: [grant({ Service: 'lambda.amazonaws.com' }, 's3:GetObject')],
    },
    expect: { verdict: 'implicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 53,
    name: 'a condition on the type of the instance fails where the image is asked for',
    source: CO,
    given: { caller: bea, ...run, resource: image, identity: small('StringEquals') },
    expect: { ...silent, because: 'ec2:InstanceType is not in the request' },
    basis: documented,
  },
  {
    rule: 53,
    name: 'with IfExists it passes there',
    source: CO,
    given: { caller: bea, ...run, resource: image, identity: small('StringEqualsIfExists') },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 53,
    name: 'on the instance it decides',
    source: CO,
    given: {
      caller: bea,
      ...run,
      resource: instances,
      context: { 'ec2:InstanceType': 'm5.large' },
      identity: small('StringEqualsIfExists'),
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 54,
    name: 'a role for Lambda is not passed to EC2',
    source: PASS,
    given: { caller: bea, ...pass, context: { 'iam:PassedToService': 'ec2.amazonaws.com' }, identity: toLambda },
    expect: { ...silent, because: 'iam:PassedToService ec2.amazonaws.com is not lambda.amazonaws.com' },
    basis: documented,
  },
  {
    rule: 54,
    name: 'a role for Lambda is passed to Lambda',
    source: PASS,
    given: { caller: bea, ...pass, context: { 'iam:PassedToService': 'lambda.amazonaws.com' }, identity: toLambda },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 96,
    name: 'no policy passes a role of another account',
    source: PASS,
    given: { caller: bea, ...pass, owner: OTHER, identity: [[allow('*')]] },
    expect: { ...silent, because: "passed within the caller's own account only" },
    basis: documented,
  },
  {
    rule: 38,
    name: 'a Deny for everybody hits services',
    source: PR,
    given: {
      caller: lambda,
      ...get,
      resourcePolicy: [grant({ Service: lambda.service }, 's3:*'), { ...grant('*', 's3:*'), Effect: 'Deny' }],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 38,
    name: 'policies that are given with a service do not speak of it',
    source: PR,
    given: {
      caller: lambda,
      ...get,
      identity: [[deny('s3:*')]],
      boundary: [deny('s3:*')],
      session: [[deny('s3:*')]],
      resourcePolicy: [grant({ Service: lambda.service }, 's3:GetObject')],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 85,
    name: 'aws:SourceAccount keeps a service from serving another account',
    source: DEPUTY,
    given: { caller: lambda, ...get, context: { 'aws:SourceAccount': OTHER }, resourcePolicy: fromOwnAccount },
    expect: { verdict: 'implicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 85,
    name: 'aws:SourceAccount lets a service in that serves this one',
    source: DEPUTY,
    given: { caller: lambda, ...get, context: { 'aws:SourceAccount': OWN }, resourcePolicy: fromOwnAccount },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 85,
    name: 'aws:SourceArn is absent where a person calls',
    source: DEPUTY,
    given: { caller: bea, ...get, identity: [[allow('s3:*', '*', when('Null', 'aws:SourceArn', 'true'))]] },
    expect: allowed,
    basis: documented,
  },
  {
    rule: 82,
    name: 'a call that a service forwards with long-term keys has the key as false: Deny with Bool fires',
    source: 'AWS global condition context keys',
    given: {
      caller: bea,
      ...get,
      context: { 'aws:MultiFactorAuthPresent': 'false', 'aws:ViaAWSService': 'true' },
      identity: [[allow('*'), deny('*', '*', when('Bool', 'aws:MultiFactorAuthPresent', 'false'))]],
    },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 37,
    name: 'credentials of GetSessionToken cannot call GetFederationToken',
    source: 'Compare AWS STS credentials',
    given: { caller: beaWithMfa, action: 'sts:GetFederationToken', resource: '*', identity: [[allow('*')]] },
    expect: { verdict: 'implicitly-denied', layer: 'session' },
    basis: documented,
  },
  {
    rule: 8,
    name: 'a policy without Resource speaks of the repository that it belongs to',
    source: 'Overview of JSON policies',
    given: {
      caller: stranger,
      action: 'ecr:BatchGetImage',
      resource: `arn:aws:ecr:eu-central-1:${OWN}:repository/web`,
      owner: OWN,
      identity: [[allow('ecr:*')]],
      resourcePolicy: [{ Effect: 'Allow', Principal: { AWS: OTHER }, Action: 'ecr:BatchGetImage' }],
    },
    expect: { verdict: 'allowed', layer: 'resource' },
    basis: documented,
  },
];
