/** TagResource, UntagResource, ListTagsOfResource. */
import type {
  ListTagsOfResourceInput,
  ListTagsOfResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-dynamodb';
import { readToken, writeToken } from '../../opaque-token.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { invalidValues, validation } from './errors.ts';
import { dynamoDbLimits } from './limits.ts';
import type { TableState } from './state.ts';
import { tableAt } from './tables.ts';

/** How many ListTagsOfResource answers at once (Amazon DynamoDB API Reference: ten). */
const pageSize = 10;
const tokenMark = 'tag after ';

/** The tags after some are set. @throws ValidationException */
export function checkTags(added: readonly Tag[], current: TableState['tags']): { Key: string; Value: string }[] {
  const keys = added.map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) throw invalidValues('Duplicate tag keys provided in the request');
  const reserved = keys.find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) {
    throw invalidValues(`Tag keys starting with aws: are reserved for system use: ${reserved}`);
  }
  const tags = new Map([...current, ...added].map(({ Key = '', Value = '' }) => [Key, Value]));
  if (tags.size > dynamoDbLimits.tagsPerTable) {
    throw validation(`Too many tags: ${tags.size}. The maximum is ${dynamoDbLimits.tagsPerTable}`);
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export const tagResource: ChangeOperation<TagResourceInput, Record<string, never>> = {
  kind: 'change',
  handle(account, { ResourceArn, Tags = [] }, { request: { region } }) {
    const table = tableAt(account, ResourceArn, region);
    table.tags = checkTags(Tags, table.tags);
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceInput, Record<string, never>> = {
  kind: 'change',
  handle(account, { ResourceArn, TagKeys = [] }, { request: { region } }) {
    const table = tableAt(account, ResourceArn, region);
    table.tags = table.tags.filter(({ Key }) => !TagKeys.includes(Key));
    return {};
  },
};

export const listTagsOfResource: ReadOperation<ListTagsOfResourceInput, ListTagsOfResourceOutput> = {
  kind: 'read',
  handle(account, { ResourceArn, NextToken }, { request: { region } }) {
    const { tags } = tableAt(account, ResourceArn, region);
    const after = NextToken === undefined ? '' : readToken(tokenMark, NextToken);
    if (after === undefined) throw validation('Invalid NextToken');
    const left = tags.filter(({ Key }) => Key > after).sort((a, b) => (a.Key < b.Key ? -1 : 1));
    const page = left.slice(0, pageSize);
    const last = page.at(-1);
    return {
      Tags: page.map(({ Key, Value }) => ({ Key, Value })),
      ...(last !== undefined && left.length > page.length && { NextToken: writeToken(tokenMark, last.Key) }),
    };
  },
};
