/** Cases of conditions, their values, and variables. */
import { type CheckCase, identity, rows } from './case.ts';

const CONDITION = '/Statement/0/Condition';
const when = (Condition: unknown) => identity({ Condition });
const unless = (Condition: unknown) => identity({ Effect: 'Deny', Condition });
const key = (operator: string, name: string) => `${CONDITION}/${operator}/${name.replaceAll('/', '~1')}`;
const list = (operator: string, name: string, values: unknown) => when({ [operator]: { [name]: values } });
const TEAM = 'aws:PrincipalTag/team';

const structure = rows(
  'identity',
  ['empty-condition', when({}), CONDITION, identity()],
  ['empty-operator', when({ StringEquals: {} }), `${CONDITION}/StringEquals`, identity()],
  ['empty-condition-values', list('StringEquals', TEAM, []), key('StringEquals', TEAM)],
  [
    'empty-condition-values-for-all-values',
    list('ForAllValues:StringEquals', 'aws:TagKeys', []),
    key('ForAllValues:StringEquals', 'aws:TagKeys'),
  ],
  [
    'empty-condition-values-for-any-value',
    list('ForAnyValue:StringEquals', 'aws:TagKeys', []),
    key('ForAnyValue:StringEquals', 'aws:TagKeys'),
  ],
  ['empty-condition-values-if-exists', list('StringEqualsIfExists', TEAM, []), key('StringEqualsIfExists', TEAM)],
  [
    'duplicate-condition-key',
    when({ StringEquals: { [TEAM]: 'a', 'aws:principaltag/team': 'b' } }),
    key('StringEquals', 'aws:principaltag/team'),
  ],
  [
    'condition-key-format',
    list('IpAddress', 'SourceIp', '203.0.113.0/24'),
    key('IpAddress', 'SourceIp'),
    list('IpAddress', 'aws:SourceIp', '203.0.113.0/24'),
  ],
  ['missing-tag-key', list('StringEquals', 'aws:ResourceTag', 'a'), key('StringEquals', 'aws:ResourceTag')],
  ['condition-key-unknown-service', list('StringEquals', 'nosuch:Key', 'a'), key('StringEquals', 'nosuch:Key')],
  [
    'unknown-global-key',
    list('StringEquals', 'aws:PrincipleArn', 'a'),
    key('StringEquals', 'aws:PrincipleArn'),
    list('StringEquals', 'aws:PrincipalArn', 'a'),
  ],
  [
    'unsupported-global-key',
    list('ArnLike', 'aws:ARN', 'arn:aws:iam::111122223333:user/*'),
    key('ArnLike', 'aws:ARN'),
    list('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:user/*'),
  ],
  [
    'unknown-service-key',
    list('StringEquals', 's3:authtyp', 'a'),
    key('StringEquals', 's3:authtyp'),
    list('StringEquals', 's3:authType', 'a'),
  ],
  ['condition-key-not-for-action', list('StringLike', 's3:prefix', 'home/*'), key('StringLike', 's3:prefix')],
  [
    'allow-with-unsupported-resource-tag',
    identity({
      Action: 'health:DescribeEvents',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } },
    }),
    key('StringEquals', 'aws:ResourceTag/team'),
  ],
  [
    'deny-with-unsupported-resource-tag',
    identity({
      Effect: 'Deny',
      Action: 'health:DescribeEvents',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } },
    }),
    key('StringEquals', 'aws:ResourceTag/team'),
  ],
  [
    'condition-key-letter-case',
    list('IpAddress', 'aws:sourceip', '203.0.113.0/24'),
    key('IpAddress', 'aws:sourceip'),
    list('IpAddress', 'aws:SourceIp', '203.0.113.0/24'),
  ],
  [
    'missing-set-operator',
    list('StringEquals', 'aws:TagKeys', 'team'),
    `${CONDITION}/StringEquals`,
    list('ForAnyValue:StringEquals', 'aws:TagKeys', 'team'),
  ],
  [
    'for-all-values-with-single-valued-key',
    list('ForAllValues:StringEquals', TEAM, 'a'),
    `${CONDITION}/ForAllValues:StringEquals`,
    list('StringEquals', TEAM, 'a'),
  ],
  [
    'for-any-value-with-single-valued-key',
    list('ForAnyValue:StringEquals', TEAM, 'a'),
    `${CONDITION}/ForAnyValue:StringEquals`,
    list('StringEquals', TEAM, 'a'),
  ],
  [
    'null-with-set-operator',
    list('ForAllValues:Null', 'aws:TagKeys', 'true'),
    `${CONDITION}/ForAllValues:Null`,
    list('Null', 'aws:TagKeys', 'true'),
  ],
  ['null-and-value', when({ Null: { [TEAM]: 'true' }, StringEquals: { [TEAM]: 'a' } }), key('Null', TEAM)],
  [
    'type-mismatch',
    list('StringEquals', 'aws:SourceIp', '203.0.113.0/24'),
    `${CONDITION}/StringEquals`,
    list('IpAddress', 'aws:SourceIp', '203.0.113.0/24'),
  ],
  [
    'wildcard-without-like',
    list('StringEquals', TEAM, 'data-*'),
    key('StringEquals', TEAM),
    list('StringLike', TEAM, 'data-*'),
  ],
);

const MFA = 'aws:MultiFactorAuthPresent';
const AGE = 'aws:MultiFactorAuthAge';

