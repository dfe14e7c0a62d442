/** Tags of parameters, documents and executions of runbooks. */
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
import type { ChangeOperation, Permission, PermissionFacts, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { onExecution } from './automation/permissions.ts';
import { documentKey } from './documents/finding.ts';
import { onDocument } from './documents/permissions.ts';
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

interface Tagged<Tags> {
  tags: Tags;
}

/** What carries tags here, by the resource type of a request. */
interface TaggedTables<Tags> {
  readonly parameters: Readonly<Record<string, Tagged<Tags>>>;
  readonly documents: Readonly<Record<string, Tagged<Tags>>>;
  readonly executions: Readonly<Record<string, Tagged<Tags>>>;
}

/** Throws `InvalidResourceType` for what is not offered, `InvalidResourceId` where there is none. */
function tagged<Tags>(tables: TaggedTables<Tags>, input: TagInput, region: string): Tagged<Tags> {
  const { ResourceId: id = '' } = input;
  const found = taggedOf(tables, input.ResourceType, id, region);
  if (found !== undefined) return found;
  throw new AwsError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    { status: 400 },
  );
}

function taggedOf<Tags>(tables: TaggedTables<Tags>, type: string | undefined, id: string, region: string) {
  switch (type) {
    case 'Parameter':
      return own(tables.parameters, parameterKey(region, id));
    case 'Document':
      return own(tables.documents, documentKey(region, id));
    case 'Automation':
      return own(tables.executions, id);
    default:
      throw new AwsError(
        'InvalidResourceType',
        'The resource type is not valid. Only parameters, documents and automation executions are offered here.',
        { status: 400 },
      );
  }
}

function onTagged(action: string, input: TagInput, facts: PermissionFacts, context: Permission['context'] = {}) {
  const { ResourceType: type, ResourceId: id = '' } = input;
  if (type === 'Document') return [onDocument(action, id, facts, context)];
  if (type === 'Automation') return onExecution(action, context)({ AutomationExecutionId: id }, facts);
  return [onParameter(action, id, facts, context)];
}

export const addTagsToResource: ChangeOperation<AddTagsToResourceRequest, Record<string, never>> = {
  kind: 'change',
  permissions: (input, facts) => onTagged('ssm:AddTagsToResource', input, facts, requestTagContext(input.Tags ?? [])),
  handle(account: AccountDraft, input, call) {
    const resource = tagged(account.ssm, input, call.request.region);
    resource.tags = checkTags(input.Tags ?? [], resource.tags);
    return {};
  },
};

export const removeTagsFromResource: ChangeOperation<RemoveTagsFromResourceRequest, Record<string, never>> = {
  kind: 'change',
  permissions: (input, facts) =>
    onTagged('ssm:RemoveTagsFromResource', input, facts, { 'aws:TagKeys': input.TagKeys ?? [] }),
  handle(account: AccountDraft, input, call) {
    const resource = tagged(account.ssm, input, call.request.region);
    const removed = input.TagKeys ?? [];
    resource.tags = resource.tags.filter(({ Key }) => !removed.includes(Key));
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResult> = {
  kind: 'read',
  permissions: (input, facts) => onTagged('ssm:ListTagsForResource', input, facts),
  handle(account: Account, input, call) {
    return { TagList: [...tagged<TagList>(account.ssm, input, call.request.region).tags] };
  },
};
