/** TagResource and UntagResource. */
import type { Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager';
import type { ChangeOperation } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { secretsManagerLimits } from './limits.ts';
import { secretOf } from './secret-names.ts';
import type { SecretState } from './state.ts';

/** The tags after a request set some. @throws InvalidParameterException */
export function checkTags(added: readonly Tag[], current: SecretState['tags']): { Key: string; Value: string }[] {
  const tags = new Map(current.map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of added) {
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter('Tag keys must not start with aws:, which is reserved for AWS use.');
    }
    tags.set(Key, Value);
  }
  if (tags.size > secretsManagerLimits.tagsPerSecret) {
    throw invalidParameter(`A secret cannot have more than ${secretsManagerLimits.tagsPerSecret} tags.`);
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export const tagResource: ChangeOperation<TagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, { request: { region } }) {
    const secret = secretOf(account, input.SecretId, region);
    secret.tags = checkTags(input.Tags ?? [], secret.tags);
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, { request: { region } }) {
    const secret = secretOf(account, input.SecretId, region);
    const removed = input.TagKeys ?? [];
    secret.tags = secret.tags.filter(({ Key }) => !removed.includes(Key));
    return {};
  },
};
