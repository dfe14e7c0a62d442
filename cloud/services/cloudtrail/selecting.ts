/** Whether a trail records a call. AWS CloudTrail API, PutEventSelectors; User Guide, "Logging data events". */
import { dataEventType } from '../../ledger/event-kinds.ts';
import { type PastCall, recordFor, type TrailRecord } from '../../ledger/past-call.ts';
import type { AdvancedSelector, BasicSelector, FieldSelector, TrailSelectors, TrailState } from './state.ts';

/** Whether a trail records a call for an account, by its selectors and the regions that it is for. */
export function isRecorded(call: PastCall, accountId: string, trail: TrailState): boolean {
  const record = recordFor(call, accountId);
  if (record === undefined || !isSelected(record, trail.selectors)) return false;
  const isGlobal = record.eventSource === 'iam.amazonaws.com' || record.eventSource === 'sts.amazonaws.com';
  if (isGlobal && record.awsRegion === 'us-east-1' && !trail.includesGlobalEvents) return false;
  return trail.isMultiRegion || record.awsRegion === trail.homeRegion;
}

/** Whether a record is one of those that the selectors ask for. */
function isSelected(record: TrailRecord, selectors: TrailSelectors): boolean {
  return selectors.kind === 'basic'
    ? selectors.selectors.some((selector) => isBasic(record, selector))
    : selectors.selectors.some((selector) => isAdvanced(record, selector));
}

function isBasic(record: TrailRecord, selector: BasicSelector): boolean {
  const { readWriteType, includesManagementEvents, excludedSources, dataResources } = selector;
  if (readWriteType !== 'All' && (readWriteType === 'ReadOnly') !== record.readOnly) return false;
  if (record.managementEvent) return includesManagementEvents && !excludedSources.includes(record.eventSource);
  const type = typeOf(record);
  const arns = arnsOf(record);
  return dataResources.some(
    (resource) =>
      resource.type === type && resource.values.some((value) => arns.some((arn) => isBeneath(arn, value, type))),
  );
}

/** Of S3 a value is a beginning; of functions and tables it is the whole, or, without an account, all of the service's. */
function isBeneath(arn: string, value: string, type: string): boolean {
  if (type === 'AWS::S3::Object') return arn.startsWith(value);
  return value.split(':').length <= 3 ? arn.startsWith(`${value}:`) : arn === value;
}

function isAdvanced(record: TrailRecord, { fields }: AdvancedSelector): boolean {
  return fields.every((field) => holds(field, valuesOf(record, field.field)));
}

type Compare = (value: string, wanted: string) => boolean;

const COMPARISONS: Readonly<Record<string, Compare>> = {
  Equals: (value, wanted) => value === wanted,
  StartsWith: (value, wanted) => value.startsWith(wanted),
  EndsWith: (value, wanted) => value.endsWith(wanted),
};

/** One of the wanted values must fit; none of those behind a `Not…`. */
function holds({ operators }: FieldSelector, values: readonly string[]): boolean {
  return Object.entries(operators).every(([operator, wanted]) => {
    const isNot = operator.startsWith('Not');
    const compare = COMPARISONS[isNot ? operator.slice(3) : operator];
    const fits = compare !== undefined && wanted.some((text) => values.some((value) => compare(value, text)));
    return fits !== isNot;
  });
}

function valuesOf(record: TrailRecord, field: string): readonly string[] {
  switch (field) {
    case 'eventCategory':
      return [record.eventCategory];
    case 'readOnly':
      return [String(record.readOnly)];
    case 'eventName':
      return [record.eventName];
    case 'eventSource':
      return [record.eventSource];
    case 'eventType':
      return [record.eventType];
    case 'resources.type':
      return [typeOf(record)];
    case 'resources.ARN':
      return arnsOf(record);
    case 'userIdentity.arn':
      return record.userIdentity.arn === undefined ? [] : [record.userIdentity.arn];
    default:
      return [];
  }
}

function typeOf({ eventSource, eventName }: TrailRecord): string {
  return dataEventType(eventSource.replace('.amazonaws.com', ''), eventName) ?? '';
}

/** What is done to a whole bucket counts as done beneath it. */
function arnsOf({ resources = [] }: TrailRecord): readonly string[] {
  return resources.map(({ type, ARN }) => (type === 'AWS::S3::Bucket' ? `${ARN}/` : ARN));
}
