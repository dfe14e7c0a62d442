/** Which nodes a request is for: by their ids, or by targets (`InstanceIds`, `tag:…`, `tag-key`). */
import type { Target } from '@aws-sdk/client-ssm';
import type { Account } from '../../../world.ts';
import { regionOf } from '../../ec2/regions.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { validationException } from '../errors.ts';

export interface NodeChoice {
  readonly InstanceIds?: readonly string[] | undefined;
  readonly Targets?: readonly Target[] | undefined;
}

/** Ids as they were named, and of what matches every target; instances that are gone are not found by tags. */
export function targetedNodes({ InstanceIds = [], Targets = [] }: NodeChoice, account: Account, region: string) {
  if (InstanceIds.length > 0) return [...new Set(InstanceIds)];
  if (Targets.length === 0) return [];
  const [first, ...others] = Targets.map((target) => new Set(nodesOf(target, account, region)));
  return [...(first ?? [])].filter((id) => others.every((nodes) => nodes.has(id))).sort();
}

function nodesOf({ Key: key = '', Values: values = [] }: Target, account: Account, region: string): readonly string[] {
  const state = regionOf(account, region);
  const there = Object.values(state.instances).filter((instance) => instance.state !== 'terminated');
  if (key.toLowerCase() === 'instanceids') {
    return values.includes('*') ? there.map(({ id }) => id) : values;
  }
  const tag = /^tag:(.+)$/s.exec(key)?.[1];
  const matches = ({ id }: { readonly id: string }) =>
    tagsOf(state, id).some(({ Key, Value }) =>
      tag === undefined ? values.includes(Key) : Key === tag && (values.length === 0 || values.includes(Value)),
    );
  return there.filter(matches).map(({ id }) => id);
}

/** @throws ValidationException for none or both, or a key that is not known */
export function checkChoice({ InstanceIds = [], Targets = [] }: NodeChoice): void {
  if (InstanceIds.length > 0 === Targets.length > 0) {
    throw validationException('Name either instance ids or targets, and not both.');
  }
  const wrong = Targets.find(({ Key = '' }) => !/^(?:instanceids$|tag-key$|tag:.)/i.test(Key));
  if (wrong !== undefined) {
    throw validationException(
      `The target key ${wrong.Key ?? ''} is not offered here: InstanceIds, tag:… and tag-key are.`,
    );
  }
}
