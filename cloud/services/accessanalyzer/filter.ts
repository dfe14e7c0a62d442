/** Filters of findings and archive rules. IAM User Guide, "IAM Access Analyzer filter keys"; API Reference, Criterion. */
import type { Criterion } from '@aws-sdk/client-accessanalyzer';
import { validationException } from './errors.ts';
import { accessAnalyzerLimits } from './limits.ts';
import type { CriterionState, Filter, FindingState } from './state.ts';

const KEYS: ReadonlySet<string> = new Set([
  'resource',
  'resourceType',
  'resourceOwnerAccount',
  'isPublic',
  'findingType',
  'resourceControlPolicyRestriction',
  'status',
  'error',
  'id',
  'principal.AWS',
  'principal.CanonicalUser',
  'principal.Federated',
]);
const CONDITION = 'condition.';
/** Those that an archive rule cannot ask for: what it does not yet know of a new finding. */
const NOT_IN_RULES: ReadonlySet<string> = new Set(['status', 'id']);

/** What a filter is for: rules know fewer keys. */
export type FilterUse = 'list' | 'rule';

/** @throws AwsError ValidationException for a key that there is not, and for a criterion that asks for nothing */
export function checkedFilter(filter: Readonly<Record<string, Criterion>>, use: FilterUse): Filter {
  const criteria = Object.entries(filter);
  if (criteria.length > accessAnalyzerLimits.criteria) {
    throw validationException('filter', `A filter has at most ${accessAnalyzerLimits.criteria} criteria.`);
  }
  return Object.fromEntries(
    criteria.map(([key, criterion]) => {
      const isKey = KEYS.has(key) || /^condition\.[\w:/.-]+$/.test(key);
      if (!isKey || (use === 'rule' && NOT_IN_RULES.has(key))) {
        throw validationException('filter', `The filter key ${key} is not valid.`);
      }
      return [key, checkedCriterion(key, criterion)];
    }),
  );
}

function checkedCriterion(key: string, { eq, neq, contains, exists }: Criterion): CriterionState {
  const lists = { ...(eq && { eq }), ...(neq && { neq }), ...(contains && { contains }) };
  if (Object.keys(lists).length === 0 && exists === undefined) {
    throw validationException('filter', `The criterion of ${key} needs one of eq, neq, contains and exists.`);
  }
  for (const values of Object.values(lists)) {
    if (values.length >= 1 && values.length <= accessAnalyzerLimits.values) continue;
    throw validationException('filter', `The criterion of ${key} takes 1 to ${accessAnalyzerLimits.values} values.`);
  }
  return { ...lists, ...(exists !== undefined && { exists }) };
}

/** Whether a finding meets every criterion. */
export function meets(finding: FindingState, filter: Filter): boolean {
  return Object.entries(filter).every(([key, criterion]) => isMet(criterion, valueFor(finding, key)));
}

function isMet({ eq, neq, contains, exists }: CriterionState, value: string | undefined): boolean {
  return (
    (eq === undefined || (value !== undefined && eq.includes(value))) &&
    (neq === undefined || value === undefined || !neq.includes(value)) &&
    (contains === undefined || (value !== undefined && contains.some((part) => value.includes(part)))) &&
    (exists === undefined || exists === (value !== undefined))
  );
}

/** What a finding has for a key; undefined where it has nothing. */
export function valueFor(finding: FindingState, key: string): string | undefined {
  const { details } = finding;
  switch (key) {
    case 'id':
      return finding.id;
    case 'resource':
      return finding.resource;
    case 'resourceType':
      return finding.resourceType;
    case 'resourceOwnerAccount':
      return finding.ownerAccountId;
    case 'status':
      return finding.status;
    case 'findingType':
      return details.kind;
    default:
      return details.kind === 'ExternalAccess' ? externalValue(details, key) : undefined;
  }
}

function externalValue(
  { principal, condition, isPublic, hasControlPolicies }: Extract<FindingState['details'], { kind: 'ExternalAccess' }>,
  key: string,
): string | undefined {
  if (key === 'isPublic') return String(isPublic);
  if (key === 'resourceControlPolicyRestriction') return restrictionOf(hasControlPolicies);
  if (key === `principal.${principal.kind}`) return principal.id;
  if (!key.startsWith(CONDITION)) return undefined;
  const name = key.slice(CONDITION.length).toLowerCase();
  return Object.entries(condition).find(([of]) => of.toLowerCase() === name)?.[1];
}

/** API Reference, ExternalAccessDetails: external access is found without regard to resource control policies. */
export function restrictionOf(hasControlPolicies: boolean) {
  return hasControlPolicies ? ('APPLICABLE' as const) : ('NOT_APPLICABLE' as const);
}
