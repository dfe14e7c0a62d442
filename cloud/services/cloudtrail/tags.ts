/** Tags of trails. */
import type {
  AddTagsRequest,
  ListTagsRequest,
  ListTagsResponse,
  RemoveTagsRequest,
  Tag,
} from '@aws-sdk/client-cloudtrail';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { findTrail, ownTrailOf } from './names.ts';
import type { TrailState } from './state.ts';

type TagList = TrailState['tags'];

const TAGS = 50;

/** The tags after some were set. @throws AwsError InvalidTagParameterException, TagsLimitExceededException */
export function checkedTags(current: TagList, added: readonly Tag[]): { Key: string; Value: string }[] {
  const tags = new Map(current.map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of added) {
    if (Key.toLowerCase().startsWith('aws:')) {
      throw new AwsError('InvalidTagParameterException', `Tag keys beginning with aws: are reserved: ${Key}`, {
        status: 400,
      });
    }
    tags.set(Key, Value);
  }
  if (tags.size > TAGS) {
    throw new AwsError('TagsLimitExceededException', `The number of tags exceeds the limit of ${TAGS}.`, {
      status: 400,
    });
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Tags are asked for by ARN alone. @throws AwsError CloudTrailARNInvalidException */
function checkArn(arn: string | undefined): string {
  if (arn?.startsWith('arn:')) return arn;
  throw new AwsError('CloudTrailARNInvalidException', `Invalid trail ARN: ${arn}`, { status: 400 });
}

export const addTags: ChangeOperation<AddTagsRequest, object> = {
  kind: 'change',
  handle(account, { ResourceId, TagsList = [] }, call) {
    const trail = ownTrailOf(account, checkArn(ResourceId), call.request.region);
    trail.tags = checkedTags(trail.tags, TagsList);
    return {};
  },
};

/** A tag whose value is named is taken away only where it has this value. */
export const removeTags: ChangeOperation<RemoveTagsRequest, object> = {
  kind: 'change',
  handle(account, { ResourceId, TagsList = [] }, call) {
    const trail = ownTrailOf(account, checkArn(ResourceId), call.request.region);
    const isGone = (tag: TagList[number]) =>
      TagsList.some(({ Key, Value }) => Key === tag.Key && (Value === undefined || Value === tag.Value));
    trail.tags = trail.tags.filter((tag) => !isGone(tag));
    return {};
  },
};

export const listTags: ReadOperation<ListTagsRequest, ListTagsResponse> = {
  kind: 'read',
  handle: (account, { ResourceIdList = [] }, call) => ({
    ResourceTagList: ResourceIdList.map((ResourceId) => ({
      ResourceId,
      TagsList: [...tagged(account, checkArn(ResourceId), call.request.region).tags],
    })),
  }),
};

function tagged(account: Account, arn: string, region: string): TrailState {
  const trail = findTrail(account, arn, region);
  if (trail !== undefined) return trail;
  throw new AwsError('ResourceNotFoundException', `The specified resource ${arn} could not be found.`, { status: 400 });
}
