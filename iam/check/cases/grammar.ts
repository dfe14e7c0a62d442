/** Cases of what the parser finds, and of the repairs that the checker knows for it. */
import { bucket, type CheckCase, identity, of, rows, trust } from './case.ts';

const GRANT = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' };
const ANA = 'arn:aws:iam::111122223333:user/ana';
const STATEMENT = '/Statement/0';
const text = (document: object) => JSON.stringify(document);

const identities = rows(
  'identity',
  ['invalid-json', text(of(GRANT)).replace('/*"}', '/*",}'), '', of(GRANT)],
  ['invalid-json', text(of(GRANT)).replace(',"Action"', '"Action"'), '', of(GRANT)],
  ['not-an-object', '[]', ''],
  ['duplicate-key', text(of(GRANT)).replace('"Action"', '"Effect":"Allow","Action"'), `${STATEMENT}/Effect`, of(GRANT)],
  [
    'unknown-element',
    identity({ Action: undefined, Actions: 's3:GetObject' }),
    `${STATEMENT}/Actions`,
    identity({ Action: 's3:GetObject' }),
  ],
  ['invalid-type', identity({ Action: 1 }), `${STATEMENT}/Action`],
  ['missing-statement', { Version: '2012-10-17' }, ''],
  ['empty-statement', of(), '/Statement'],
  ['invalid-version', { ...of(GRANT), Version: '2026-01-01' }, '/Version', of(GRANT)],
  ['missing-effect', identity({ Effect: undefined }), STATEMENT],
  ['invalid-effect', identity({ Effect: 'Permit' }), `${STATEMENT}/Effect`],
  ['effect-letter-case', identity({ Effect: 'allow' }), `${STATEMENT}/Effect`, identity()],
  ['invalid-sid', identity({ Sid: 'Read reports' }), `${STATEMENT}/Sid`, identity({ Sid: 'Readreports' })],
  [
    'duplicate-sid',
    of({ Sid: 'Read', ...GRANT }, { Sid: 'Read', ...GRANT, Action: 's3:PutObject' }),
    '/Statement/1/Sid',
    of({ Sid: 'Read', ...GRANT }, { Sid: 'Read2', ...GRANT, Action: 's3:PutObject' }),
  ],
  ['prohibited-principal', identity({ Principal: '*' }), `${STATEMENT}/Principal`, identity()],
  ['missing-action', identity({ Action: undefined }), STATEMENT],
  ['both-elements', identity({ NotAction: 's3:PutObject' }), `${STATEMENT}/NotAction`],
  ['action-without-vendor', identity({ Action: 'GetObject' }), `${STATEMENT}/Action`],
  ['action-with-colons', identity({ Action: 's3:Get:Object' }), `${STATEMENT}/Action`],
  ['invalid-vendor', identity({ Action: 's*:GetObject' }), `${STATEMENT}/Action`],
  ['missing-resource', identity({ Resource: [] }), `${STATEMENT}/Resource`],
  ['resource-not-arn', identity({ Resource: 'reports' }), `${STATEMENT}/Resource`],
  ['invalid-partition', identity({ Resource: 's3://reports/*' }), `${STATEMENT}/Resource`, identity()],
  ['invalid-resource-service', identity({ Resource: 'arn:aws:*:::reports/*' }), `${STATEMENT}/Resource`],
  [
    'resource-with-region',
    identity({ Resource: 'arn:aws:s3:us-east-1::reports/*' }),
    `${STATEMENT}/Resource`,
    identity(),
  ],
  [
    'invalid-iam-path',
    identity({ Action: 'iam:GetUser', Resource: 'arn:aws:iam::111122223333:ana' }),
    `${STATEMENT}/Resource`,
  ],
  ['incomplete-arn', identity({ Resource: 'arn:aws:s3::' }), `${STATEMENT}/Resource`],
  [
    'unknown-operator',
    identity({ Condition: { StringEqual: { 'aws:PrincipalTag/team': 'a' } } }),
    `${STATEMENT}/Condition/StringEqual`,
    identity({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }),
  ],
  [
    'unknown-operator',
    identity({ Condition: { NullIfExists: { 'aws:PrincipalTag/team': 'true' } } }),
    `${STATEMENT}/Condition/NullIfExists`,
    identity({ Condition: { Null: { 'aws:PrincipalTag/team': 'true' } } }),
  ],
  [
    'invalid-date',
    identity({ Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } }),
    `${STATEMENT}/Condition/DateLessThan/aws:CurrentTime`,
  ],
  [
    'invalid-ip-address',
    identity({ Condition: { IpAddress: { 'aws:SourceIp': 'home' } } }),
    `${STATEMENT}/Condition/IpAddress/aws:SourceIp`,
  ],
  [
    'null-in-list',
    identity({ Action: ['s3:GetObject', null] }),
    `${STATEMENT}/Action/1`,
    identity({ Action: ['s3:GetObject'] }),
  ],
  ['id-in-identity-policy', { ...of(GRANT), Id: 'reports' }, '/Id', of(GRANT)],
  [
    'variables-need-version',
    { Statement: [{ ...GRANT, Resource: 'arn:aws:s3:::reports/${aws:username}/*' }] },
    '',
    identity({ Resource: 'arn:aws:s3:::reports/${aws:username}/*' }),
  ],
  [
    'variable-before-resource',
    identity({ Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:*:${aws:PrincipalAccount}:jobs' }),
    `${STATEMENT}/Resource`,
  ],
);

const buckets = rows(
  'resource',
  ['missing-principal', bucket({ Principal: undefined }), STATEMENT],
  ['empty-principal', bucket({ Principal: {} }), `${STATEMENT}/Principal`],
  ['untyped-principal', bucket({ Principal: ANA }), `${STATEMENT}/Principal`, bucket()],
  ['invalid-principal', bucket({ Principal: { User: ANA } }), `${STATEMENT}/Principal/User`],
  [
    'allow-with-not-principal',
    bucket({ Principal: undefined, NotPrincipal: { AWS: ANA } }),
    `${STATEMENT}/NotPrincipal`,
  ],
);

const trusts = rows(
  'trust',
  [
    'prohibited-not-principal',
    trust({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: ANA } }),
    `${STATEMENT}/NotPrincipal`,
  ],
  ['action-not-sts', trust({ Action: 's3:GetObject' }), `${STATEMENT}/Action`],
  ['prohibited-resource', trust({ Resource: '*' }), `${STATEMENT}/Resource`, trust()],
  ['prohibited-not-resource', trust({ NotResource: '*' }), `${STATEMENT}/NotResource`, trust()],
);

const organizations = rows('scp', [
  'prohibited-principal',
  of({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
  `${STATEMENT}/Principal`,
  of({ Effect: 'Deny', Action: 's3:*', Resource: '*' }),
]);

export const grammarCases: readonly CheckCase[] = [...identities, ...buckets, ...trusts, ...organizations];
