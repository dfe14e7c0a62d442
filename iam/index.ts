/** The policy engine: what other folders may use of it. */
export {
  type AccessCondition,
  type AnyOfConditions,
  conditionsHold,
  type KeyCondition,
  type NotCondition,
} from './access/condition.ts';
export type { AccessQuestion } from './access/question.ts';
export { type Permission, type WhatCan, type WhatCanOptions, whatCan } from './access/what-can.ts';
export { type PrincipalAccess, whoCan } from './access/who-can.ts';
export type * from './account/account.ts';
export { type ReadAccount, readAccountDetails } from './account/authorization-details.ts';
export { callerOf, roleSession } from './account/callers.ts';
export { policiesIn, principalIn, resourceTagsIn } from './account/policies-in.ts';
export type { AwsManagedPolicies } from './account/policy-shelf.ts';
export {
  type Access,
  type AccessComparisonOptions,
  type Bound,
  compareAccess,
  type HeldKeys,
  type ProtectedResource,
  type Side,
} from './analyse/access.ts';
export { FAMILIAR_SERVICES, type KnownAction, type KnownActions } from './analyse/actions.ts';
export { type Answer, type CompareOptions, type Comparison, compare } from './analyse/compare.ts';
export { expandActions } from './analyse/expand.ts';
export { type ShrinkOptions, shrinkActions } from './analyse/shrink.ts';
export { type Arn, isAccountId, PARTITIONS, parseArn } from './arn.ts';
export { ADVICE, type AdviceCode } from './check/advice.ts';
export {
  type ActionCatalogue,
  readServiceActions,
  type ServiceActions,
  type ServiceData,
  servicesNamedIn,
} from './check/catalogue.ts';
export { type CheckOptions, checkPolicy } from './check/check.ts';
export { CHECK_CODES, type CheckCode } from './check/codes.ts';
export type { CheckKind, CheckSize, RuleSet } from './check/context.ts';
export { applyRepair, type CheckFinding, type Repair, type TextEdit } from './check/finding.ts';
export { PARSE_CODES } from './check/parse-codes.ts';
export { SERVICES } from './check/service-names.ts';
export { OPERATOR_NAMES } from './conditions/operators.ts';
export { decide } from './decide.ts';
export { type DenialTextOptions, denialText } from './denial-text.ts';
export { type PolicyDocument, policyDocument, type StatementDocument } from './document.ts';
export { explain } from './explain/explain.ts';
export type * from './explain/explanation.ts';
export type { LeakKind } from './leaks/attempt.ts';
export { findLeaks, type Leak, type LeakOptions } from './leaks/find-leaks.ts';
export type { PolicySize } from './least/documents.ts';
export {
  type LeastPolicy,
  type LeastPolicyOptions,
  leastPolicy,
  type Uncovered,
} from './least/least-policy.ts';
export type * from './model.ts';
export { refusal } from './parse/refusal.ts';
export { STATEMENT_ELEMENTS } from './parse/statement-element.ts';
export { parseManagedPolicy, parsePolicy } from './parse.ts';
export type * from './policy.ts';
export { isPublic, type Publicity, type PublicOptions } from './public/is-public.ts';
export { isPublicPolicy } from './public-policy.ts';
export type { Proof, Step, WorkloadFacts } from './reach/foothold.ts';
export { type Reach, type Reached, type ReachOptions, reach } from './reach/reach.ts';
export { REACH_ROWS } from './reach/rows/index.ts';
export { roleOfWorkload } from './reach/workloads.ts';
export { principalArn } from './request-context.ts';
export { RESOURCE_CONTROL_SERVICES } from './resource-control-services.ts';
export { type RequestPlace, suppliedResource } from './supplied-resource.ts';
