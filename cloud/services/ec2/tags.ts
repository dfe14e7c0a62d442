/** Tags of resources of every kind. */
import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  Tag,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { ec2Error, missingParameter, unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { prefixOf, typeOfId } from './ids.ts';
import { ec2Limits } from './limits.ts';
import { pageOf } from './pages.ts';
import { regionDraft, regionOf } from './regions.ts';
import { hasResource } from './resources.ts';
import type { RegionState, TagList } from './state.ts';

/** The tags of a resource, in the order in which they were set. */
export function tagsOf(region: RegionState, id: string): TagList {
  return own(region.tags, id) ?? [];
}

/** As answers show them. */
export function shownTags(region: RegionState, id: string): Tag[] {
  return tagsOf(region, id).map(({ Key, Value }) => ({ Key, Value }));
}

/** Sets tags of a resource. @throws AwsError `InvalidParameterValue`, `TagLimitExceeded` */
export function setTags(region: Draft<RegionState>, id: string, added: readonly Tag[]): void {
  const tags = new Map(tagsOf(region, id).map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of added) {
    if (Key === '') throw missingParameter('Tag.Key');
    if (Key.toLowerCase().startsWith('aws:')) {
      throw ec2Error('InvalidParameterValue', 'Tag keys starting with "aws:" are reserved for internal use');
    }
    if (Key.length > 127) throw tooLong('key', 127);
    if (Value.length > 255) throw tooLong('value', 255);
    tags.set(Key, Value);
  }
  if (tags.size > ec2Limits.tagsPerResource) {
    throw ec2Error(
      'TagLimitExceeded',
      `The maximum number of Tags for a resource has been reached. (${ec2Limits.tagsPerResource})`,
    );
  }
  if (tags.size > 0) region.tags[id] = [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function tooLong(part: 'key' | 'value', longest: number) {
  return ec2Error('InvalidParameterValue', `Tag ${part} exceeds the maximum length of ${longest} characters`);
}

/** The tags that a request gives to new resources of a type. @throws AwsError for a type that the operation does not make */
export function tagsFor(
  specifications: readonly TagSpecification[] | undefined,
  type: string,
  made: readonly string[] = [type],
): readonly Tag[] {
  const list = specifications ?? [];
  for (const { ResourceType = '', Tags = [] } of list) {
    if (!made.includes(ResourceType)) {
      throw ec2Error(
        'InvalidParameterValue',
        `'${ResourceType}' is not a valid taggable resource type for this operation.`,
      );
    }
    if (Tags.length === 0) throw ec2Error('InvalidParameterValue', 'Tag specification must have at least one tag');
  }
  return list.filter(({ ResourceType }) => ResourceType === type).flatMap(({ Tags = [] }) => Tags);
}

function checkResources(region: RegionState, ids: readonly string[]): void {
  for (const id of ids) {
    if (typeOfId(id) === undefined) throw ec2Error('InvalidID', `The ID '${id}' is not valid`);
    if (!hasResource(region, id)) throw unknownId(prefixOf(id), id);
  }
}

export const createTags: ChangeOperation<CreateTagsRequest, object> = {
  kind: 'change',
  handle(account, { Resources = [], Tags = [] }, call) {
    if (Resources.length === 0) throw missingParameter('resourceIdSet');
    if (Tags.length === 0) throw missingParameter('tagSet');
    const region = regionDraft(account, call.request.region);
    checkResources(region, Resources);
    for (const id of Resources) setTags(region, id, Tags);
    return {};
  },
};

/** A tag that is given with its value goes only where it has that value; without tags all go but those of AWS's own. */
export const deleteTags: ChangeOperation<DeleteTagsRequest, object> = {
  kind: 'change',
  handle(account, { Resources = [], Tags }, call) {
    if (Resources.length === 0) throw missingParameter('resourceIdSet');
    const region = regionDraft(account, call.request.region);
    checkResources(region, Resources);
    for (const id of Resources) {
      const isTaken = ({ Key, Value }: { readonly Key: string; readonly Value: string }) =>
        Tags === undefined || Tags.some((tag) => tag.Key === Key && (tag.Value === undefined || tag.Value === Value));
      const left = tagsOf(region, id).filter((tag) => !isTaken(tag));
      if (left.length > 0) region.tags[id] = [...left];
      else delete region.tags[id];
    }
    return {};
  },
};

export const describeTags: ReadOperation<DescribeTagsRequest, DescribeTagsResult> = {
  kind: 'read',
  handle(account, input, call) {
    const region = regionOf(account, call.request.region);
    const all = Object.entries(region.tags).flatMap(([id, tags]) => tags.map((tag) => ({ id, ...tag })));
    const found = filtered(
      all,
      input.Filters,
      {
        key: ({ Key }) => Key,
        value: ({ Value }) => Value,
        'resource-id': ({ id }) => id,
        'resource-type': ({ id }) => typeOfId(id),
      },
      ({ Key, Value }) => [{ Key, Value }],
    );
    const { items, NextToken } = pageOf(found, input, ({ id, Key }) => `${id} ${Key}`);
    return {
      Tags: items.map(({ id, Key, Value }) => ({
        Key,
        Value,
        ResourceId: id,
        ResourceType: typeOfId(id) as NonNullable<DescribeTagsResult['Tags']>[number]['ResourceType'],
      })),
      NextToken,
    };
  },
};
