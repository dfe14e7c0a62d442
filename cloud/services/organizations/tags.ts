/** Tags of roots, units, accounts, policies and the resource policy. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-organizations';
import type { Draft } from '../../call.ts';
import { own } from '../../own.ts';
import { changing, reading } from './authority.ts';
import { constraintViolation, invalidInput, organizationsError } from './errors.ts';
import { organizationsLimits } from './limits.ts';
import { findTarget } from './membership.ts';
import type { OrganizationState, OrganizationTag } from './state.ts';

/** The tags after a request sets some. @throws InvalidInputException, ConstraintViolationException */
function withTags(current: readonly OrganizationTag[], added: readonly Tag[]): readonly OrganizationTag[] {
  const keys = new Set(added.map(({ Key = '' }) => Key));
  if (keys.size < added.length) throw invalidInput('DUPLICATE_TAG_KEY', 'Tag keys must be unique.');
  if ([...keys].some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw invalidInput('INVALID_SYSTEM_TAGS_PARAMETER', 'You cannot add or edit tags that begin with aws:.');
  }
  const tags = new Map(current.map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of added) tags.set(Key, Value);
  const most = organizationsLimits.tagsPerResource;
  if (tags.size > most) {
    throw constraintViolation('MAX_TAG_LIMIT_EXCEEDED', `You have exceeded the number of tags allowed: ${most}.`);
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** Sets tags of what has this id. @throws InvalidInputException, ConstraintViolationException */
export function setTags(organization: Draft<OrganizationState>, id: string, added: readonly Tag[] = []): void {
  if (added.length === 0) return;
  organization.tags = { ...organization.tags, [id]: withTags(organization.tags?.[id] ?? [], added) };
}

/** Forgets the tags of what is taken away. */
export function dropTags(organization: Draft<OrganizationState>, id: string): void {
  if (organization.tags === undefined) return;
  const { [id]: _dropped, ...left } = organization.tags;
  organization.tags = left;
}

/** AWS's own policies have no tags. @throws TargetNotFoundException */
function taggable(organization: OrganizationState, id = ''): string {
  const isThere =
    findTarget(organization, id) !== undefined ||
    own(organization.policies, id) !== undefined ||
    organization.resourcePolicy?.id === id;
  if (!isThere) throw organizationsError('TargetNotFoundException');
  return id;
}

export const tagResource = changing(
  'TagResource',
  'delegates',
  (organization, input: TagResourceRequest): Record<string, never> => {
    setTags(organization, taggable(organization, input.ResourceId), input.Tags);
    return {};
  },
);

export const untagResource = changing(
  'UntagResource',
  'delegates',
  (organization, input: UntagResourceRequest): Record<string, never> => {
    const id = taggable(organization, input.ResourceId);
    const removed = new Set(input.TagKeys);
    const left = (organization.tags?.[id] ?? []).filter(({ Key }) => !removed.has(Key));
    if (left.length === 0) dropTags(organization, id);
    else organization.tags = { ...organization.tags, [id]: left };
    return {};
  },
);

export const listTagsForResource = reading(
  'ListTagsForResource',
  'administrators',
  (organization, input: ListTagsForResourceRequest): ListTagsForResourceResponse => ({
    Tags: (own(organization.tags ?? {}, taggable(organization, input.ResourceId)) ?? []).map((tag) => ({ ...tag })),
  }),
);
