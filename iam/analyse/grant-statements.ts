/** The grants of KMS keys as statements: a grant gives its operations on its key, where the encryption context is as it says. */
import { WITHOUT_CONTEXT } from '../kms-grants.ts';
import type { KmsGrant } from '../model.ts';
import type { ConditionClause, Policy, Statement } from '../policy.ts';

const CONTEXT_KEY = 'kms:EncryptionContext:';

/** How it is said that an encryption context has no pairs of other keys than these. */
type WithoutOthers = (keys: readonly string[]) => readonly ConditionClause[];

/** Says it of the condition keys that are told apart, in lower case, alone. */
export function withoutOthersOf(told: ReadonlySet<string>): WithoutOthers {
  return (keys) => {
    const allowed = new Set(keys.map((key) => `${CONTEXT_KEY}${key}`.toLowerCase()));
    return [...told].filter((key) => !allowed.has(key)).map((key) => clause('Null', key, 'true'));
  };
}

/** A policy that allows what the grant gives. */
export function grantPolicy(grant: KmsGrant, withoutOthers: WithoutOthers): Policy {
  const plain = grant.operations.filter((operation) => WITHOUT_CONTEXT.has(operation.toLowerCase()));
  const bound = grant.operations.filter((operation) => !plain.includes(operation));
  const statements = [
    ...statementFor(grant, plain, grant.granteePrincipal, []),
    ...statementFor(grant, bound, grant.granteePrincipal, constraintsOf(grant, withoutOthers)),
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

/** The keys of encryption contexts that a policy's conditions ask, in lower case. */
export function encryptionKeysAskedBy(policy: Policy): readonly string[] {
  const asked = policy.statements.flatMap(({ conditions }) => conditions.map(({ key }) => key.toLowerCase()));
  return asked.filter((key) => key.startsWith(CONTEXT_KEY.toLowerCase()));
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
        aws: isService(principal) ? [] : [principal],
        service: isService(principal) ? [principal] : [],
        federated: [],
        canonicalUser: [],
      },
      action: { not: false, values: operations.map((operation) => `kms:${operation}`) },
      resource: { not: false, values: [keyId.startsWith('arn:') ? keyId : `arn:*:kms:*:*:key/${keyId}`] },
      conditions,
    },
  ];
}

/** Neither an ARN nor an account or a unique id. */
function isService(principal: string): boolean {
  return principal.includes('.') && !principal.includes(':');
}

function constraintsOf({ constraints }: KmsGrant, withoutOthers: WithoutOthers): readonly ConditionClause[] {
  const { encryptionContextSubset: subset = {}, encryptionContextEquals: equal } = constraints ?? {};
  const pairs = [...Object.entries(subset), ...Object.entries(equal ?? {})];
  const clauses = pairs.map(([key, value]) => clause('StringEquals', `${CONTEXT_KEY}${key}`, value));
  return equal === undefined ? clauses : [...clauses, ...withoutOthers(Object.keys(equal))];
}

function clause(operator: string, key: string, value: string): ConditionClause {
  return { operator, ifExists: false, key, values: [value] };
}
