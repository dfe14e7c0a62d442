/**
 * What a resource has beside its policy, as statements that can be asked: the access control lists of S3 and the grants of KMS; and what
 * Block Public Access keeps back of the policy. Follows the pages of `s3-access.ts` and `kms-grants.ts`.
 */
import { grantPolicy } from '../analyse/grant-statements.ts';
import { compileClause } from '../conditions/clause.ts';
import type { AclGrant, ApplicablePolicies, AttachedPolicy, KmsGrant } from '../model.ts';
import type { ConditionClause, PrincipalElement, Statement } from '../policy.ts';
import { compilePrincipal, NAMED, namingOf } from '../principal.ts';
import { aclPolicy, isCutOff } from '../s3-access.ts';
import type { Subject } from '../statement.ts';
import { ALWAYS, any, type Formula, NEVER } from './formula.ts';
import type { Knowledge } from './knowledge.ts';
import { clauseFormula } from './partial-clause.ts';

/** What a resource has beside its policy, and the policy of the endpoint that the request comes through. */
export type BesidePolicies = Pick<ApplicablePolicies, 'acl' | 'publicAccessBlocks' | 'grants' | 'vpcEndpoint'>;

const CONTEXT_KEYS = 'kms:EncryptionContextKeys';

const grantPolicies = new WeakMap<KmsGrant, AttachedPolicy>();

/** The lists and the grants as policies of the layers `acl` and `grant`. */
export function listsAndGrants(policies: BesidePolicies): readonly AttachedPolicy[] {
  const lists = aclPolicy({ identity: [], ...policies });
  return [...(lists === undefined ? [] : [lists]), ...(policies.grants ?? []).map(attachedGrant)];
}

function attachedGrant(grant: KmsGrant): AttachedPolicy {
  const known = grantPolicies.get(grant);
  if (known !== undefined) return known;
  const policy = grantPolicy(grant, withoutOthers);
  const attached: AttachedPolicy = {
    layer: 'grant',
    name: grant.id,
    kind: 'resource',
    attachedTo: grant.keyId,
    policy,
  };
  grantPolicies.set(grant, attached);
  return attached;
}

/** An encryption context has no pairs of other keys. AWS KMS Developer Guide, "kms:EncryptionContextKeys". */
function withoutOthers(keys: readonly string[]): readonly ConditionClause[] {
  if (keys.length === 0) return [{ operator: 'Null', ifExists: false, key: CONTEXT_KEYS, values: ['true'] }];
  const clause = { operator: 'StringEqualsIgnoreCase', ifExists: false, key: CONTEXT_KEYS, values: keys };
  return [{ ...clause, set: 'ForAllValues' }];
}

/** Statements of lists and grants that do the same beside others: by whom they name. */
export function placeOf({ principal, conditions }: Statement, { request }: Subject): number {
  if (principal === undefined) return 0;
  if (principal.everyone) return conditions.length === 0 ? 1 : 2;
  return namingOf(compilePrincipal(principal), request.caller) === NAMED.account ? 0 : 3;
}

/** When Block Public Access leaves the caller what the resource's policy allows. */
export function whenNotCutOff({ request }: Subject, policies: ApplicablePolicies, knowledge: Knowledge): Formula {
  if (!isCutOff(request, policies)) return ALWAYS;
  if (!knowledge.isOpen('aws:principalaccount')) return NEVER;
  const holds = (key: string, value: string) =>
    clauseFormula(
      compileClause({ operator: 'StringEquals', ifExists: false, key, values: [value] }, '2012-10-17'),
      knowledge,
      ['met'],
    );
  return any([holds('aws:PrincipalAccount', request.resourceAccountId), holds('aws:PrincipalIsAWSService', 'true')]);
}

/** A statement of a list or a grant, as it is known to speak of a request. */
interface Spoken {
  readonly attached: AttachedPolicy;
  readonly settled: Statement;
}

/** The lists with these statements alone. */
export function aclOf({ acl }: ApplicablePolicies, chosen: readonly Spoken[]): Pick<ApplicablePolicies, 'acl'> {
  if (acl === undefined) return {};
  const grants = chosen.map(
    ({ settled }): AclGrant => ({ grantee: granteeIn(settled.principal), permission: 'FULL_CONTROL' }),
  );
  return { acl: { ...acl, bucket: grants, object: grants } };
}

function granteeIn(principal: PrincipalElement | undefined): AclGrant['grantee'] {
  const [accountId] = principal?.aws ?? [];
  return accountId === undefined ? { kind: 'all-users' } : { kind: 'account', accountId };
}

/** The grants with these statements alone. */
export function grantsOf(
  { grants }: ApplicablePolicies,
  chosen: readonly Spoken[],
): Pick<ApplicablePolicies, 'grants'> {
  if (grants === undefined) return {};
  return {
    grants: chosen.flatMap(({ attached, settled: { principal, action } }) =>
      [...(principal?.aws ?? []), ...(principal?.service ?? [])].map((granteePrincipal) => ({
        id: attached.name,
        keyId: attached.attachedTo,
        granteePrincipal,
        operations: action.values.map((name) => name.slice('kms:'.length)),
      })),
    ),
  };
}
