/** Tags of analyzers. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-accessanalyzer';
import type { Tags } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { shownByName, stateKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { validationException } from './errors.ts';
import { analyzerAt, analyzerKey, keepAnalyzer, partsOf } from './names.ts';
import type { AnalyzerState } from './state.ts';

const TAGS = 50;

/** The tags after some were set. @throws AwsError ValidationException */
export function checkedTags(
  current: AnalyzerState['tags'],
  added: Readonly<Record<string, string>>,
): AnalyzerState['tags'] {
  const reserved = Object.keys(added).find((key) => key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined)
    throw validationException('tags', `Tag keys beginning with aws: are reserved: ${reserved}`);
  const tags = {
    ...current,
    ...Object.fromEntries(Object.entries(added).map(([key, value]) => [stateKey(key), value])),
  };
  if (Object.keys(tags).length > TAGS) throw validationException('tags', `A resource has at most ${TAGS} tags.`);
  return tags;
}

export const tagResource: ChangeOperation<TagResourceRequest, object> = {
  kind: 'change',
  handle(account, { resourceArn, tags = {} }, call) {
    const analyzer = analyzerAt(account, call.request.region, resourceArn);
    keepAnalyzer(account, { ...analyzer, tags: checkedTags(analyzer.tags, tags) });
    return {};
  },
};

export const untagResource: ChangeOperation<UntagResourceRequest, object> = {
  kind: 'change',
  handle(account, { resourceArn, tagKeys = [] }, call) {
    const analyzer = analyzerAt(account, call.request.region, resourceArn);
    const gone = new Set(tagKeys.map(stateKey));
    const tags = Object.fromEntries(Object.entries(analyzer.tags).filter(([key]) => !gone.has(key)));
    keepAnalyzer(account, { ...analyzer, tags });
    return {};
  },
};

export const listTagsForResource: ReadOperation<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  kind: 'read',
  handle: (account, { resourceArn }, call) => ({
    tags: shownByName(analyzerAt(account, call.request.region, resourceArn).tags),
  }),
};

/** Of an analyzer, by its ARN. */
export function tagsOf(world: World, arn: string): Tags | undefined {
  const parts = partsOf(arn);
  const account = parts && own(world.accounts, parts.accountId);
  const analyzer = account && own(account.accessanalyzer.analyzers, analyzerKey(parts));
  return analyzer && shownByName(analyzer.tags);
}
