/** What a trail records. AWS CloudTrail API, PutEventSelectors. */
import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventSelectorsRequest,
  GetEventSelectorsResponse,
  PutEventSelectorsRequest,
  PutEventSelectorsResponse,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { cloudtrailLimits } from './limits.ts';
import { ownTrailOf, trailArn, trailOf } from './names.ts';
import { shownSelectors } from './shapes.ts';
import type { AdvancedSelector, BasicSelector, TrailSelectors } from './state.ts';

const BASIC_TYPES = ['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table'];
const EXCLUDABLE = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];
const FIELDS = [
  'eventCategory',
  'readOnly',
  'eventName',
  'eventSource',
  'eventType',
  'resources.type',
  'resources.ARN',
  'userIdentity.arn',
];
const OPERATORS = ['Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const;

function invalid(message: string): AwsError {
  return new AwsError('InvalidEventSelectorsException', message, { status: 400 });
}

export const putEventSelectors: ChangeOperation<PutEventSelectorsRequest, PutEventSelectorsResponse> = {
  kind: 'change',
  handle(account, { TrailName, EventSelectors: basic, AdvancedEventSelectors: advanced }, call) {
    const trail = ownTrailOf(account, TrailName, call.request.region);
    const selectors = given(basic, advanced);
    Object.assign(trail, { selectors });
    return { TrailARN: trailArn(account.id, trail), ...shownSelectors(selectors) };
  },
};

export const getEventSelectors: ReadOperation<GetEventSelectorsRequest, GetEventSelectorsResponse> = {
  kind: 'read',
  handle(account, { TrailName }, call) {
    const trail = trailOf(account, TrailName, call.request.region);
    return { TrailARN: trailArn(account.id, trail), ...shownSelectors(trail.selectors) };
  },
};

function given(
  basic: readonly EventSelector[] | undefined,
  advanced: readonly AdvancedEventSelector[] | undefined,
): TrailSelectors {
  if ((basic === undefined) === (advanced === undefined)) {
    throw invalid('Specify either EventSelectors or AdvancedEventSelectors, and not both.');
  }
  return advanced === undefined ? givenBasic(basic ?? []) : givenAdvanced(advanced);
}

function givenBasic(selectors: readonly EventSelector[]): TrailSelectors {
  const { selectorsPerTrail, dataResourcesPerTrail } = cloudtrailLimits;
  if (selectors.length === 0 || selectors.length > selectorsPerTrail) {
    throw invalid(`The number of event selectors must be between 1 and ${selectorsPerTrail}.`);
  }
  const values = selectors.flatMap(({ DataResources = [] }) => DataResources.flatMap(({ Values = [] }) => Values));
  if (values.length > dataResourcesPerTrail) {
    throw invalid(`The number of data resources must not exceed ${dataResourcesPerTrail}.`);
  }
  return { kind: 'basic', selectors: selectors.map(basicOf) };
}

function basicOf(selector: EventSelector): BasicSelector {
  const { DataResources = [], ExcludeManagementEventSources: excludedSources = [] } = selector;
  const source = excludedSources.find((each) => !EXCLUDABLE.includes(each));
  if (source !== undefined) throw invalid(`Management events of ${source} cannot be excluded.`);
  return {
    readWriteType: selector.ReadWriteType ?? 'All',
    includesManagementEvents: selector.IncludeManagementEvents ?? true,
    dataResources: DataResources.map(({ Type: type = '', Values: values = [] }) => {
      if (!BASIC_TYPES.includes(type)) throw invalid(`Value ${type} for DataResources.Type is invalid.`);
      const value = values.find((each) => !each.startsWith('arn:'));
      if (value !== undefined) throw invalid(`Value ${value} for DataResources.Values is invalid.`);
      return { type, values };
    }),
    excludedSources,
  };
}

function givenAdvanced(selectors: readonly AdvancedEventSelector[]): TrailSelectors {
  const { advancedValuesPerTrail } = cloudtrailLimits;
  if (selectors.length === 0) throw invalid('At least one advanced event selector must be specified.');
  const given = selectors.map(advancedOf);
  const values = given.flatMap(({ fields }) => fields.flatMap(({ operators }) => Object.values(operators).flat()));
  if (values.length > advancedValuesPerTrail) {
    throw invalid(`The number of values of all advanced event selectors must not exceed ${advancedValuesPerTrail}.`);
  }
  return { kind: 'advanced', selectors: given };
}

function advancedOf({ Name: name, FieldSelectors = [] }: AdvancedEventSelector): AdvancedSelector {
  const fields = FieldSelectors.map((selector) => {
    const { Field: field = '' } = selector;
    if (!FIELDS.includes(field)) throw invalid(`Field ${field} is not a valid field of an advanced event selector.`);
    const operators = Object.fromEntries(
      OPERATORS.flatMap((operator) => {
        const values = selector[operator] ?? [];
        return values.length === 0 ? [] : [[operator, values] as const];
      }),
    );
    if (Object.keys(operators).length === 0) throw invalid(`Field ${field} has no operator.`);
    return { field, operators };
  });
  const category = fields.find(({ field }) => field === 'eventCategory')?.operators['Equals'];
  const [only] = category ?? [];
  if (category?.length !== 1 || (only !== 'Management' && only !== 'Data')) {
    throw invalid('An advanced event selector must name one eventCategory, Management or Data, with Equals.');
  }
  if (only === 'Data' && !fields.some(({ field }) => field === 'resources.type')) {
    throw invalid('An advanced event selector for data events must name one resources.type.');
  }
  return { ...(name !== undefined && { name }), fields };
}
