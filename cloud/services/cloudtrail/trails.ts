/** Making, changing and describing trails. */
import type {
  CreateTrailRequest,
  CreateTrailResponse,
  DeleteTrailRequest,
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  GetInsightSelectorsRequest,
  GetTrailRequest,
  GetTrailResponse,
  ListTrailsRequest,
  ListTrailsResponse,
  UpdateTrailRequest,
  UpdateTrailResponse,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../errors.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import { checkBucket } from './bucket-check.ts';
import { cloudtrailLimits } from './limits.ts';
import { checkTrailName, findTrail, ownTrailOf, trailArn, trailKey, trailOf, trailsIn } from './names.ts';
import { defaultSelectors, shownSettings, shownTrail } from './shapes.ts';
import type { TrailState } from './state.ts';
import { checkedTags } from './tags.ts';

type Settings = Omit<UpdateTrailRequest, 'Name'>;

/** What trails can do at AWS, and not here. */
function checkOffered(input: Settings): void {
  const { SnsTopicName, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn, KmsKeyId, IsOrganizationTrail } = input;
  const asked = [SnsTopicName, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn, KmsKeyId].some(
    (value) => value !== undefined && value !== '',
  );
  if (!asked && !IsOrganizationTrail) return;
  throw new AwsError(
    'UnsupportedOperationException',
    'Trails of this sandbox write to S3 buckets only, and for one account: without topic, log group, key and organization.',
    { status: 400 },
  );
}

function checkPrefix(prefix: string | undefined): void {
  if (prefix === undefined || (prefix.length <= 200 && !prefix.startsWith('/'))) return;
  throw new AwsError('InvalidS3PrefixException', 'The S3 prefix is not valid.', { status: 400 });
}

function invalidCombination(): AwsError {
  return new AwsError(
    'InvalidParameterCombinationException',
    'Multi-Region trail must include global service events.',
    { status: 400 },
  );
}

export const createTrail: ProcessOperation<CreateTrailRequest, CreateTrailResponse> = {
  kind: 'process',
  *run(account, input, call) {
    const { Name: name = '', S3BucketName: bucket = '', S3KeyPrefix: keyPrefix, TagsList = [] } = input;
    const { region } = call.request;
    checkTrailName(name);
    checkOffered(input);
    checkPrefix(keyPrefix);
    const isMultiRegion = input.IsMultiRegionTrail ?? false;
    if (isMultiRegion && input.IncludeGlobalServiceEvents === false) throw invalidCombination();
    if (findTrail(account, name, region) !== undefined) {
      throw new AwsError('TrailAlreadyExistsException', `Trail ${name} already exists for customer: ${account.id}`, {
        status: 400,
      });
    }
    if (trailsIn(account.cloudtrail.trails, region).length >= cloudtrailLimits.trailsPerRegion) {
      throw new AwsError(
        'MaximumNumberOfTrailsExceededException',
        `User: ${account.id} already has ${cloudtrailLimits.trailsPerRegion} trails in ${region}.`,
        { status: 403 },
      );
    }
    const trail: TrailState = {
      name,
      homeRegion: region,
      bucket,
      ...(keyPrefix !== undefined && keyPrefix !== '' && { keyPrefix }),
      includesGlobalEvents: input.IncludeGlobalServiceEvents ?? true,
      isMultiRegion,
      validatesFiles: input.EnableLogFileValidation ?? false,
      isLogging: false,
      selectors: defaultSelectors,
      tags: checkedTags([], TagsList),
      delivery: { until: call.now, idle: 0 },
    };
    yield* checkBucket(trail, { arn: trailArn(account.id, trail), accountId: account.id });
    yield* changing(account.id, ({ cloudtrail }) => {
      Object.assign(cloudtrail.trails, { [trailKey(region, name)]: trail });
    });
    return shownSettings(account.id, trail);
  },
};

export const updateTrail: ProcessOperation<UpdateTrailRequest, UpdateTrailResponse> = {
  kind: 'process',
  *run(account, input, call) {
    const before = ownTrailOf(account, input.Name, call.request.region);
    checkOffered(input);
    checkPrefix(input.S3KeyPrefix);
    const { keyPrefix = '', ...rest } = before;
    const prefix = input.S3KeyPrefix ?? keyPrefix;
    const trail: TrailState = {
      ...rest,
      bucket: input.S3BucketName ?? before.bucket,
      ...(prefix !== '' && { keyPrefix: prefix }),
      includesGlobalEvents: input.IncludeGlobalServiceEvents ?? before.includesGlobalEvents,
      isMultiRegion: input.IsMultiRegionTrail ?? before.isMultiRegion,
      validatesFiles: input.EnableLogFileValidation ?? before.validatesFiles,
    };
    if (trail.isMultiRegion && !trail.includesGlobalEvents) throw invalidCombination();
    yield* checkBucket(trail, { arn: trailArn(account.id, trail), accountId: account.id });
    yield* changing(account.id, ({ cloudtrail }) => {
      Object.assign(cloudtrail.trails, { [trailKey(trail.homeRegion, trail.name)]: trail });
    });
    return shownSettings(account.id, trail);
  },
};

export const deleteTrail: ChangeOperation<DeleteTrailRequest, object> = {
  kind: 'change',
  handle(account, { Name }, call) {
    const { homeRegion, name } = ownTrailOf(account, Name, call.request.region);
    delete account.cloudtrail.trails[trailKey(homeRegion, name)];
    return {};
  },
};

export const getTrail: ReadOperation<GetTrailRequest, GetTrailResponse> = {
  kind: 'read',
  handle: (account, { Name }, call) => ({ Trail: shownTrail(account.id, trailOf(account, Name, call.request.region)) }),
};

/** Names that lead to no trail are passed over. */
export const describeTrails: ReadOperation<DescribeTrailsRequest, DescribeTrailsResponse> = {
  kind: 'read',
  handle(account, { trailNameList: names = [], includeShadowTrails = true }, call) {
    const { region } = call.request;
    const trails =
      names.length === 0
        ? trailsIn(account.cloudtrail.trails, region)
        : names.flatMap((name) => findTrail(account, name, region) ?? []);
    return {
      trailList: trails
        .filter(({ homeRegion }) => includeShadowTrails || homeRegion === region)
        .map((trail) => shownTrail(account.id, trail)),
    };
  },
};

/** The trails of all regions, on one page: there are few. */
export const listTrails: ReadOperation<ListTrailsRequest, ListTrailsResponse> = {
  kind: 'read',
  handle: (account) => ({
    Trails: Object.values(account.cloudtrail.trails)
      .sort((a, b) => (trailArn(account.id, a) < trailArn(account.id, b) ? -1 : 1))
      .map((trail) => ({ TrailARN: trailArn(account.id, trail), Name: trail.name, HomeRegion: trail.homeRegion })),
  }),
};

/** No trail of a sandbox looks for unusual activity. */
export const getInsightSelectors: ReadOperation<GetInsightSelectorsRequest, never> = {
  kind: 'read',
  handle(account, { TrailName }, call) {
    const { name } = trailOf(account, TrailName, call.request.region);
    throw new AwsError('InsightNotEnabledException', `Trail ${name} does not have Insights enabled.`, { status: 400 });
  },
};
