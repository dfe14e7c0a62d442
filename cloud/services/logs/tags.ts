/** Tags of log groups, in the older form by name and the newer one by ARN. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  ListTagsLogGroupRequest,
  ListTagsLogGroupResponse,
  TagLogGroupRequest,
  TagResourceRequest,
  UntagLogGroupRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../../errors.ts';
import { define } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { invalidParameter, noSuchGroup } from './errors.ts';
import { groupOf, placeOfArn } from './names.ts';
import type { LogGroupState } from './state.ts';

type TagList = LogGroupState['tags'];
type TagMap = Readonly<Record<string, string>>;

/** Tags of one group (CloudWatch Logs API, TagResource). */
const MOST = 50;

/** The tags after some were set. @throws AwsError InvalidParameterException, or the one given where they are too many */
export function withTags(current: TagList, set: TagMap, tooMany: AwsError): { key: string; value: string }[] {
  const tags = new Map(current.map(({ key, value }) => [key, value]));
  for (const [key, value] of Object.entries(set)) {
    if (key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter(`aws: prefixed tag key names are not allowed for external use: ${key}`);
    }
    tags.set(key, value);
  }
  if (tags.size > MOST) throw tooMany;
  return [...tags].map(([key, value]) => ({ key, value }));
}

export function shownTags(tags: TagList): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const { key, value } of tags) define(shown, key, value);
  return shown;
}

export function tooManyTags(): AwsError {
  return invalidParameter(`The number of tags exceeds the limit of ${MOST}.`);
}

const tooManyForResource = new AwsError('TooManyTagsException', `The number of tags exceeds the limit of ${MOST}.`, {
  status: 400,
});

export const tagLogGroup: ChangeOperation<TagLogGroupRequest, object> = {
  kind: 'change',
  handle({ logs }, { tags = {}, ...input }, call) {
    const group = groupOf(logs, input, call.request.region);
    group.tags = withTags(group.tags, tags, tooManyTags());
    return {};
  },
};

export const untagLogGroup: ChangeOperation<UntagLogGroupRequest, object> = {
  kind: 'change',
  handle({ logs }, { tags = [], ...input }, call) {
    const group = groupOf(logs, input, call.request.region);
    group.tags = group.tags.filter(({ key }) => !tags.includes(key));
    return {};
  },
};

export const listTagsLogGroup: ReadOperation<ListTagsLogGroupRequest, ListTagsLogGroupResponse> = {
  kind: 'read',
  handle: ({ logs }, input, call) => ({ tags: shownTags(groupOf(logs, input, call.request.region).tags) }),
};

/** A tagged group, by its ARN without `:*` (Service Authorization Reference). */
function groupOfArn<Group extends LogGroupState>(
  logs: { readonly groups: Readonly<Record<string, Group>> },
  arn: string | undefined,
): Group {
  const place = placeOfArn(arn ?? '');
  if (place === undefined) throw noSuchGroup();
  return groupOf(logs, { logGroupName: place.name }, place.region);
}

export const tagResource: ChangeOperation<TagResourceRequest, object> = {
  kind: 'change',
  handle({ logs }, { resourceArn, tags = {} }) {
    const group = groupOfArn(logs, resourceArn);
    group.tags = withTags(group.tags, tags, tooManyForResource);
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, object> = {
  kind: 'change',
  handle({ logs }, { resourceArn, tagKeys = [] }) {
    const group = groupOfArn(logs, resourceArn);
    group.tags = group.tags.filter(({ key }) => !tagKeys.includes(key));
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  kind: 'read',
  handle: ({ logs }, { resourceArn }) => ({ tags: shownTags(groupOfArn(logs, resourceArn).tags) }),
};
