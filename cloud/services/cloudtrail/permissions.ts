/** What the rule for permissions cannot tell of trails. */
import type { Tags } from '../../../iam/model.ts';
import { own } from '../../own.ts';
import type { ResourceRules } from '../../service.ts';
import type { World } from '../../world.ts';
import { trailKey } from './names.ts';

/** Trails whose tags are listed together; of a name in place of an ARN the rule knows. */
export const cloudtrailResources: ResourceRules = {
  named(input, _facts, { type, operation }) {
    if (operation !== 'ListTags') return undefined;
    const ids = input['ResourceIdList'];
    if (type !== 'trail' || !Array.isArray(ids)) return [];
    return ids.filter((id): id is string => typeof id === 'string' && id.startsWith('arn:'));
  },
  tagsOf,
};

function tagsOf(world: World, arn: string): Tags | undefined {
  const [, region, accountId, name] = /^arn:[^:]+:cloudtrail:([^:]+):(\d{12}):trail\/(.+)$/.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || name === undefined) return undefined;
  const account = own(world.accounts, accountId);
  const trail = account && own(account.cloudtrail.trails, trailKey(region, name));
  return trail && Object.fromEntries(trail.tags.map(({ Key, Value }) => [Key, Value]));
}