const values = rows(
  'identity',
  ['invalid-boolean', list('Bool', MFA, 'tru'), key('Bool', MFA), list('Bool', MFA, 'true')],
  ['multiple-booleans', list('Bool', MFA, ['true', 'false']), key('Bool', MFA)],
  ['invalid-number', list('NumericLessThan', AGE, 'an hour'), key('NumericLessThan', AGE)],
  ['invalid-binary', list('BinaryEquals', TEAM, '%%%'), key('BinaryEquals', TEAM)],
  [
    'date-matches-nothing',
    list('DateGreaterThan', 'aws:CurrentTime', '-2026'),
    key('DateGreaterThan', 'aws:CurrentTime'),
  ],
  [
    'epoch-date',
    list('DateGreaterThan', 'aws:CurrentTime', '1767225600'),
    key('DateGreaterThan', 'aws:CurrentTime'),
    list('DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z'),
  ],
  ['invalid-arn-value', list('ArnLike', 'aws:PrincipalArn', 'user/ana'), key('ArnLike', 'aws:PrincipalArn')],
  [
    'ip-range-host-bits',
    list('IpAddress', 'aws:SourceIp', '203.0.113.7/24'),
    key('IpAddress', 'aws:SourceIp'),
    list('IpAddress', 'aws:SourceIp', '203.0.113.0/24'),
  ],
  [
    'ip-range-host-bits',
    list('IpAddress', 'aws:SourceIp', '2001:db8::1/32'),
    key('IpAddress', 'aws:SourceIp'),
    list('IpAddress', 'aws:SourceIp', '2001:db8:0:0:0:0:0:0/32'),
  ],
  ['private-source-ip', list('IpAddress', 'aws:SourceIp', '10.0.0.0/8'), key('IpAddress', 'aws:SourceIp')],
  [
    'private-not-source-ip',
    unless({ NotIpAddress: { 'aws:SourceIp': ['192.168.0.0/16'] } }),
    key('NotIpAddress', 'aws:SourceIp'),
  ],
  [
    'private-source-ip-subset',
    list('IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '203.0.113.0/24']),
    key('IpAddress', 'aws:SourceIp'),
  ],
  [
    'private-not-source-ip-subset',
    unless({ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } }),
    key('NotIpAddress', 'aws:SourceIp'),
  ],
  ['every-source-ip', list('IpAddress', 'aws:SourceIp', '0.0.0.0/0'), key('IpAddress', 'aws:SourceIp')],
  [
    'deny-by-source-ip-hits-services',
    identity({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    }),
    `${CONDITION}/NotIpAddress`,
  ],
  [
    'deny-bool-mfa-without-if-exists',
    unless({ Bool: { [MFA]: 'false' } }),
    `${CONDITION}/Bool`,
    unless({ BoolIfExists: { [MFA]: 'false' } }),
  ],
  ['allow-mfa-if-exists', list('BoolIfExists', MFA, 'true'), `${CONDITION}/BoolIfExists`, list('Bool', MFA, 'true')],
  [
    'duplicate-condition-value',
    list('StringEquals', TEAM, ['a', 'b', 'a']),
    `${key('StringEquals', TEAM)}/2`,
    list('StringEquals', TEAM, ['a', 'b']),
  ],
  [
    'redundant-numeric-values',
    list('NumericLessThan', AGE, ['2700', '3600']),
    key('NumericLessThan', AGE),
    list('NumericLessThan', AGE, '3600'),
  ],
  [
    'unknown-region',
    list('StringEquals', 'aws:RequestedRegion', 'eu-wets-1'),
    key('StringEquals', 'aws:RequestedRegion'),
    list('StringEquals', 'aws:RequestedRegion', 'eu-west-1'),
  ],
  ['invalid-vpc-id', list('StringEquals', 'aws:SourceVpc', 'vpce-1a2b3c4d'), key('StringEquals', 'aws:SourceVpc')],
  [
    'invalid-vpc-endpoint-id',
    list('StringEquals', 'aws:SourceVpce', 'vpc-1a2b3c4d'),
    key('StringEquals', 'aws:SourceVpce'),
  ],
  [
    'invalid-account-value',
    list('StringEquals', 'aws:PrincipalAccount', '1111-2222-3333'),
    key('StringEquals', 'aws:PrincipalAccount'),
  ],
  [
    'invalid-organization-id',
    list('StringEquals', 'aws:PrincipalOrgID', 'ou-a1b2'),
    key('StringEquals', 'aws:PrincipalOrgID'),
  ],
);

const RESOURCE = '/Statement/0/Resource';
const on = (path: string) => identity({ Resource: `arn:aws:s3:::reports/${path}` });

const variables = rows(
  'identity',
  ['missing-brace-in-variable', on('${aws:username'), RESOURCE, on('${aws:username}')],
  ['missing-brace-in-variable', on('${aws:username*'), RESOURCE, on('${aws:username}*')],
  ['empty-variable', on('${}*'), RESOURCE, on('*')],
  ['space-in-variable', on('${aws: username}/*'), RESOURCE, on('${aws:username}/*')],
  ['symbol-in-variable', on('${aws:user*}/*'), RESOURCE],
  [
    'missing-quote-in-variable',
    on('${aws:PrincipalTag/team, none}/*'),
    RESOURCE,
    on("${aws:PrincipalTag/team, 'none'}/*"),
  ],
  ['variable-in-wrong-element', identity({ Action: ['s3:GetObject', 's3:${aws:username}'] }), '/Statement/0/Action/1'],
  ['variable-for-operator', list('NumericLessThan', AGE, '${aws:MultiFactorAuthAge}'), key('NumericLessThan', AGE)],
  ['unknown-variable', on('${aws:usrname}/*'), RESOURCE],
  ['multivalued-variable', on('${aws:TagKeys}/*'), RESOURCE],
);

export const conditionCases: readonly CheckCase[] = [...structure, ...values, ...variables];
