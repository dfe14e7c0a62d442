/** Bucket policies at the border of what S3 calls public: one statement for everybody, pinned down or not, and one for the caller. */
import fc from 'fast-check';
import type { AnyCaller, AttachedPolicy } from '../../model.ts';
import type { ConditionClause, PrincipalElement, Statement } from '../../policy.ts';
import { the } from './conditions.ts';
import { namesOf, OTHER, OWN } from './people.ts';
import { often } from './policies.ts';

const POINT = `arn:aws:s3:eu-west-1:${OWN}:accesspoint`;

/** Keys, and values that pin a statement down or come near to it. */
const PINS: readonly (readonly [operator: string, key: string, values: readonly string[]])[] = [
  [
    'IpAddress',
    'aws:SourceIp',
    ['203.0.0.0/8', '202.0.0.0/7', '203.0.113.9', '2001:db8::/32', '2001:db8::/31', '::/9'],
  ],
  ['NotIpAddress', 'aws:SourceIp', ['203.0.0.0/8']],
  ['StringEquals', 'aws:SourceVpc', ['vpc-1a2b3c4d', 'vpc-*', the('aws:PrincipalTag/team')]],
  ['StringLike', 'aws:SourceVpce', ['vpce-1a2b3c4d', 'vpce-?']],
  ['StringEqualsIgnoreCase', 'AWS:sourceaccount', [OTHER, '*']],
  ['StringEquals', 'aws:SourceOwner', [OTHER]],
  ['ArnLike', 'aws:SourceArn', ['arn:aws:sns:eu-west-1:111122223333:news', 'arn:aws:sns:*:*:*']],
  ['ArnEquals', 'aws:PrincipalArn', [`arn:aws:iam::${OWN}:role/app/Cataloguer`, `arn:aws:iam::${OWN}:role/*`]],
  ['StringEquals', 'aws:PrincipalAccount', [OTHER]],
  ['StringNotEquals', 'aws:PrincipalAccount', [OTHER]],
  ['StringEquals', 'aws:PrincipalOrgID', ['o-a1b2c3d4e5']],
  ['StringLike', 'aws:PrincipalOrgPaths', ['o-a1b2c3d4e5/r-ab12/', 'o-a1b2c3d4e5/*']],
  ['StringLike', 'aws:userid', ['AROACATALOGUERAAAAAAA:cli', 'AROACATALOGUERAAAAAAA:*']],
  ['ArnLike', 's3:DataAccessPointArn', [`${POINT}/*`, `${POINT}/a`, POINT.replace(OWN, '*'), `${POINT}/a/*`]],
  ['StringEquals', 's3:DataAccessPointAccount', [OWN, '1111*']],
  ['Bool', 'aws:SecureTransport', ['true']],
  ['Null', 'aws:SourceVpce', ['false']],
  ['StringEquals', 's3:prefix', ['home/']],
];

const pin: fc.Arbitrary<ConditionClause> = fc
  .constantFrom(...PINS)
  .chain(([operator, key, values]) =>
    fc.record({
      operator: fc.constant(operator),
      key: fc.constant(key),
      values: often(
        fc.constantFrom(...values).map((value) => [value]),
        2,
        fc.subarray([...values], { minLength: 1 }),
      ),
      ifExists: operator === 'Null' ? fc.constant(false) : fc.constantFrom(false, false, false, true),
      ...(operator === 'Null' ? {} : { set: fc.constantFrom(undefined, undefined, 'ForAnyValue', 'ForAllValues') }),
    }),
  )
  .map(({ set, ...clause }) => (set === undefined ? clause : { ...clause, set }) as ConditionClause);

/** Without a name a caller is let in by its address. */
const OF_AN_ADDRESS: ConditionClause = {
  operator: 'IpAddress',
  ifExists: false,
  key: 'aws:SourceIp',
  values: ['203.0.113.0/24'],
};
const NOBODY = { not: false, everyone: false, service: [], federated: [], canonicalUser: [] };
const ALL = { not: false, values: ['*'] };

/** The policy of a bucket that lets the caller in, and others perhaps. */
export function nearlyPublicPolicy(caller: AnyCaller): fc.Arbitrary<AttachedPolicy> {
  const everybody = fc.constantFrom<PrincipalElement[]>(
    { ...NOBODY, everyone: true, aws: [] },
    { ...NOBODY, aws: ['*'] },
    { ...NOBODY, aws: [`arn:aws:iam::${OTHER}:role/*`] },
    { ...NOBODY, aws: [OTHER] },
  );
  const others: fc.Arbitrary<Statement> = fc.record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    principal: everybody,
    action: fc.constant({ not: false, values: ['s3:ListMultipartUploadParts'] }),
    resource: fc.constant(ALL),
    conditions: often(
      pin.map((clause) => [clause]),
      2,
      fc.array(pin, { maxLength: 2 }),
    ),
  });
  const service = caller.kind === 'service' ? [caller.service] : [];
  const isNameless = caller.kind === 'anonymous';
  const own: Statement = {
    effect: 'Allow',
    principal: { ...NOBODY, everyone: isNameless, aws: namesOf(caller), service },
    action: { not: false, values: ['s3:*'] },
    resource: ALL,
    conditions: isNameless ? [OF_AN_ADDRESS] : [],
  };
  return often(
    others.map((one) => [one]),
    2,
    fc.array(others, { minLength: 1, maxLength: 2 }),
  ).map((statements) => ({
    layer: 'resource',
    kind: 'resource',
    name: 'resource',
    attachedTo: 'resource',
    policy: { version: '2012-10-17', statements: [...statements, own] },
  }));
}
