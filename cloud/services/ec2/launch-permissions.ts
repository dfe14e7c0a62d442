/**
 * RunInstances needs `ec2:RunInstances` on every resource that takes part, `ec2:CreateTags` on what gets tags, and `iam:PassRole` for the
 * role in the instance profile (EC2 User Guide, "Example policies to control access the Amazon EC2 API", "Launch instances").
 */
import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import type { Permission, PermissionFacts } from '../../service.ts';
import { ec2Arn } from './ids.ts';
import { keyPairNamed } from './key-pair-names.ts';
import { type LaunchPlan, launchPlan, rootVolumeOf } from './launch-plan.ts';
import { creationTags, requestedTags } from './permissions.ts';
import { passProfile, profileNamed } from './profile-names.ts';
import { regionOf } from './regions.ts';
import { imageContext, instanceContext, resourceContext, zoneContext } from './resource-context.ts';
import type { MetadataOptions, RegionState, TagList } from './state.ts';

type Context = Permission['context'];

export function launchPermissions(input: RunInstancesRequest, facts: PermissionFacts): readonly Permission[] {
  const account = own(facts.world.accounts, facts.callerAccountId);
  if (account === undefined) return [];
  const { region } = facts;
  const state = regionOf(account, region);
  const plan = launchPlan(input, state);
  const arn = (type: string, id: string) => ec2Arn(region, account.id, type, id);
  const on = (type: string, id: string, context: Context): Permission =>
    permission('ec2:RunInstances', arn(type, id), facts, {
      context: { 'ec2:Region': region, 'ec2:IsLaunchTemplateResource': 'false', ...context },
    });
  /** What is there already, with its tags. */
  const existing = (type: string, id: string) =>
    on(type, id, { ...resourceContext({ region, type, id }, state, facts), ...resourceTags(state, id) });
  const tagged = (type: string) => requestedTags(tagsIn(input, type));
  const zone = plan.subnet?.zone ?? `${region}a`;
  const profile = profileNamed(account, input.IamInstanceProfile);

  return [
    on('image', plan.imageId, { ...imageContext(plan.imageId), ...resourceTags(state, plan.imageId) }),
    on('instance', '*', {
      ...instanceContext(
        {
          type: plan.type,
          zone,
          ebsOptimized: input.EbsOptimized ?? false,
          metadata: askedMetadata(input),
          ...(profile && { profile }),
        },
        region,
      ),
      'ec2:InstanceMarketType': input.InstanceMarketOptions?.MarketType ?? 'on-demand',
      ...tagged('instance'),
    }),
    ...(input.KeyName === undefined ? [] : [existing('key-pair', input.KeyName)]),
    on('network-interface', '*', {
      ...zoneContext(zone, region),
      ...(plan.subnet && {
        'ec2:Subnet': arn('subnet', plan.subnet.id),
        'ec2:Vpc': arn('vpc', plan.subnet.vpcId),
      }),
      ...(plan.associatesPublicIp !== undefined && { 'ec2:AssociatePublicIpAddress': String(plan.associatesPublicIp) }),
      ...tagged('network-interface'),
    }),
    ...plan.securityGroupIds.map((id) => existing('security-group', id)),
    ...subnetsOf(plan).map((id) => existing('subnet', id)),
    on('volume', '*', { ...volumeContext(plan), ...zoneContext(zone, region), ...tagged('volume') }),
    ...creationTags('RunInstances')(input, facts),
    ...passProfile(input.IamInstanceProfile, facts, arn('instance', '*')),
  ];
}

function subnetsOf({ subnet, subnetId }: LaunchPlan): readonly string[] {
  const id = subnetId ?? subnet?.id;
  return id === undefined ? [] : [id];
}

/** A value that the call will refuse is no reason not to decide about it first. */
function askedMetadata({ MetadataOptions: asked }: RunInstancesRequest): Partial<MetadataOptions> {
  return {
    ...(asked?.HttpTokens && { tokens: asked.HttpTokens }),
    ...(asked?.HttpPutResponseHopLimit !== undefined && { hopLimit: asked.HttpPutResponseHopLimit }),
    ...(asked?.HttpEndpoint && { endpoint: asked.HttpEndpoint }),
    ...(asked?.InstanceMetadataTags && { tags: asked.InstanceMetadataTags }),
  };
}

function volumeContext(plan: LaunchPlan): Context {
  const { size, type, encrypted } = rootVolumeOf(plan);
  return {
    'ec2:Encrypted': String(encrypted),
    'ec2:VolumeSize': String(size),
    'ec2:VolumeType': type,
    ...(type === 'gp3' && { 'ec2:VolumeIops': '3000', 'ec2:VolumeThroughput': '125' }),
  };
}

function resourceTags(state: RegionState, id: string): Context {
  const key = keyPairNamed(state, id)?.id ?? id;
  return Object.fromEntries(
    (own(state.tags, key) ?? []).flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`ec2:ResourceTag/${Key}`, Value],
    ]),
  );
}

function tagsIn({ TagSpecifications = [] }: RunInstancesRequest, type: string): TagList {
  return TagSpecifications.filter(({ ResourceType }) => ResourceType === type).flatMap(({ Tags = [] }) =>
    Tags.map(({ Key = '', Value = '' }) => ({ Key, Value })),
  );
}
