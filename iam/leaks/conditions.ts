/** Denies whose condition a request can evade: a key that is absent, another key that says the same, the region of a global service. */
import type { ConditionClause, Statement } from '../policy.ts';
import type { Attempt } from './attempt.ts';
import { onActions, speaksOf } from './speaks-of.ts';

const GLOBAL_KEYS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';

interface EvadedKey {
  /** In lower case. */
  readonly key: string;
  readonly operators: RegExp;
  /** A value of the clause for which the Deny guards something that absence guards not. */
  readonly values: RegExp;
  readonly because: string;
  readonly source: string;
}

/** Keys that are absent from requests that a Deny of this form is meant to stop. */
const absentKeys: readonly EvadedKey[] = [
  {
    key: 'aws:multifactorauthpresent',
    operators: /^(Bool|StringEquals|StringEqualsIgnoreCase|StringLike)$/i,
    values: /^false$/i,
    because: 'requests with a user’s long-term access keys do not have the key; BoolIfExists would deny them',
    source: GLOBAL_KEYS,
  },
  {
    key: 'aws:multifactorauthage',
    operators: /^Numeric(GreaterThan|GreaterThanEquals)$/i,
    values: /./,
    because: 'requests without MFA do not have the key; NumericGreaterThanIfExists would deny them',
    source: GLOBAL_KEYS,
  },
  {
    key: 'aws:sourceip',
    operators: /^IpAddress$/i,
    values: /./,
    because: 'requests that come through a VPC endpoint do not have the key, they have aws:VpcSourceIp',
    source: GLOBAL_KEYS,
  },
];

export function absentKeyAttempts(deny: Statement): readonly Attempt[] {
  return deny.conditions.flatMap((clause, i) => {
    const evaded = absentKeys.find((known) => isOf(known, clause));
    if (evaded === undefined || clause.ifExists || clause.set !== undefined) return [];
    const isAbsent: ConditionClause = { operator: 'Null', ifExists: false, key: clause.key, values: ['true'] };
    return [
      {
        kind: 'absent-key' as const,
        among: { ...deny, conditions: deny.conditions.with(i, isAbsent) },
        deniedLike: (request) => ({ ...request, context: { ...request.context, [clause.key]: valueFor(clause) } }),
        because: evaded.because,
        source: evaded.source,
      },
    ];
  });
}

function isOf({ key, operators, values }: EvadedKey, clause: ConditionClause): boolean {
  return (
    clause.key.toLowerCase() === key &&
    operators.test(clause.operator) &&
    clause.values.some((text) => values.test(text))
  );
}

/** A value that meets the clause. */
function valueFor({ operator, values }: ConditionClause): string {
  const [first = ''] = values;
  if (/^Numeric/i.test(operator)) return String(Number(first) + 1);
  return first.replace(/\/\d+$/, '');
}

const ACL_HEADERS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html';
const ALL_USERS = 'uri=http://acs.amazonaws.com/groups/global/AllUsers';
const canned: Readonly<Record<string, string>> = {
  'public-read': 's3:x-amz-grant-read',
  'public-read-write': 's3:x-amz-grant-full-control',
};

/** A canned ACL that is denied by its name, and granted by the header that grants the same. */
export function otherKeyAttempts(deny: Statement): readonly Attempt[] {
  return deny.conditions.flatMap((clause, i) => {
    if (clause.key.toLowerCase() !== 's3:x-amz-acl' || !/^String(Equals|EqualsIgnoreCase|Like)$/i.test(clause.operator))
      return [];
    return clause.values.flatMap((value): readonly Attempt[] => {
      const header = canned[value];
      if (header === undefined) return [];
      const granted: ConditionClause = { operator: 'StringEquals', ifExists: false, key: header, values: [ALL_USERS] };
      const isAbsent: ConditionClause = { operator: 'Null', ifExists: false, key: clause.key, values: ['true'] };
      return [
        {
          kind: 'other-key',
          among: { ...deny, conditions: [...deny.conditions.with(i, isAbsent), granted] },
          deniedLike: (request) => {
            const { [header]: _, ...context } = request.context;
            return { ...request, context: { ...context, [clause.key]: value } };
          },
          because: `the header ${header.slice('s3:'.length)} grants to everyone at least what the canned ACL ${value} grants`,
          provided: 'access control lists are enabled for the bucket',
          source: ACL_HEADERS,
        },
      ];
    });
  });
}

const GLOBAL_SERVICES: readonly { readonly action: string; readonly name: string }[] = [
  { action: 'iam:CreateUser', name: 'IAM' },
  { action: 'cloudfront:CreateDistribution', name: 'CloudFront' },
  { action: 'route53:ChangeResourceRecordSets', name: 'Route 53' },
  { action: 'organizations:CreateAccount', name: 'Organizations' },
];
const HOME = 'us-east-1';

/** Global services answer in us-east-1 alone: a Deny in another region never meets them. */
export function globalServiceAttempts(deny: Statement): readonly Attempt[] {
  return deny.conditions.flatMap((clause, i) => {
    const isRegion =
      clause.key.toLowerCase() === 'aws:requestedregion' && /^String(Equals|Like)/i.test(clause.operator);
    const [region] = clause.values;
    if (!isRegion || region === undefined || clause.values.some((value) => /[*?$]/.test(value) || value === HOME))
      return [];
    const home: ConditionClause = { operator: 'StringEquals', ifExists: false, key: clause.key, values: [HOME] };
    return GLOBAL_SERVICES.filter(({ action }) => names(deny, action)).map(
      ({ action, name }): Attempt => ({
        kind: 'global-service',
        among: { ...onActions(deny, action), conditions: deny.conditions.with(i, home) },
        deniedLike: undefined,
        because: `${name} is a global service: aws:RequestedRegion is ${HOME} in each of its requests`,
        source: GLOBAL_KEYS,
      }),
    );
  });
}

/** Whether the Deny is about that service rather than about every one. */
function names(deny: Statement, action: string): boolean {
  const service = action.slice(0, action.indexOf(':') + 1);
  const isNamed = deny.action.values.some((value) => value.toLowerCase().startsWith(service));
  return !deny.action.not && isNamed && speaksOf(deny, action);
}
