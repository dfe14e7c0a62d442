/** Who can do something to a resource, and under which conditions. */
import type { Estate } from '../account/account.ts';
import { policiesIn } from '../account/policies-in.ts';
import { compilePolicy } from '../compile.ts';
import { compileClause } from '../conditions/clause.ts';
import type { AnyRequest, ApplicablePolicies, AttachedPolicy } from '../model.ts';
import { type Asker, hasOwnPolicies, insiders, namedBy } from './askers.ts';
import { listsAndGrants } from './beside-policies.ts';
import type { AccessCondition } from './condition.ts';
import { ALWAYS, all, type Formula } from './formula.ts';
import { type FoundValues, type Knowledge, knowledgeOf } from './knowledge.ts';
import { clauseFormula } from './partial-clause.ts';
import { type AccessQuestion, requestIn } from './question.ts';
import { type WhenAllowed, whenAllowed } from './when-allowed.ts';

/** A principal that may, and what must hold besides. */
export interface PrincipalAccess {
  /** Of a role its own ARN. Others than users and roles of the accounts as the resource's policy names them; `*` is anyone else. */
  readonly arn: string;
  /** Every one must hold. None: always, in the context of the question. */
  readonly conditions: readonly AccessCondition[];
}

/**
 * Everybody who can: users and roles of the accounts, and whom the policy of the resource, its lists or its grants name; in the order of their ARNs. Root users
 * are left out. What follows from the principal and the resource is known; what a session adds (its name, MFA, source identity, time of
 * issue) and what the request brings along is open, and comes back as conditions. Sessions are thought of without session policies and
 * without tags of their own. Of others than the principals of the accounts nobody knows the policies: they can as far as the resource's
 * side goes.
 */
export function whoCan(estate: Estate, question: AccessQuestion): readonly PrincipalAccess[] {
  const view = new View(estate, question);
  const found: PrincipalAccess[] = [];
  const roles = new Map<string, WhenAllowed>();
  for (const asker of insiders(estate)) {
    const when = view.whenAllowed(asker);
    roles.set(asker.arn, when);
    if (when !== undefined) found.push({ arn: asker.arn, conditions: when });
  }
  for (const asker of view.named()) {
    const when = view.whenAllowed(asker);
    // A session that may what its role's other sessions may is among them.
    const ofRole = asker.roleArn === undefined ? undefined : roles.get(asker.roleArn);
    if (when === undefined || JSON.stringify(when) === JSON.stringify(ofRole)) continue;
    found.push({ arn: asker.arn, conditions: when });
  }
  return found.sort((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0));
}

/** One question, asked about many principals. */
class View {
  readonly #estate: Estate;
  readonly #question: AccessQuestion;
  readonly #values: FoundValues = new Map();
  readonly #conditions = new Map<string, Map<string, WhenAllowed>>();

  constructor(estate: Estate, question: AccessQuestion) {
    this.#estate = estate;
    this.#question = question;
  }

  whenAllowed(asker: Asker): WhenAllowed {
    const request = requestIn(this.#estate, this.#question, asker.caller);
    const { beside } = this.#question;
    const absent = beside?.vpcEndpoint === undefined ? NONE : NOT_THROUGH_ENDPOINTS;
    const knowledge = knowledgeOf(request, asker.acquaintance, this.#values, absent);
    const assumed = asker.acquaintance === 'nothing' ? this.#notInside(knowledge) : ALWAYS;
    return whenAllowed(request, this.#policiesOf(asker, request), knowledge, { assumed, found: this.#foundFor(asker) });
  }

  /** Of strangers each is known in its own way. */
  #foundFor({ acquaintance, caller }: Asker): Map<string, WhenAllowed> {
    if (acquaintance !== 'principal') return new Map();
    const id = `${caller.kind} ${'accountId' in caller ? caller.accountId : ''}`;
    const found = this.#conditions.get(id) ?? new Map<string, WhenAllowed>();
    this.#conditions.set(id, found);
    return found;
  }

  /** Whom the policy of the resource names, its lists and its grants. */
  named(): readonly Asker[] {
    const { action, beside = {} } = this.#question;
    const { resource } = policiesIn(this.#estate, requestIn(this.#estate, this.#question, { kind: 'anonymous' }));
    const attached = [...(resource === undefined ? [] : [resource]), ...listsAndGrants(beside)];
    const statements = attached.flatMap(({ policy }) => compilePolicy(policy).statementsOn(action.toLowerCase()));
    return namedBy(
      statements.map(({ statement }) => statement),
      this.#estate,
    );
  }

  #policiesOf(asker: Asker, request: AnyRequest): ApplicablePolicies {
    const policies = { ...policiesIn(this.#estate, request), ...this.#question.beside };
    if (hasOwnPolicies(asker, this.#estate) || !('accountId' in asker.caller)) return policies;
    const own = [EVERYTHING];
    return { ...policies, identity: own, ...(asker.caller.kind === 'federated-user' ? { session: own } : {}) };
  }

  /** Anyone is anyone else: the principals of the accounts are asked by themselves. */
  #notInside(knowledge: Knowledge): Formula {
    const accounts = this.#estate.accounts.map(({ accountId }) => accountId).filter((id) => id !== '');
    if (accounts.length === 0) return ALWAYS;
    const holds = (operator: string, key: string, values: readonly string[]) =>
      clauseFormula(compileClause({ operator, ifExists: false, key, values }, '2012-10-17'), knowledge, ['met']);
    return all([
      holds('StringNotEquals', 'aws:PrincipalAccount', accounts),
      holds('StringNotEquals', 'kms:CallerAccount', accounts),
      holds(
        'StringNotLike',
        'aws:PrincipalArn',
        accounts.map((id) => `arn:*:*::${id}:*`),
      ),
    ]);
  }
}

const NONE: ReadonlySet<string> = new Set();
/** Keys that a request through a VPC endpoint lacks. IAM User Guide, "AWS global condition context keys", aws:SourceIp. */
const NOT_THROUGH_ENDPOINTS: ReadonlySet<string> = new Set(['aws:sourceip']);

/** What the account of a principal that nobody knows may have given it. */
const EVERYTHING: AttachedPolicy = {
  layer: 'identity',
  name: 'Everything',
  kind: 'managed',
  attachedTo: 'a principal of another account',
  policy: {
    version: '2012-10-17',
    statements: [
      {
        effect: 'Allow',
        action: { not: false, values: ['*'] },
        resource: { not: false, values: ['*'] },
        conditions: [],
      },
    ],
  },
};
