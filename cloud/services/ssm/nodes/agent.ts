/**
 * Whether Systems Manager's agent on an instance gets through: it does by the role of the instance, whose policies decide. AWS Systems
 * Manager User Guide, "Configure instance permissions required for Systems Manager", and "ec2messages, ssmmessages, and other API operations".
 */
import type { AnyCaller } from '../../../../iam/model.ts';
import { accountModel } from '../../../account-model.ts';
import type { Call } from '../../../call.ts';
import { roleCaller } from '../../../credentials.ts';
import { own } from '../../../own.ts';
import { ask } from '../../../permissions/ask.ts';
import type { Account, World } from '../../../world.ts';
import { ec2Arn } from '../../ec2/ids.ts';
import { profileNamed } from '../../ec2/profile-names.ts';
import { regionOf } from '../../ec2/regions.ts';
import type { InstanceState } from '../../ec2/state.ts';
import { roleArn } from '../../iam/arns.ts';
import { mayAssume } from '../../sts/may-assume.ts';

/** What looking at an agent needs to know of the moment. */
export type Moment = Pick<Call, 'now' | 'request' | 'managedPolicies'>;

/** An instance on which the agent has registered. */
export interface ManagedNode {
  readonly instance: InstanceState;
  /** `ConnectionLost` where the instance does not run. */
  readonly ping: 'Online' | 'ConnectionLost';
}

/** What the agent is asked for. */
export type Channel = 'commands' | 'sessions';

const registration = ['ssm:UpdateInstanceInformation'];
const messages = ['ssmmessages:CreateControlChannel', 'ssmmessages:OpenControlChannel'];
const older = ['ec2messages:GetMessages', 'ec2messages:AcknowledgeMessage', 'ec2messages:SendReply'];
/** By channel: one of the lists must be allowed, all of it. */
const channels: Readonly<Record<Channel, readonly (readonly string[])[]>> = {
  commands: [messages, older],
  sessions: [[...messages, 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenDataChannel']],
};

/** The node, where the instance's role lets the agent register it. */
export function managedNode(
  world: World,
  account: Account,
  region: string,
  instanceId: string,
  moment: Moment,
): ManagedNode | undefined {
  const instance = own(regionOf(account, region).instances, instanceId);
  if (instance === undefined || instance.state === 'terminated') return undefined;
  if (!agentMay(registration, { world, account, region, instance }, moment)) return undefined;
  return { instance, ping: instance.state === 'running' ? 'Online' : 'ConnectionLost' };
}

/** All nodes of a region, by id. */
export function managedNodes(world: World, account: Account, region: string, moment: Moment): readonly ManagedNode[] {
  return Object.keys(regionOf(account, region).instances)
    .sort()
    .flatMap((id) => managedNode(world, account, region, id, moment) ?? []);
}

/** Whether a node takes commands, or sessions, now. */
export function isReached(
  channel: Channel,
  { instance, ping }: ManagedNode,
  { world, account, region }: Pick<Agent, 'world' | 'account' | 'region'>,
  moment: Moment,
): boolean {
  const agent = { world, account, region, instance };
  return ping === 'Online' && channels[channel].some((actions) => agentMay(actions, agent, moment));
}

interface Agent {
  readonly world: World;
  readonly account: Account;
  readonly region: string;
  readonly instance: InstanceState;
}

function agentMay(actions: readonly string[], agent: Agent, moment: Moment): boolean {
  const caller = agentCaller(agent, moment);
  if (caller === undefined) return false;
  const { world, account, region, instance } = agent;
  const arn = ec2Arn(region, account.id, 'instance', instance.id);
  const request = { ...moment.request, sourceIp: instance.privateIp, userAgent: 'amazon-ssm-agent', region };
  const asker = { caller, request, now: moment.now, model: accountModel(world, moment.managedPolicies) };
  return actions.every((action) => {
    const resource = action.startsWith('ssm:') ? arn : '*';
    const context = { 'ssm:SourceInstanceARN': arn };
    const { decision } = ask({ action, resource, resourceAccountId: account.id, context }, asker);
    return decision.verdict === 'allowed';
  });
}

/** Whom the agent is: it finds credentials where the metadata service is on and EC2 may act as the role. */
function agentCaller({ world, account, region, instance }: Agent, moment: Moment): AnyCaller | undefined {
  const { profile, metadata } = instance;
  if (profile === undefined || metadata.endpoint === 'disabled') return undefined;
  const found = profileNamed(account, { Arn: profile.arn });
  const role = found?.id === profile.id ? found.role : undefined;
  if (role === undefined) return undefined;
  const source = { arn: ec2Arn(region, account.id, 'instance', instance.id), accountId: account.id };
  if (!mayAssume('ec2.amazonaws.com', roleArn(account.id, role), source, world, moment)) return undefined;
  return roleCaller(account, role.name, instance.id, {
    issuedAt: moment.now,
    keys: { 'ec2:SourceInstanceARN': source.arn, 'ec2:RoleDelivery': '2.0' },
  });
}
