/** Conditions as policies hold them: each operator on keys of its kind, now and then on another's. */
import fc from 'fast-check';
import type { ConditionClause } from '../../policy.ts';
import { MANAGEMENT, OTHER, OWN } from './people.ts';

interface Family {
  readonly operators: readonly string[];
  readonly keys: readonly string[];
  /** As a policy or as a request may hold them. */
  readonly values: readonly string[];
}

/** `${key}`, spelled so that no editor takes it for a template of this language. */
export const the = (key: string): string => ['$', '{', key, '}'].join('');

const FAMILIES: readonly Family[] = [
  {
    operators: [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ],
    keys: [
      'aws:UserAgent',
      'AWS:useragent',
      's3:prefix',
      'aws:username',
      'aws:userid',
      'aws:PrincipalTag/team',
      'aws:PrincipalTag/Team',
      'aws:PrincipalTag/empty',
      'aws:ResourceTag/team',
      'aws:PrincipalType',
      'aws:PrincipalAccount',
      'aws:ResourceAccount',
      'aws:SourceIdentity',
      'aws:PrincipalServiceName',
      'aws:TagKeys',
    ],
    values: [
      '',
      '*',
      '?',
      'a',
      'A',
      'ab',
      'a*',
      'a?',
      '*b',
      'a*b',
      'blue',
      'Blue',
      'red',
      'Bea',
      'bea',
      'home/Bea/x',
      `home/${the('aws:username')}/*`,
      the('aws:username'),
      the('aws:PrincipalTag/team'),
      the("aws:PrincipalTag/team, 'blue'"),
      the("AWS:principaltag/none, 'a*'"),
      the('aws:TagKeys'),
      `a${the('*')}`,
      the('$'),
      OWN,
      OTHER,
      'User',
      'AssumedRole',
      'AROACATALOGUERAAAAAAA:*',
      'lambda.amazonaws.com',
    ],
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:PrincipalArn', 'aws:SourceArn'],
    values: [
      `arn:aws:iam::${OWN}:user/staff/Bea`,
      `arn:aws:iam::${OWN}:role/app/Cataloguer`,
      `arn:aws:iam::${OWN}:root`,
      `arn:aws:iam::*:user/*`,
      'arn:aws:iam::*:role/*',
      `arn:aws:iam::${OWN}:user/staff/${the('aws:username')}`,
      'arn:aws:s*:*:*:*',
      'arn:aws:s3:::archive',
      'arn:aws:s3:::arch*:x',
      'arn:aws:s3:::archive:x',
      'arn:?ws:s3:::*',
      'arn:aws:sns',
      'no-arn',
      '*',
    ],
  },
  {
    operators: [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
    ],
    keys: ['s3:max-keys', 'aws:MultiFactorAuthAge'],
    values: ['9', '10', '10.00', '11', '-1', '36000', '35999', 'few', '', the('aws:username')],
  },
  {
    operators: [
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
    ],
    keys: ['aws:CurrentTime', 'aws:TokenIssueTime', 'aws:EpochTime'],
    values: [
      '2026-01-01T00:00:00Z',
      '2025-12-31T19:00:00-05:00',
      '2026-01-01',
      '1767225600',
      '1767225601',
      '2025-12-31T23:59:59Z',
      'soon',
    ],
  },
  {
    operators: ['Bool'],
    keys: [
      'aws:SecureTransport',
      'aws:MultiFactorAuthPresent',
      'aws:ViaAWSService',
      'aws:PrincipalIsAWSService',
      'aws:AssumedRoot',
      'kms:GrantIsForAWSResource',
    ],
    values: ['true', 'false', 'True', the('aws:SecureTransport'), the('aws:UserAgent')],
  },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['aws:SourceIp', 'aws:VpcSourceIp'],
    values: [
      '203.0.113.7',
      '203.0.113.8',
      '203.0.113.0/24',
      '203.0.113.0/29',
      '202.0.0.0/7',
      '203.0.0.0/8',
      '2001:db8::/31',
      '203.0.112.255',
      '0.0.0.0/0',
      '::/0',
      '2001:db8::1',
      '2001:DB8:0:0::1',
      '2001:db8::/32',
      '2001:db9::',
      'nowhere',
    ],
  },
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    keys: [
      'aws:PrincipalOrgID',
      'aws:ResourceOrgID',
      'aws:PrincipalOrgPaths',
      'aws:ResourceOrgPaths',
      'aws:SourceVpce',
      'aws:SourceAccount',
      'aws:FederatedProvider',
      's3:DataAccessPointArn',
      'kms:CallerAccount',
      'kms:ViaService',
      'kms:EncryptionContext:team',
      'kms:ResourceAliases',
    ],
    values: [
      'o-a1b2c3d4e5',
      'o-a1b2c3d4e5/r-ab12/*',
      'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/',
      'o-*',
      'vpce-1a2b3c4d',
      'vpce-*',
      'accounts.google.com',
      `arn:aws:s3:eu-west-1:${OWN}:accesspoint/*`,
      `arn:aws:s3:eu-west-1:${OWN}:accesspoint/readers`,
      'arn:aws:s3:eu-west-1:*:accesspoint/readers',
      'blue',
      'Blue',
      'alias/aws/s3',
      'alias/archive',
      's3.eu-west-1.amazonaws.com',
      the('aws:PrincipalOrgID'),
      OWN,
      OTHER,
      MANAGEMENT,
    ],
  },
  { operators: ['BinaryEquals'], keys: ['aws:Digest'], values: ['QmluYXJ5', 'QmluYXJz'] },
  {
    operators: ['Null'],
    keys: ['aws:UserAgent', 'aws:TagKeys', 'aws:TokenIssueTime', 'aws:AssumedRoot'],
    values: ['true', 'false'],
  },
];

