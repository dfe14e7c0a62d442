/** What IAM refuses as a trust policy and S3 as a bucket policy, in their own words, and what they accept. */
import type { SaveCase } from './case.ts';
import { allow, BUCKET, grant, OWN, trust } from './people.ts';
import { of, rows } from './save-case.ts';

const read = allow('s3:GetObject', `${BUCKET}/*`);
const AWS_ROLE = `arn:aws:iam::${OWN}:role/Deployer`;
const trusting = (Principal: unknown, more: object = {}) => of({ ...trust(Principal), ...more });

const trusts = rows(
  'trust',
  'AWS IAM API: CreateRole',
  [
    92,
    'a Resource in a trust policy',
    trusting({ AWS: OWN }, { Resource: '*' }),
    'Has prohibited field Resource',
    'prohibited-resource',
  ],
  [
    92,
    'a NotResource in a trust policy',
    trusting({ AWS: OWN }, { NotResource: '*' }),
    'AssumeRole policy must not contain resources.',
  ],
  [93, 'a trust policy that is no JSON', '{"Version"', 'This policy contains invalid Json', 'invalid-json'],
  [93, 'a trust policy without statements', of(), 'Could not parse the policy: Statement is empty!'],
  [
    45,
    'a trust policy without Principal',
    trusting(undefined),
    'Missing required field Principal',
    'missing-principal',
  ],
  [93, 'a trust policy that trusts nobody', trusting({}), 'Missing required field Principal cannot be empty!'],
  [39, 'a bare "*" in a trust policy', trusting('*'), 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'],
  [39, '"*" of AWS in a trust policy', trusting({ AWS: '*' }), 'accepted'],
  [
    39,
    'a wildcard inside a principal',
    trusting({ AWS: `arn:aws:iam::${OWN}:role/app-*` }),
    `Invalid principal in policy: "AWS":"arn:aws:iam::${OWN}:role/app-*"`,
    'invalid-principal',
  ],
  [
    41,
    'a group as principal',
    trusting({ AWS: `arn:aws:iam::${OWN}:group/Clerks` }),
    `Invalid principal in policy: "AWS":"arn:aws:iam::${OWN}:group/Clerks"`,
  ],
  [
    42,
    '"*" as the name of a session',
    trusting({ AWS: `arn:aws:sts::${OWN}:assumed-role/x/*` }),
    `Invalid principal in policy: "AWS":"arn:aws:sts::${OWN}:assumed-role/x/*"`,
  ],
  [33, 'every service', trusting({ Service: '*' }), 'Invalid principal in policy: "SERVICE":"*"'],
  [
    44,
    'a canonical user in a trust policy',
    trusting({ CanonicalUser: '79a5' }),
    'Invalid principal in policy: "CanonicalUser"',
  ],
  [
    34,
    'NotPrincipal with Allow',
    of({ ...trust(undefined), NotPrincipal: { AWS: OWN } }),
    'Allow with NotPrincipal is not allowed.',
  ],
  [
    34,
    'NotPrincipal with Deny',
    of({ ...trust(undefined), Effect: 'Deny', NotPrincipal: { AWS: OWN } }),
    'AssumeRole policy must not contain NotPrincipal field.',
  ],
  [
    93,
    'an action that is not of sts',
    trusting({ AWS: OWN }, { Action: '*' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
    'action-not-sts',
  ],
  [40, 'an account id as principal', trusting({ AWS: OWN }), 'accepted'],
  [
    29,
    'roles, users, sessions, services and providers',
    trusting({
      AWS: [AWS_ROLE, `arn:aws:iam::${OWN}:user/a/b`, `arn:aws:sts::${OWN}:assumed-role/x/y`],
      Service: 'ec2.amazonaws.com',
      Federated: [`arn:aws:iam::${OWN}:saml-provider/ADFS`, 'accounts.google.com'],
    }),
    'accepted',
  ],
  [28, 'a unique id in the place of an ARN', trusting({ AWS: 'AROACATALOGUERAAAAAAA' }), 'accepted'],
);

const buckets = rows(
  'resource',
  'Amazon S3 API: PutBucketPolicy',
  [93, 'an empty bucket policy', '', "Policies must be valid JSON and the first byte must be '{'"],
  [93, 'a bucket policy that begins with a space', ' {}', "Policies must be valid JSON and the first byte must be '{'"],
  [93, 'a bucket policy that is no JSON', '{"Version":', 'This policy contains invalid Json'],
  [93, 'a bucket policy without Statement', {}, 'Missing required field Statement'],
  [93, 'a bucket policy with no statement', of(), 'Could not parse the policy: Statement is empty!'],
  [
    93,
    'a bucket policy with a version that does not exist',
    { Version: '2020', Statement: [grant('*', 's3:*')] },
    'The policy must contain a valid version string',
  ],
  [45, 'a bucket policy without Principal', of(read), 'Missing required field Principal', 'missing-principal'],
  [
    39,
    'a wildcard inside a principal of a bucket policy',
    of(grant({ AWS: `arn:aws:iam::${OWN}:user/*` }, 's3:*')),
    'Invalid principal in policy',
  ],
  [
    44,
    'a canonical user in a bucket policy',
    of(grant({ CanonicalUser: '79a59df900b949e55d96a1e698fbaced' }, 's3:*')),
    'accepted',
  ],
  [93, 'an action of a bucket policy without service', of(grant('*', 'GetObject')), 'Policy has invalid action'],
  [
    93,
    'a resource of a bucket policy that is no ARN',
    of({ ...grant('*', 's3:*'), Resource: 'archive' }),
    'Policy has invalid resource',
  ],
  [
    93,
    'an Effect of a bucket policy that does not exist',
    of({ ...grant('*', 's3:*'), Effect: 'hello' }),
    'Invalid effect: hello',
  ],
  [
    71,
    'an operator of a bucket policy that does not exist',
    of(grant('*', 's3:*', { Condition: { StringContains: { 'aws:UserAgent': 'a' } } })),
    'Invalid Condition type : StringContains',
  ],
  [
    93,
    'a bad address in a bucket policy',
    of(grant('*', 's3:*', { Condition: { IpAddress: { 'aws:SourceIp': '1.2.3' } } })),
    'Invalid IP address in Conditions',
  ],
  [93, 'a bucket policy with a Sid of words', of({ ...grant('*', 's3:GetObject'), Sid: 'Read by all' }), 'accepted'],
  [73, 'a bucket policy without version', { Statement: grant('*', 's3:GetObject') }, 'accepted'],
);

const pulling = {
  Effect: 'Allow',
  Principal: { AWS: OWN },
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
};

/** Policies of resources that may leave Resource out. */
const withoutResource = rows(
  'resource',
  'Overview of JSON policies',
  [92, 'the policy of a repository without Resource', of(pulling), 'accepted'],
  [
    92,
    'the policy of a file system without Resource',
    of({ ...pulling, Action: 'elasticfilesystem:ClientMount' }),
    'accepted',
  ],
  [
    92,
    'a bucket policy without Resource',
    of({ ...pulling, Action: 's3:GetObject' }),
    'Missing required field Resource',
    'missing-resource',
  ],
  [
    92,
    'the policy of a repository with an empty list of resources',
    of({ ...pulling, Resource: [] }),
    'Missing required field Resource',
    'missing-resource',
  ],
);

export const resourcePolicySaves: readonly SaveCase[] = [...trusts, ...buckets, ...withoutResource];
