/** Policies as the JSON documents that one saves. Follows the IAM User Guide, "Grammar of the IAM JSON policy language". */
import type { ConditionClause, Policy, PrincipalElement, Statement } from './policy.ts';

type OneOrMore = string | readonly string[];

/** A statement as it stands in a policy document. */
export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalDocument;
  readonly NotPrincipal?: PrincipalDocument;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

type PrincipalDocument = '*' | Readonly<Record<string, OneOrMore>>;

/** A policy document, ready for `JSON.stringify`. */
export interface PolicyDocument {
  readonly Version: Policy['version'];
  readonly Id?: string;
  readonly Statement: readonly StatementDocument[];
}

/** The document that says what a policy says. Reading it gives the same policy again. */
export function policyDocument({ version, id, statements }: Policy): PolicyDocument {
  const Statement = statements.map(statementDocument);
  return id === undefined ? { Version: version, Statement } : { Version: version, Id: id, Statement };
}

/** A statement as it stands in a document. Lists of one value are written as the value. */
export function statementDocument(statement: Statement): StatementDocument {
  const { sid, effect, principal, action, resource, conditions } = statement;
  const document: Mutable<StatementDocument> = sid === undefined ? { Effect: effect } : { Sid: sid, Effect: effect };
  if (principal !== undefined) document[principal.not ? 'NotPrincipal' : 'Principal'] = principalDocument(principal);
  document[action.not ? 'NotAction' : 'Action'] = oneOrMore(action.values);
  if (resource !== undefined) document[resource.not ? 'NotResource' : 'Resource'] = oneOrMore(resource.values);
  if (conditions.length > 0) document.Condition = conditionMember(conditions);
  return document;
}

type Mutable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

function principalDocument({ everyone, aws, service, federated, canonicalUser }: PrincipalElement): PrincipalDocument {
  if (everyone && aws.length + service.length + federated.length + canonicalUser.length === 0) return '*';
  const members: Record<string, OneOrMore> = {};
  if (everyone || aws.length > 0) members['AWS'] = oneOrMore(everyone ? ['*', ...aws] : aws);
  if (service.length > 0) members['Service'] = oneOrMore(service);
  if (federated.length > 0) members['Federated'] = oneOrMore(federated);
  if (canonicalUser.length > 0) members['CanonicalUser'] = oneOrMore(canonicalUser);
  return members;
}

/** Clauses by operator and key, in the order in which they stand. */
function conditionMember(clauses: readonly ConditionClause[]) {
  const byOperator: Record<string, Record<string, OneOrMore>> = {};
  for (const clause of clauses) {
    const name = operatorText(clause);
    const keys = byOperator[name] ?? {};
    keys[clause.key] = oneOrMore(clause.values);
    byOperator[name] = keys;
  }
  return byOperator;
}

/** An operator as it stands in a policy: `ForAnyValue:StringLikeIfExists`. */
export function operatorText({ operator, set, ifExists }: ConditionClause): string {
  return `${set === undefined ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`;
}

function oneOrMore(values: readonly string[]): OneOrMore {
  const [only, ...more] = values;
  return only !== undefined && more.length === 0 ? only : values;
}
