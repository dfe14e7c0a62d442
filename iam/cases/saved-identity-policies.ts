/** What IAM and STS refuse when an identity or session policy is saved, in their own words, and what they accept. */
import type { SaveCase } from './case.ts';
import { allow, BUCKET, OWN } from './people.ts';
import { observed, of, rows } from './save-case.ts';

const GR = 'Grammar of the IAM JSON policy language';
const IAM = 'AWS IAM API: CreatePolicy';

const SYNTAX = 'Syntax errors in policy.';
const LEGACY = 'The policy failed legacy parsing';
const VERSION = 'Policy document must be version 2012-10-17 or greater.';
const VENDOR = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';

const read = allow('s3:GetObject', `${BUCKET}/*`);
const on = (Resource: unknown) => of({ ...read, Resource });
const doing = (Action: unknown) => of({ ...read, Action });
const if_ = (Condition: unknown) => of({ ...read, Condition });

const managed = rows(
  'managed',
  IAM,
  [93, 'a managed policy without version', { Statement: read }, VERSION, 'version-too-old'],
  [93, 'a managed policy of version 2008-10-17', { Version: '2008-10-17', Statement: read }, VERSION],
  [
    93,
    'a faulty date in an old version',
    { Statement: { ...read, Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } } },
    VERSION,
  ],
  [93, 'a managed policy of the present version', of(read), 'accepted'],
);

const syntax = rows(
  'identity',
  GR,
  [93, 'what is no JSON', 'Allow everything', SYNTAX, 'invalid-json'],
  [93, 'an empty text', '', SYNTAX, 'invalid-json'],
  [93, 'a comma too many', '{"Version":"2012-10-17","Statement":[],}', SYNTAX, 'invalid-json'],
  [93, 'a list instead of an object', [read], SYNTAX, 'not-an-object'],
  [93, 'a version that does not exist', { Version: '2020-01-01', Statement: read }, SYNTAX, 'invalid-version'],
  [93, 'no Statement', { Version: '2012-10-17' }, SYNTAX, 'missing-statement'],
  [93, 'no statement in Statement', of(), SYNTAX, 'empty-statement'],
  [93, 'a statement that is a text', of('everything'), SYNTAX, 'invalid-type'],
  [93, 'an element that does not exist', of({ ...read, Actions: 's3:*' }), SYNTAX, 'unknown-element'],
  [93, 'an element of the document that does not exist', { ...of(read), Comment: 'x' }, SYNTAX, 'unknown-element'],
  [93, 'an Id that is no text', { ...of(read), Id: ['x'] }, SYNTAX, 'invalid-type'],
  [93, 'a Sid that is no text', of({ ...read, Sid: {} }), SYNTAX, 'invalid-type'],
  [93, 'no Effect', of({ ...read, Effect: undefined }), SYNTAX, 'missing-effect'],
  [93, 'an Effect that does not exist', of({ ...read, Effect: 'Permit' }), SYNTAX, 'invalid-effect'],
  [93, 'an Action that is an object', doing({}), SYNTAX, 'invalid-type'],
  [93, 'a list in a list', doing([['s3:GetObject']]), SYNTAX, 'invalid-type'],
  [92, 'Action and NotAction', of({ ...read, NotAction: 'iam:*' }), SYNTAX, 'both-elements'],
  [92, 'Resource and NotResource', of({ ...read, NotResource: [] }), SYNTAX, 'both-elements'],
  [92, 'a key twice', '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', SYNTAX, 'duplicate-key'],
  [93, 'a Condition that is a list', if_([]), SYNTAX, 'invalid-type'],
  [93, 'a condition key that is an object', if_({ StringEquals: { 'aws:UserAgent': {} } }), SYNTAX, 'invalid-type'],
  [
    71,
    'an operator that does not exist',
    if_({ StringContains: { 'aws:UserAgent': 'a' } }),
    SYNTAX,
    'unknown-operator',
  ],
  [60, 'Null with IfExists', if_({ NullIfExists: { 'aws:UserAgent': 'true' } }), SYNTAX, 'unknown-operator'],
  [93, 'a set operator with two colons', if_({ 'ForAnyValue::StringEquals': { 'aws:TagKeys': 'a' } }), SYNTAX],
);

