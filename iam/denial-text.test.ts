import { expect, it } from 'vitest';
import {
  anonymous,
  bea,
  cataloguer,
  MANAGEMENT,
  OBJECT,
  OTHER,
  OWN,
  organization,
  ROLE,
  root,
} from './cases/people.ts';
import { denialText } from './denial-text.ts';
import type { AccessRequest, AnyRequest, Decision, Layer } from './model.ts';

function request(caller: AccessRequest['caller'], action: string, resource: string, owner = OWN): AccessRequest {
  return { caller, action, resource, resourceAccountId: owner, context: {} };
}

function decision(verdict: Decision['verdict'], layer: Layer, arn?: string): Decision {
  const policy = {
    layer,
    name: 'Example',
    kind: 'managed' as const,
    attachedTo: 'user/Bea',
    policy: { version: '2012-10-17' as const, statements: [] },
    ...(arn === undefined ? {} : { arn }),
  };
  const statements = arn === undefined ? [] : [{ policy, index: 0, effect: 'Deny' as const }];
  return { verdict, layer, statements, near: [], basis: 'documented', reason: '' };
}

const PARAMETER = `arn:aws:ssm:us-east-1:${OWN}:parameter/db`;
const POLICY = `arn:aws:iam::${OWN}:policy/Guard`;
const USER = `User: ${bea.arn} is not authorized to perform:`;

