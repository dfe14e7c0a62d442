/**
 * Whether a resource's policy is public, by both definitions: S3's, which looks at the text of each Allow by itself, and whether some
 * anonymous or outside request is really allowed. Amazon S3 User Guide, "The meaning of public".
 */
import type { KnownActions } from '../analyse/actions.ts';
import { compare } from '../analyse/compare.ts';
import { decide } from '../decide.ts';
import type { AnyRequest, AttachedPolicy } from '../model.ts';
import type { ConditionClause, ListElement, Policy, PrincipalElement, Statement } from '../policy.ts';
import { publicStatements } from '../public-policy.ts';

export interface PublicOptions {
  /** The owner's own account, and those that it trusts besides the ones that the policy names. */
  readonly accounts?: readonly string[];
  readonly actions?: KnownActions;
  /** As of `compare`. */
  readonly budget?: number;
}

/** The owner where none is given. */
const OWNER = '000000000000';

/** Both answers, and where they differ. */
export interface Publicity {
  /** Whether S3 counts the policy as public: Block Public Access and GetBucketPolicyStatus go by it. */
  readonly byText: boolean;
  /** The Allow statements because of which it does, from 0. */
  readonly textStatements: readonly number[];
  /** Whether the policy allows some request of an anonymous or an outside caller. */
  readonly byAccess: 'yes' | 'no' | 'unknown';
  /** One such request, decided before it is returned. */
  readonly witness?: AnyRequest;
  /** The Allow statements that let the witness through, from 0. */
  readonly witnessStatements?: readonly number[];
  /**
   * Where the two differ. `only-by-text`: S3 would block it, though no outsider gets in: a Deny or a condition keeps them out.
   * `only-by-access`: an outsider gets in, though S3 does not count it, for a condition on the network or the like is fixed.
   */
  readonly difference?: 'only-by-text' | 'only-by-access';
}

/**
 * Judges the policy of a bucket or of another resource. An outside caller is anonymous, or a user or role of an account that neither
 * the policy names (in a principal or a condition) nor `accounts` holds, and of no organization that the policy names. Services of
 * AWS are not outside. Their own policies allow outside callers everything. Whether Block Public Access is on is not asked.
 */
export function isPublic(policy: Policy, options: PublicOptions = {}): Publicity {
  const { accounts = [], ...limits } = options;
  const textStatements = publicStatements(policy);
  const open: Policy = { ...policy, statements: policy.statements.filter(mayReachOutside) };
  const insiders: Policy = { version: '2012-10-17', statements: insiderStatements(policy, accounts) };
  const { aInB, witnessA } = compare([open], [insiders], { kind: 'resource', questions: ['aInB'], ...limits });
  const proof = witnessA === undefined ? undefined : proved(policy, witnessA, accounts[0] ?? OWNER);
  const byAccess = aInB === 'yes' ? 'no' : proof === undefined ? 'unknown' : 'yes';
  const byText = textStatements.length > 0;
  const difference = differenceOf(byText, byAccess);
  return { byText, textStatements, byAccess, ...proof, ...(difference === undefined ? {} : { difference }) };
}

function differenceOf(byText: boolean, byAccess: Publicity['byAccess']): Publicity['difference'] {
  if (byText) return byAccess === 'no' ? 'only-by-text' : undefined;
  return byAccess === 'yes' ? 'only-by-access' : undefined;
}

/** Allows that name nobody but fixed principals let no outsider in. */
function mayReachOutside({ effect, principal }: Statement): boolean {
  return (
    effect === 'Deny' || principal === undefined || principal.not || principal.everyone || principal.aws.includes('*')
  );
}

/** The witness with an owner that is not the caller, and the statements that allow it. Undefined where the engine denies it. */
function proved(
  policy: Policy,
  witness: AnyRequest,
  owner: string,
): Pick<Publicity, 'witness' | 'witnessStatements'> | undefined {
  const { caller } = witness;
  const isOwn = 'accountId' in caller && caller.accountId === witness.resourceAccountId;
  const asked = isOwn ? { ...witness, resourceAccountId: owner } : witness;
  const resource: AttachedPolicy = {
    layer: 'resource',
    name: 'Resource',
    kind: 'resource',
    attachedTo: 'analysis',
    policy,
  };
  const { verdict, statements } = decide(asked, { identity: [EVERYTHING], resource });
  if (verdict !== 'allowed') return undefined;
  const own = statements.filter(({ policy: by }) => by === resource);
  return { witness: asked, witnessStatements: own.map(({ index }) => index) };
}

const EVERYTHING: AttachedPolicy = {
  layer: 'identity',
  name: 'Everything',
  kind: 'managed',
  attachedTo: 'analysis',
  policy: {
    version: '2012-10-17',
    statements: [{ effect: 'Allow', action: anything(), resource: anything(), conditions: [] }],
  },
};

/** What lets everybody in who is not outside: a request that the policy allows and these do not is an outsider's. */
function insiderStatements(policy: Policy, accounts: readonly string[]): readonly Statement[] {
  const { statements } = policy;
  const known = [...new Set([...accounts, ...accountsIn(policy)])];
  const organizations = valuesOf(statements, 'aws:principalorgid');
  const paths = valuesOf(statements, 'aws:principalorgpaths');
  const isService: ConditionClause = when('Bool', 'aws:PrincipalIsAWSService', ['true']);
  return [
    ...(known.length === 0 ? [] : [allowTo({ ...nobody, aws: known })]),
    ...(organizations.length === 0
      ? []
      : [allowTo(everyone, when('StringEquals', 'aws:PrincipalOrgID', organizations))]),
    ...(paths.length === 0
      ? []
      : [allowTo(everyone, { ...when('StringEquals', 'aws:PrincipalOrgPaths', paths), set: 'ForAnyValue' })]),
    allowTo(everyone, isService),
  ];
}

function accountsIn({ statements }: Policy): readonly string[] {
  const texts = statements.flatMap(({ principal, conditions }) => [
    ...(principal?.aws ?? []),
    ...conditions.flatMap(({ values }) => values),
  ]);
  return texts.flatMap((text) => text.match(/\b\d{12}\b/g) ?? []);
}

/** The values that conditions on a key (in lower case) name outright. */
function valuesOf(statements: readonly Statement[], key: string): readonly string[] {
  const clauses = statements.flatMap(({ conditions }) =>
    conditions.filter((clause) => clause.key.toLowerCase() === key),
  );
  return [...new Set(clauses.flatMap(({ values }) => values.filter((value) => !/[*?]|\$\{/.test(value))))];
}

const nobody: PrincipalElement = {
  not: false,
  everyone: false,
  aws: [],
  service: [],
  federated: [],
  canonicalUser: [],
};
const everyone: PrincipalElement = { ...nobody, everyone: true };

function when(operator: string, key: string, values: readonly string[]): ConditionClause {
  return { operator, ifExists: false, key, values };
}

function allowTo(principal: PrincipalElement, ...conditions: readonly ConditionClause[]): Statement {
  return { effect: 'Allow', principal, action: anything(), resource: anything(), conditions };
}

function anything(): ListElement {
  return { not: false, values: ['*'] };
}
