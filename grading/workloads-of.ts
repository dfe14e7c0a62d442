/** What runs in a sandbox with a role of its own, as the search for ways up takes it. */
import { isUpdatable } from '../cloud/services/cloudformation/updating.ts';
import { ec2Arn } from '../cloud/services/ec2/ids.ts';
import type { TagList } from '../cloud/services/ec2/state.ts';
import { functionArn } from '../cloud/services/lambda/names.ts';
import { shownByName } from '../cloud/state-key.ts';
import type { Account, World } from '../cloud/world.ts';
import type { WorkloadFacts } from '../iam/reach/foothold.ts';

/** Functions, instances and stacks of every account of the sandbox; an instance that was terminated does not come back. */
export function workloadsOf(world: World): readonly WorkloadFacts[] {
  return Object.values(world.accounts).flatMap((account) => [
    ...functionsOf(account),
    ...instancesOf(account),
    ...stacksOf(account),
  ]);
}

function functionsOf({ id: accountId, lambda }: Account): readonly WorkloadFacts[] {
  return Object.values(lambda.functions).map(({ name, region, latest, tags }) => ({
    arn: functionArn({ region, accountId }, name),
    kind: 'function',
    role: latest.role,
    tags: shownByName(tags),
  }));
}

function instancesOf({ id: accountId, ec2 }: Account): readonly WorkloadFacts[] {
  return Object.entries(ec2.regions).flatMap(([region, { instances, tags }]) =>
    Object.values(instances)
      .filter(({ state }) => state !== 'terminated')
      .map(({ id, profile }) => ({
        arn: ec2Arn(region, accountId, 'instance', id),
        kind: 'instance',
        ...(profile && { role: profile.arn }),
        tags: recordOf(tags[id] ?? []),
      })),
  );
}

/** Those that an update can still change: it goes on with the role that the stack keeps. */
function stacksOf({ cloudformation }: Account): readonly WorkloadFacts[] {
  return Object.values(cloudformation.stacks)
    .filter(isUpdatable)
    .map(({ id, roleArn, tags }) => ({
      arn: id,
      kind: 'stack',
      ...(roleArn !== undefined && { role: roleArn }),
      tags: recordOf(tags),
    }));
}

function recordOf(tags: TagList): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
