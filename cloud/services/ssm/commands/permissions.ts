/** SendCommand needs its permission on the document and on each node that it is sent to, with the tags of both. */
import { own } from '../../../own.ts';
import { permission } from '../../../permissions/defaults.ts';
import type { Permission, PermissionFacts } from '../../../service.ts';
import type { World } from '../../../world.ts';
import { ec2Arn } from '../../ec2/ids.ts';
import { regionOf } from '../../ec2/regions.ts';
import { tagsOf } from '../../ec2/tags.ts';
import { onDocument } from '../documents/permissions.ts';
import { tagKeys } from '../permissions.ts';
import { type NodeChoice, targetedNodes } from './targets.ts';

/** One permission on an instance, with its tags. */
export function onNode(
  action: string,
  instanceId: string,
  facts: PermissionFacts,
  context: Permission['context'] = {},
): Permission {
  const { region, callerAccountId: accountId, world } = facts;
  return permission(action, ec2Arn(region, accountId, 'instance', instanceId), facts, {
    context: { ...tagKeys(tagsOfNode(world, accountId, region, instanceId)), ...context },
  });
}

function tagsOfNode(world: World, accountId: string, region: string, id: string) {
  const account = own(world.accounts, accountId);
  return account === undefined ? [] : tagsOf(regionOf(account, region), id);
}

/** On the document, and on the nodes that the request names or its targets find. */
export function sendingPermissions(
  input: NodeChoice & { readonly DocumentName?: string | undefined },
  facts: PermissionFacts,
): readonly Permission[] {
  const account = own(facts.world.accounts, facts.callerAccountId);
  const nodes = account === undefined ? [] : targetedNodes(input, account, facts.region);
  return [
    onDocument('ssm:SendCommand', input.DocumentName ?? '', facts),
    ...nodes.map((id) => onNode('ssm:SendCommand', id, facts)),
  ];
}