const later = rows(
  'identity',
  IAM,
  [93, 'an Effect in other letters', of({ ...read, Effect: 'allow' }), LEGACY, 'effect-letter-case'],
  [93, 'a date that is none', if_({ DateLessThan: { 'aws:CurrentTime': 'soon' } }), LEGACY, 'invalid-date'],
  [93, 'a month that does not exist', if_({ DateEquals: { 'aws:CurrentTime': '2026-13' } }), LEGACY, 'invalid-date'],
  [
    93,
    'a zone of one digit',
    if_({ DateEquals: { 'aws:CurrentTime': '2026-12-13T02:00:00+1' } }),
    LEGACY,
    'invalid-date',
  ],
  [93, 'an ARN that lacks a colon', on('arn:aws:s3::archive'), LEGACY, 'incomplete-arn'],
  [93, 'an ARN without service', on('arn:aws::::archive'), LEGACY, 'incomplete-arn'],
  [
    93,
    'legacy parsing comes before the partition',
    of({ ...read, Effect: 'deny', Resource: 'arn:azure:s3:::x' }),
    LEGACY,
  ],
  [
    92,
    'a Sid twice',
    of({ ...read, Sid: 'A' }, { ...read, Sid: 'A' }),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  [
    93,
    'a Sid twice comes before a missing Action',
    of({ ...read, Sid: 'A' }, { Effect: 'Allow', Sid: 'A' }),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  [
    92,
    'a Sid with a space',
    of({ ...read, Sid: 'Read all' }),
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    'invalid-sid',
  ],
  [93, 'no Action', of({ ...read, Action: undefined }), 'Policy statement must contain actions.', 'missing-action'],
  [57, 'an empty list of actions', doing([]), 'Policy statement must contain actions.', 'missing-action'],
  [
    93,
    'no Resource',
    of({ ...read, Resource: undefined }),
    'Policy statement must contain resources.',
    'missing-resource',
  ],
  [57, 'an empty list of resources', on([]), 'Policy statement must contain resources.', 'missing-resource'],
  [93, 'an action without service', doing('GetObject'), VENDOR, 'action-without-vendor'],
  [93, 'an empty action', doing(''), VENDOR],
  [
    93,
    'an action without service comes before a missing Resource',
    of({ Effect: 'Allow', Action: 'GetObject' }),
    VENDOR,
  ],
  [93, 'an action with two colons', doing('s3:Get:Object'), 'Actions/Condition can contain only one colon.'],
  [93, 'a service with a space', doing('s 3:GetObject'), 'Vendor s 3 is not valid', 'invalid-vendor'],
  [93, 'a service with a wildcard', doing('s*:GetObject'), 'Vendor s* is not valid', 'invalid-vendor'],
  [
    93,
    'a resource that is no ARN',
    on('archive'),
    'Resource archive must be in ARN format or "*".',
    'resource-not-arn',
  ],
  [93, 'an empty resource', on(''), 'Resource  must be in ARN format or "*".'],
  [
    93,
    'a resource comes before its action',
    of({ ...read, Action: 'x', Resource: 'y' }),
    'Resource y must be in ARN format or "*".',
  ],
  [
    93,
    'a partition that does not exist',
    on('arn:azure:s3:::x'),
    'Partition "azure" is not valid for resource "arn:azure:s3:::x".',
  ],
  [
    93,
    'an ARN without its first part',
    on('aws:s3:::archive'),
    'Partition "s3" is not valid for resource "arn:s3:::archive:*".',
  ],
  [93, 'a partition and no more', on('a:b'), 'Partition "b" is not valid for resource "arn:b:*:*:*:*".'],
  [93, 'an ARN of two parts', on('arn:aws'), 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [
    50,
    'a wildcard in the service',
    on('arn:aws:s*:::archive'),
    'Resource vendor must be fully qualified and cannot contain regexes.',
  ],
  [
    50,
    'a variable in the service',
    on(['arn:aws:$', '{aws:x}:::archive'].join('')),
    'Resource vendor must be fully qualified and cannot contain regexes.',
  ],
  [
    93,
    'a region in an ARN of S3',
    on('arn:aws:s3:us-east-1::x'),
    'Resource arn:aws:s3:us-east-1::x can not contain region information.',
  ],
  [
    93,
    'a region in an ARN of IAM',
    on('arn:aws:iam:us-east-1::user/x'),
    'IAM resource arn:aws:iam:us-east-1::user/x cannot contain region information.',
  ],
  [
    93,
    'a resource that IAM does not have',
    on('arn:aws:iam:::archive'),
    'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
  ],
  [
    45,
    'a Principal in an identity policy',
    of({ ...read, Principal: '*' }),
    'Policy document should not specify a principal.',
    'prohibited-principal',
  ],
);

const beyondGrammar = observed(
  rows(
    'identity',
    IAM,
    [
      92,
      'an Id in an identity policy is accepted, with a warning',
      { ...of(read), Id: 'mine' },
      'accepted',
      'id-in-identity-policy',
    ],
    [93, 'actions with spaces', doing('iam: list all '), 'accepted'],
    [93, 'every action of every service', doing('*:*'), 'accepted'],
    [
      71,
      'an operator that does not exist and says nothing',
      if_({ StringContains: {} }),
      'accepted',
      'unknown-operator',
    ],
    [57, 'an empty list of condition values', if_({ DateLessThan: { 'aws:CurrentTime': [] } }), 'accepted'],
  ),
);

const accepted = rows(
  'identity',
  GR,
  [73, 'an inline policy without version', { Statement: [read] }, 'accepted'],
  [93, 'one statement without a list', { Version: '2012-10-17', Statement: read }, 'accepted'],
  [93, 'a service that does not exist', on('arn:aws:nothing:us-east-1::x'), 'accepted'],
  [49, 'an ARN that ends early', on('arn:aws:sqs'), 'accepted'],
  [93, 'an empty Condition', if_({}), 'accepted'],
  [
    70,
    'numbers and booleans as values',
    if_({ NumericLessThan: { 's3:max-keys': [10, '20'] }, Bool: { 'aws:SecureTransport': true } }),
    'accepted',
  ],
  [
    93,
    'dates with fractions and zones',
    if_({ DateLessThan: { 'aws:CurrentTime': ['2026-12-13t21:20:37.593194+00:00', '2026-12-13T21:20:37-07:00'] } }),
    'accepted',
  ],
  [
    93,
    'every set operator with IfExists',
    if_({ 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': 'a*' } }),
    'accepted',
  ],
  [3, "root as a resource, as AWS's own policies for AssumeRoot have it", on(`arn:aws:iam::${OWN}:root`), 'accepted'],
);

const sessions = rows(
  'session',
  'AWS STS API: AssumeRole',
  [97, 'an ARN that ends early in a session policy', on('arn:aws:sqs'), LEGACY, 'incomplete-arn'],
  [97, 'a session policy with whole ARNs', of(read), 'accepted'],
);

export const identityPolicySaves: readonly SaveCase[] = [
  ...managed,
  ...syntax,
  ...later,
  ...beyondGrammar,
  ...accepted,
  ...sessions,
];
