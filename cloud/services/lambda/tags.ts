/** Tags of functions and event source mappings. */
import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { shownByName, stateKey } from '../../state-key.ts';
import type { Account } from '../../world.ts';
import { invalidParameter, noSuchResource } from './errors.ts';
import { findFunction } from './finding.ts';
import { regionalKey } from './names.ts';
import { checkTags } from './tag-rules.ts';

interface Tagged {
  tags: Readonly<Record<string, string>>;
}

/** @throws ResourceNotFoundException, InvalidParameterValueException */
function taggedBy(account: Account | AccountDraft, arn: string, region: string): Tagged {
  const uuid = /:event-source-mapping:([0-9a-f-]+)$/i.exec(arn)?.[1];
  if (uuid !== undefined) {
    const mapping = own<Tagged>(account.lambda.mappings as Record<string, Tagged>, regionalKey(region, uuid));
    if (mapping === undefined) throw noSuchResource();
    return mapping;
  }
  const { found, qualifier } = findFunction(account as AccountDraft, { FunctionName: arn }, region);
  if (qualifier !== undefined) {
    throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  }
  return found;
}

export const tagResource: ChangeOperation<TagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const tagged = taggedBy(account, input.Resource ?? '', call.request.region);
    tagged.tags = checkTags(tagged.tags, input.Tags ?? {});
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const tagged = taggedBy(account, input.Resource ?? '', call.request.region);
    const gone = new Set((input.TagKeys ?? []).map(stateKey));
    tagged.tags = Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !gone.has(key)));
    return {};
  },
};

export const listTags: ReadOperation<ListTagsRequest, ListTagsResponse> = {
  kind: 'read',
  handle: (account, input, call) => ({
    Tags: shownByName(taggedBy(account, input.Resource ?? '', call.request.region).tags),
  }),
};
