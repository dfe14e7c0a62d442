/** Tags of identity pools. */
import type {
  ListTagsForResourceInput,
  ListTagsForResourceResponse,
  TagResourceInput,
  TagResourceResponse,
  UntagResourceInput,
  UntagResourceResponse,
} from '@aws-sdk/client-cognito-identity';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName, stateKey } from '../../state-key.ts';
import { invalidParameter } from './errors.ts';
import { poolOf } from './finding.ts';
import { cognitoIdentityLimits } from './limits.ts';

/** The tags after a request set some, as the state keeps them. @throws InvalidParameterException */
export function checkTags(
  current: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const key of Object.keys(added)) {
    if (/^aws:/i.test(key)) throw invalidParameter(`Tag keys that begin with aws: are reserved: ${key}`);
  }
  const tags = { ...shownByName(current), ...added };
  const most = cognitoIdentityLimits.tagsPerPool;
  if (Object.keys(tags).length > most) throw invalidParameter(`A resource has at most ${most} tags.`);
  return keptByKey(tags);
}

/** @throws ResourceNotFoundException, InvalidParameterException */
function poolIdOf(arn = ''): string {
  const id = /:identitypool\/(.+)$/.exec(arn)?.[1];
  if (id === undefined) throw invalidParameter(`Invalid resource ARN: ${arn}`);
  return id;
}

export const tagResource: ChangeOperation<TagResourceInput, TagResourceResponse> = {
  kind: 'change',
  handle(account, { ResourceArn, Tags }, call) {
    const pool = poolOf(account, poolIdOf(ResourceArn), call.request.region);
    pool.tags = checkTags(pool.tags, Tags ?? {});
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceInput, UntagResourceResponse> = {
  kind: 'change',
  handle(account, { ResourceArn, TagKeys }, call) {
    const pool = poolOf(account, poolIdOf(ResourceArn), call.request.region);
    const gone = new Set((TagKeys ?? []).map(stateKey));
    pool.tags = Object.fromEntries(Object.entries(pool.tags).filter(([key]) => !gone.has(key)));
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceInput, ListTagsForResourceResponse> = {
  kind: 'read',
  handle: (account, { ResourceArn }, call) => ({
    Tags: shownByName(poolOf(account, poolIdOf(ResourceArn), call.request.region).tags),
  }),
};
