/** Tags of event buses and rules. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge';
import type { AccountDraft, Call } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { shownByName, stateKey } from '../../state-key.ts';
import { busStateOf, changedBus } from './buses.ts';
import { notFound, validation } from './errors.ts';
import { placeOfBusArn, placeOfRuleArn, ruleOf } from './names.ts';
import { withTags } from './tag-rules.ts';

type TagsByKey = Readonly<Record<string, string>>;

/** What an ARN names, which must be of the region that the request is for. @throws ValidationException, ResourceNotFoundException */
function named(arn: string | undefined, { request }: Call) {
  const rule = placeOfRuleArn(arn ?? '');
  const bus = placeOfBusArn(arn ?? '');
  if (rule === undefined && bus === undefined) throw validation('Provided Arn is not in correct format.');
  if ((rule ?? bus)?.region !== request.region) throw notFound(`Resource ${arn} does not exist.`);
  return { bus: bus?.name, ...(rule && { rule: { name: rule.name, bus: rule.bus } }) };
}

function tagged(account: AccountDraft, arn: string | undefined, call: Call): { tags: TagsByKey } {
  const { bus, rule } = named(arn, call);
  return rule === undefined ? changedBus(account, bus, call) : ruleOf(account, rule, call.request.region);
}

export const tagResource: ChangeOperation<TagResourceRequest, object> = {
  kind: 'change',
  handle(account, { ResourceARN, Tags }, call) {
    const resource = tagged(account, ResourceARN, call);
    resource.tags = withTags(resource.tags, Tags ?? []);
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, object> = {
  kind: 'change',
  handle(account, { ResourceARN, TagKeys = [] }, call) {
    const resource = tagged(account, ResourceARN, call);
    const gone = new Set(TagKeys.map(stateKey));
    resource.tags = Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key)));
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  kind: 'read',
  handle(account, { ResourceARN }, call) {
    const { bus, rule } = named(ResourceARN, call);
    const { region } = call.request;
    const { tags } = rule === undefined ? busStateOf(account, bus, region) : ruleOf(account, rule, region);
    return { Tags: Object.entries(shownByName(tags)).map(([Key, Value]) => ({ Key, Value })) };
  },
};
