/** The grants of KMS keys as statements: a grant gives its operations on its key, where the encryption context is as it says. */
import { WITHOUT_CONTEXT } from '../kms-grants.ts';
import type { KmsGrant } from '../model.ts';
import type { ConditionClause, Policy, Statement } from '../policy.ts';

const CONTEXT_KEY = 'kms:EncryptionContext:';

/**
 * A policy that allows what the grant gives. `told`: the keys of encryption contexts that are told apart, in lower case: of a context that
 * must be equal the others are absent.
 */
export function grantPolicy(grant: KmsGrant, told: ReadonlySet<string>): Policy {
  const plain = grant.operations.filter((operation) => WITHOUT_CONTEXT.has(operation.toLowerCase()));
  const bound = grant.operations.filter((operation) => !plain.includes(operation));
  const statements = [
    ...statementFor(grant, plain, grant.granteePrincipal, []),
    ...statementFor(grant, bound, grant.granteePrincipal, constraintsOf(grant, told)),
    ...statementFor(grant, ['RetireGrant'], grant.retiringPrincipal ?? '', []),
  ];
  // In this version a value is never a variable.
  return { version: '2008-10-17', statements };
}

/** The keys that a grant's constraints ask, in lower case. */
export function encryptionKeys({ constraints }: KmsGrant): readonly string[] {
  const { encryptionContextSubset: subset = {}, encryptionContextEquals: equal = {} } = constraints ?? {};
  return Object.keys({ ...subset, ...equal }).map((key) => `${CONTEXT_KEY}${key}`.toLowerCase());
}

function statementFor(
  { keyId }: KmsGrant,
  operations: readonly string[],
  principal: string,
  conditions: readonly ConditionClause[],
): readonly Statement[] {
  if (operations.length === 0 || principal === '' || principal === '*') return [];
  return [
    {
      effect: 'Allow',
      principal: {
        not: false,
        everyone: false,
        aws: [principal],
        service: [principal],
        federated: [],
        canonicalUser: [],
      },
      action: { not: false, values: operations.map((operation) => `kms:${operation}`) },
      resource: { not: false, values: [keyId.startsWith('arn:') ? keyId : `arn:*:kms:*:*:key/${keyId}`] },
      conditions,
    },
  ];
}

function constraintsOf({ constraints }: KmsGrant, told: ReadonlySet<string>): readonly ConditionClause[] {
  const { encryptionContextSubset: subset = {}, encryptionContextEquals: equal } = constraints ?? {};
  const pairs = [...Object.entries(subset), ...Object.entries(equal ?? {})];
  const clauses = pairs.map(([key, value]) => clause('StringEquals', `${CONTEXT_KEY}${key}`, value));
  if (equal === undefined) return clauses;
  const allowed = new Set(Object.keys(equal).map((key) => `${CONTEXT_KEY}${key}`.toLowerCase()));
  const others = [...told].filter((key) => !allowed.has(key));
  return [...clauses, ...others.map((key) => clause('Null', key, 'true'))];
}

function clause(operator: string, key: string, value: string): ConditionClause {
  return { operator, ifExists: false, key, values: [value] };
}
