/** Tags of parameters. */
import type {
  AddTagsToResourceRequest,
  ListTagsForResourceRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
  Tag,
} from '@aws-sdk/client-ssm';
import type { AccountDraft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { validationException } from './errors.ts';
import { parameterKey } from './parameters.ts';
import { onParameter, requestTagContext } from './permissions.ts';
import type { ParameterState } from './state.ts';

type TagList = ParameterState['tags'];

const tagsPerResource = 50;

/** The tags after a request set some. Throws `ValidationException`, `TooManyTagsError`. */
export function checkTags(added: readonly Tag[], current: TagList): { Key: string; Value: string }[] {
  const tags = new Map(current.map(({ Key, Value }) => [Key, Value]));
  for (const { Key = '', Value = '' } of added) {
    if (Key.toLowerCase().startsWith('aws:')) {
      throw validationException(`aws: prefixed tag key names are not allowed for external use: ${Key}`);
    }
    tags.set(Key, Value);
  }
  if (tags.size > tagsPerResource) {
    throw new AwsError('TooManyTagsError', `The number of tags exceeds the limit of ${tagsPerResource}.`, {
      status: 400,
    });
  }
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

interface TagInput {
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/** Throws `InvalidResourceType` for what is no parameter, `InvalidResourceId` where there is none. */
function tagged<Parameter>(
  parameters: Readonly<Record<string, Parameter>>,
  input: TagInput,
  region: string,
): Parameter {
  if (input.ResourceType !== 'Parameter') {
    throw new AwsError('InvalidResourceType', 'The resource type is not valid. Only parameters are offered here.', {
      status: 400,
    });
  }
  const parameter = own(parameters, parameterKey(region, input.ResourceId ?? ''));
  if (parameter === undefined) {
    throw new AwsError(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
      {
        status: 400,
      },
    );
  }
  return parameter;
}

export const addTagsToResource: ChangeOperation<AddTagsToResourceRequest, Record<string, never>> = {
  kind: 'change',
  permissions: (input, facts) => [
    onParameter('ssm:AddTagsToResource', input.ResourceId ?? '', facts, requestTagContext(input.Tags ?? [])),
  ],
  handle(account: AccountDraft, input, call) {
    const parameter = tagged(account.ssm.parameters, input, call.request.region);
    parameter.tags = checkTags(input.Tags ?? [], parameter.tags);
    return {};
  },
};

export const removeTagsFromResource: ChangeOperation<RemoveTagsFromResourceRequest, Record<string, never>> = {
  kind: 'change',
  permissions: (input, facts) => [
    onParameter('ssm:RemoveTagsFromResource', input.ResourceId ?? '', facts, { 'aws:TagKeys': input.TagKeys ?? [] }),
  ],
  handle(account: AccountDraft, input, call) {
    const parameter = tagged(account.ssm.parameters, input, call.request.region);
    const removed = input.TagKeys ?? [];
    parameter.tags = parameter.tags.filter(({ Key }) => !removed.includes(Key));
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResult> = {
  kind: 'read',
  permissions: (input, facts) => [onParameter('ssm:ListTagsForResource', input.ResourceId ?? '', facts)],
  handle(account: Account, input, call) {
    return { TagList: [...tagged(account.ssm.parameters, input, call.request.region).tags] };
  },
};