const families = fc.constantFrom(...FAMILIES);

const VALUES = FAMILIES.flatMap(({ values }) => values);

/** A clause whose operator, key and values fit, most of the time. */
export const clause: fc.Arbitrary<ConditionClause> = families.chain((family) =>
  fc
    .record({
      operator: fc.oneof(
        { weight: 40, arbitrary: fc.constantFrom(...family.operators) },
        { weight: 1, arbitrary: fc.constant('StringContains') },
      ),
      key: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...family.keys) },
        { weight: 1, arbitrary: families.chain(({ keys }) => fc.constantFrom(...keys)) },
      ),
      values: fc.oneof(
        { weight: 9, arbitrary: fc.array(fc.constantFrom(...family.values), { minLength: 1, maxLength: 3 }) },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
      form: fc.oneof(
        { weight: 4, arbitrary: fc.constant({ ifExists: false }) },
        { weight: 1, arbitrary: fc.constant({ ifExists: true }) },
        { weight: 1, arbitrary: fc.constant({ ifExists: false, set: 'ForAllValues' as const }) },
        { weight: 1, arbitrary: fc.constant({ ifExists: false, set: 'ForAnyValue' as const }) },
        { weight: 1, arbitrary: fc.constant({ ifExists: true, set: 'ForAnyValue' as const }) },
      ),
    })
    .map(({ operator, key, values, form }) => {
      // IAM refuses IfExists and set operators on Null.
      return operator === 'Null' ? { operator, key, values, ifExists: false } : { operator, key, values, ...form };
    }),
);

/** A value that a request may carry under a key: what the policies name, what fits their patterns, or anything. */
export function contextValue(written: readonly string[]): fc.Arbitrary<string | readonly string[]> {
  const one = fc.oneof(
    { weight: 3, arbitrary: written.length === 0 ? fc.constantFrom(...VALUES) : near(written) },
    { weight: 1, arbitrary: fc.constantFrom(...VALUES) },
  );
  return fc.oneof({ weight: 3, arbitrary: one }, { weight: 1, arbitrary: fc.array(one, { maxLength: 3 }) });
}

/** Texts at the border of what patterns tell apart: their wildcards filled, a character more, less or of other case. */
export function near(patterns: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...patterns),
      fc.constantFrom('', 'x', 'a/b', 'b:c', 'Bea'),
      fc.constantFrom('x', '/', ':'),
      fc.nat({ max: 9 }),
    )
    .map(([pattern, star, question, change]) => {
      const filled = pattern
        .replaceAll(/\$\{[^}]*\}/g, () => star)
        .replaceAll('*', () => star)
        .replaceAll('?', () => question);
      if (change === 0) return filled.slice(0, -1);
      if (change === 1) return `${filled}x`;
      if (change === 2) return filled.toUpperCase();
      if (change === 3) return pattern;
      return filled;
    });
}