it.each<[string, AccessRequest, Decision, string]>([
  [
    'SQS writes actions in small letters',
    request(bea, 'sqs:SendMessage', `arn:aws:sqs:us-east-1:${OWN}:orders`),
    decision('implicitly-denied', 'identity'),
    `${USER} sqs:sendmessage on resource: arn:aws:sqs:us-east-1:${OWN}:orders because no identity-based policy allows the sqs:sendmessage action`,
  ],
  [
    'S3 quotes the resource',
    request(bea, 's3:GetObject', OBJECT),
    decision('implicitly-denied', 'identity'),
    `${USER} s3:GetObject on resource: "${OBJECT}" because no identity-based policy allows the s3:GetObject action`,
  ],
  [
    'the list of buckets has no resource',
    request(bea, 's3:ListAllMyBuckets', 'arn:aws:s3:::*'),
    decision('implicitly-denied', 'identity'),
    `${USER} s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
  ],
  [
    'S3 gives no reasons to other accounts',
    request(bea, 's3:GetObject', OBJECT, OTHER),
    decision('implicitly-denied', 'resource'),
    'Access Denied',
  ],
  [
    'S3 gives no reasons to anonymous callers',
    request(anonymous, 's3:GetObject', OBJECT),
    decision('implicitly-denied', 'resource'),
    'Access Denied',
  ],
  [
    'an explicit Deny names the policy',
    request(bea, 'ssm:GetParameter', PARAMETER),
    decision('explicitly-denied', 'identity', POLICY),
    `${USER} ssm:GetParameter on resource: ${PARAMETER} with an explicit deny in an identity-based policy: ${POLICY}`,
  ],
  [
    'a boundary is no policy in these texts',
    request(cataloguer, 'ssm:GetParameter', PARAMETER),
    decision('implicitly-denied', 'boundary'),
    `User: ${cataloguer.sessionArn} is not authorized to perform: ssm:GetParameter on resource: ${PARAMETER} because no permissions boundary allows the ssm:GetParameter action`,
  ],
  [
    'a silent trust policy: no reason, as for a role that does not exist',
    request(bea, 'sts:AssumeRole', ROLE),
    decision('implicitly-denied', 'trust'),
    `${USER} sts:AssumeRole on resource: ${ROLE}`,
  ],
  [
    'a silent identity policy of one who assumes a role: the same',
    request(bea, 'sts:AssumeRole', ROLE),
    decision('implicitly-denied', 'identity'),
    `${USER} sts:AssumeRole on resource: ${ROLE}`,
  ],
  [
    'a Deny of the trust policy',
    request(bea, 'sts:AssumeRole', ROLE),
    decision('explicitly-denied', 'trust'),
    `${USER} sts:AssumeRole on resource: ${ROLE} with an explicit deny in the role trust policy`,
  ],
  [
    'IAM calls users by name',
    request(bea, 'iam:GetUser', `arn:aws:iam::${OWN}:user/staff/Max`),
    decision('implicitly-denied', 'identity'),
    `${USER} iam:GetUser on resource: user Max because no identity-based policy allows the iam:GetUser action`,
  ],
  [
    'IAM calls what does not exist yet by ARN',
    request(bea, 'iam:CreateUser', `arn:aws:iam::${OWN}:user/Max`),
    decision('implicitly-denied', 'identity'),
    `${USER} iam:CreateUser on resource: arn:aws:iam::${OWN}:user/Max because no identity-based policy allows the iam:CreateUser action`,
  ],
  [
    'IAM calls policies by ARN',
    request(bea, 'iam:GetPolicy', POLICY),
    decision('explicitly-denied', 'boundary', `arn:aws:iam::${OWN}:policy/Limit`),
    `${USER} iam:GetPolicy on resource: policy ${POLICY} with an explicit deny in a permissions boundary: arn:aws:iam::${OWN}:policy/Limit`,
  ],
  [
    'IAM lists users by the ARN of their path',
    request(bea, 'iam:ListUsers', `arn:aws:iam::${OWN}:user/`),
    decision('implicitly-denied', 'identity'),
    `${USER} iam:ListUsers on resource: arn:aws:iam::${OWN}:user/ because no identity-based policy allows the iam:ListUsers action`,
  ],
  [
    'root assumes no roles',
    request(root, 'sts:AssumeRole', ROLE),
    decision('implicitly-denied', 'trust'),
    'Roles may not be assumed by root accounts.',
  ],
  [
    'sessions get no session tokens',
    request(cataloguer, 'sts:GetSessionToken', '*'),
    decision('implicitly-denied', 'session'),
    'Cannot call GetSessionToken with session credentials',
  ],
])('%s', (_name, asked, decided, expected) => {
  expect(denialText(asked, decided)).toBe(expected);
});

it('takes the name that a service has for its resource', () => {
  const text = denialText(request(bea, 'ssm:GetParameter', PARAMETER), decision('implicitly-denied', 'session'), {
    resource: 'db',
  });
  expect(text).toBe(
    `${USER} ssm:GetParameter on resource: db because no session policy allows the ssm:GetParameter action`,
  );
});

const PARAMETER_DENIED = `${USER} ssm:GetParameter on resource: ${PARAMETER}`;

it.each<[Decision['verdict'], Layer, string]>([
  ['implicitly-denied', 'identity', 'because no identity-based policy allows the ssm:GetParameter action'],
  ['implicitly-denied', 'resource', 'because no resource-based policy allows the ssm:GetParameter action'],
  ['implicitly-denied', 'boundary', 'because no permissions boundary allows the ssm:GetParameter action'],
  ['implicitly-denied', 'session', 'because no session policy allows the ssm:GetParameter action'],
  ['implicitly-denied', 'trust', 'because no role trust policy allows the ssm:GetParameter action'],
  ['implicitly-denied', 'service-control', 'because no service control policy allows the ssm:GetParameter action'],
  ['implicitly-denied', 'vpc-endpoint', 'because no VPC endpoint policy allows the ssm:GetParameter action'],
  ['explicitly-denied', 'identity', 'with an explicit deny in an identity-based policy'],
  ['explicitly-denied', 'resource', 'with an explicit deny in a resource-based policy'],
  ['explicitly-denied', 'boundary', 'with an explicit deny in a permissions boundary'],
  ['explicitly-denied', 'session', 'with an explicit deny in a session policy'],
  ['explicitly-denied', 'trust', 'with an explicit deny in the role trust policy'],
  ['explicitly-denied', 'service-control', 'with an explicit deny in a service control policy'],
  ['explicitly-denied', 'resource-control', 'with an explicit deny in a resource control policy'],
  ['explicitly-denied', 'vpc-endpoint', 'with an explicit deny in a VPC endpoint policy'],
])('each layer has words of its own: %s by %s', (verdict, layer, why) => {
  expect(denialText(request(bea, 'ssm:GetParameter', PARAMETER), decision(verdict, layer))).toBe(
    `${PARAMETER_DENIED} ${why}`,
  );
});

it('names the policy across the accounts of one organization, and not beyond it', () => {
  const arn = `arn:aws:organizations::${MANAGEMENT}:policy/o-a1b2c3d4e5/service_control_policy/p-1a2b3c4d`;
  const denied = decision('explicitly-denied', 'service-control', arn);
  const asked = { ...request(bea, 'ssm:GetParameter', PARAMETER, MANAGEMENT), organization };
  const why = 'with an explicit deny in a service control policy';
  expect(denialText(asked, denied)).toBe(`${PARAMETER_DENIED} ${why}: ${arn}`);
  expect(denialText({ ...asked, resourceAccountId: OTHER }, denied)).toBe(`${PARAMETER_DENIED} ${why}`);
});

it('tells holders of tokens nothing of the role', () => {
  const caller = {
    kind: 'federated-identity',
    provider: 'accounts.google.com',
    subject: '10769150350006150715113082367',
  };
  const asked = { ...request(bea, 'sts:AssumeRoleWithWebIdentity', ROLE), caller } as AnyRequest;
  expect(denialText(asked, decision('implicitly-denied', 'trust'))).toBe(
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  );
});

it('refuses roles of other accounts in words of its own', () => {
  expect(denialText(request(bea, 'iam:PassRole', ROLE, OTHER), decision('implicitly-denied', 'identity'))).toBe(
    'Cross-account pass role is not allowed.',
  );
});
