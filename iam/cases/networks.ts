/** VPC endpoint policies, and the keys that tell where a request comes from. */
import type { DecisionCase } from './case.ts';
import {
  allow,
  anonymous,
  bea,
  cataloguer,
  deny,
  forPrincipal,
  grant,
  OBJECT,
  OWN,
  ROLE,
  root,
  strangeRole,
  when,
} from './people.ts';

const AD = 'Troubleshoot access denied error messages';
const VPC = 'Amazon VPC: Control access to VPC endpoints using endpoint policies';
const FAS = 'Forward access sessions';

const get = { action: 's3:GetObject', resource: OBJECT, owner: OWN };
const readAll = [[allow('s3:Get*')]];
const through = (...statements: object[]) => ({ vpcEndpoint: [statements] });
const onlyLogs = through({ ...forPrincipal('*', 'Allow', 's3:*'), Resource: 'arn:aws:s3:::logs/*' });
const silent = { verdict: 'implicitly-denied', layer: 'vpc-endpoint' } as const;
const documented = 'documented' as const;

export const networkCases: readonly DecisionCase[] = [
  {
    rule: 21,
    name: 'an endpoint whose policy names other buckets does not let through',
    source: AD,
    given: { caller: bea, ...get, identity: readAll, ...onlyLogs },
    expect: { ...silent, because: 'the policy of the VPC endpoint does not allow it' },
    basis: documented,
  },
  {
    rule: 21,
    name: 'the default endpoint policy lets everything through',
    source: VPC,
    given: { caller: bea, ...get, identity: readAll, ...through(forPrincipal('*', 'Allow', '*')) },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 21,
    name: 'the default endpoint policy lets the holders of tokens through',
    source: VPC,
    given: {
      caller: { kind: 'federated-identity', provider: 'accounts.google.com', subject: '1' },
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: ROLE,
      owner: OWN,
      trust: [
        { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'accounts.google.com' } },
      ],
      ...through(forPrincipal('*', 'Allow', '*')),
    },
    expect: { verdict: 'allowed', layer: 'trust' },
    basis: documented,
  },
  {
    rule: 21,
    name: 'an endpoint policy grants nothing',
    source: VPC,
    given: { caller: bea, ...get, ...through(forPrincipal('*', 'Allow', '*')) },
    expect: { verdict: 'implicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 21,
    name: 'a Deny of an endpoint policy is explicit',
    source: AD,
    given: {
      caller: bea,
      ...get,
      identity: readAll,
      ...through(forPrincipal('*', 'Allow', '*'), forPrincipal('*', 'Deny', 's3:Get*')),
    },
    expect: { verdict: 'explicitly-denied', layer: 'vpc-endpoint' },
    basis: documented,
  },
  {
    rule: 21,
    name: 'an endpoint policy can be for one role',
    source: VPC,
    given: {
      caller: cataloguer,
      ...get,
      identity: readAll,
      ...through(forPrincipal('*', 'Allow', 's3:*', when('ArnEquals', 'aws:PrincipalArn', cataloguer.roleArn))),
    },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 21,
    name: 'an endpoint policy limits anonymous callers',
    source: VPC,
    given: { caller: anonymous, ...get, resourcePolicy: [grant('*', 's3:GetObject')], ...onlyLogs },
    expect: silent,
    basis: documented,
  },
  {
    rule: 3,
    name: 'an endpoint policy limits root',
    source: VPC,
    given: { caller: root, ...get, ...onlyLogs },
    expect: silent,
    basis: documented,
  },
  {
    rule: 9,
    name: 'an endpoint policy limits across accounts, on neither side',
    source: VPC,
    given: {
      caller: strangeRole,
      ...get,
      identity: readAll,
      resourcePolicy: [grant({ AWS: strangeRole.roleArn }, 's3:GetObject')],
      ...onlyLogs,
    },
    expect: silent,
    basis: documented,
  },
  {
    rule: 84,
    name: 'through an endpoint aws:SourceIp is absent: a Deny with NotIpAddress fires',
    source: FAS,
    given: {
      caller: bea,
      ...get,
      context: { 'aws:SourceVpce': 'vpce-1a2b3c4d', 'aws:VpcSourceIp': '10.0.0.8' },
      identity: [[allow('s3:*'), deny('s3:*', '*', when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'))]],
    },
    expect: { verdict: 'explicitly-denied', layer: 'identity' },
    basis: documented,
  },
  {
    rule: 84,
    name: 'a bucket for one endpoint refuses what comes from the internet',
    source: 'Amazon S3: Controlling access from VPC endpoints with bucket policies',
    given: {
      caller: bea,
      ...get,
      context: { 'aws:SourceIp': '203.0.113.9' },
      identity: readAll,
      resourcePolicy: [
        { ...grant('*', 's3:*', when('StringNotEquals', 'aws:SourceVpce', 'vpce-1a2b3c4d')), Effect: 'Deny' },
      ],
    },
    expect: { verdict: 'explicitly-denied', layer: 'resource' },
    basis: documented,
  },
  {
    rule: 84,
    name: 'forwarded calls have no aws:SourceVpce: the exception for aws:ViaAWSService spares them',
    source: FAS,
    given: {
      caller: bea,
      ...get,
      context: { 'aws:ViaAWSService': 'true', 'aws:CalledVia': ['athena.amazonaws.com'] },
      identity: [
        [
          allow('s3:*'),
          deny('s3:*', '*', {
            Condition: {
              StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
              Bool: { 'aws:ViaAWSService': 'false' },
            },
          }),
        ],
      ],
    },
    expect: { verdict: 'allowed', layer: 'identity' },
    basis: documented,
  },
];
