/**
 * What the permissions of EC2 are about (Service Authorization Reference, "Amazon EC2"): resources by their ids wherever an input has
 * them, resources that are about to be made by a star in place of their ids, and condition keys by kind.
 */
import type { TagSpecification } from '@aws-sdk/client-ec2';
import { parseArn } from '../../../iam/arn.ts';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import { attributeContext } from './attribute-context.ts';
import { ec2Arn, typeOfId } from './ids.ts';
import { keyPairNamed } from './key-pair-names.ts';
import { defaultVpcOf, regionOf } from './regions.ts';
import { resourceContext } from './resource-context.ts';
import type { RegionState, TagList } from './state.ts';

type Input = Readonly<Record<string, unknown>>;

/** The types of what an operation makes. A key pair's ARN has its name, which is known before. */
const made: Readonly<Record<string, string>> = {
  CreateSecurityGroup: 'security-group',
  CreateSubnet: 'subnet',
  CreateVpc: 'vpc',
  CreateVpcEndpoint: 'vpc-endpoint',
  AuthorizeSecurityGroupIngress: 'security-group-rule',
  AuthorizeSecurityGroupEgress: 'security-group-rule',
  CreateKeyPair: 'key-pair',
  ImportKeyPair: 'key-pair',
};

/** Members that hold ids, of one resource or of several. */
const idMember = /(?:Id|Ids|Resources|Groups)$/;

export const ec2Resources: ResourceRules = {
  named(input, facts, { operation, type }) {
    if (own(made, operation) === type && type !== 'key-pair') return newResources(operation, input, facts);
    const found = type === 'key-pair' ? keyPairsIn(input, facts) : idsIn(input, facts, operation, type);
    return found.map((id) => ec2Arn(facts.region, facts.callerAccountId, type, id));
  },
  tagsOf(world, arn) {
    const account = own(world.accounts, parseArn(arn)?.accountId ?? '');
    const place = placeOf(arn);
    if (account === undefined || place === undefined) return undefined;
    const state = regionOf(account, place.region);
    const id = place.type === 'key-pair' ? (keyPairNamed(state, place.id)?.id ?? '') : place.id;
    return tagRecord(own(state.tags, id) ?? []);
  },
  context(input, facts, { operation, arn }) {
    const place = placeOf(arn);
    const region = { 'ec2:Region': facts.region };
    if (place === undefined) return region;
    const account = own(facts.world.accounts, facts.callerAccountId);
    const isNew = own(made, operation) === place.type;
    return {
      ...region,
      ...(account && resourceContext(place, regionOf(account, facts.region), facts)),
      ...attributeContext(operation, place.type, input, facts),
      ...(isNew && requestedTags(tagSpecification(input, place.type))),
    };
  },
};

/** A rule is named only where it gets tags: else the permission on its group is enough. */
function newResources(operation: string, input: Input, facts: PermissionFacts): readonly string[] {
  const type = own(made, operation) ?? '';
  if (type === 'security-group-rule' && tagSpecification(input, type).length === 0) return [];
  return [ec2Arn(facts.region, facts.callerAccountId, type, '*')];
}

function idsIn(input: Input, facts: PermissionFacts, operation: string, type: string): readonly string[] {
  const account = own(facts.world.accounts, facts.callerAccountId);
  const state = account && regionOf(account, facts.region);
  const ids = Object.entries(input).flatMap(([member, value]) =>
    idMember.test(member) ? [value].flat().filter((text) => typeof text === 'string') : [],
  );
  const meant = state === undefined ? [] : meantIn(input, state, operation);
  return [...new Set([...ids, ...meant])].filter((id) => typeOfId(id) === type);
}

/** What an input means without its id: an instance by its association, a group by its name, the default VPC by nothing. */
function meantIn(input: Input, state: RegionState, operation: string): readonly string[] {
  const { AssociationId, GroupName, VpcId } = input;
  const instance = Object.values(state.instances).find(({ profile }) => profile?.associationId === AssociationId);
  const vpc = defaultVpcOf(state);
  if (operation === 'CreateSecurityGroup') return VpcId === undefined && vpc !== undefined ? [vpc.id] : [];
  const group = Object.values(state.securityGroups).find(({ name, vpcId }) => name === GroupName && vpcId === vpc?.id);
  return [...(AssociationId !== undefined && instance ? [instance.id] : []), ...(group ? [group.id] : [])];
}

/** By name, as their ARNs are. */
function keyPairsIn({ KeyName, KeyPairId, Resources }: Input, facts: PermissionFacts): readonly string[] {
  const account = own(facts.world.accounts, facts.callerAccountId);
  const pairs = account === undefined ? [] : Object.values(regionOf(account, facts.region).keyPairs);
  const ids = [KeyPairId, Resources ?? []].flat();
  const byId = pairs.flatMap(({ id, name }) => (ids.includes(id) ? [name] : []));
  return typeof KeyName === 'string' ? [KeyName, ...byId] : byId;
}

/** Where a resource of EC2 is, and what it is. */
export interface ResourcePlace {
  readonly region: string;
  readonly type: string;
  readonly id: string;
}

function placeOf(arn: string): ResourcePlace | undefined {
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.service !== 'ec2') return undefined;
  const slash = parsed.resource.indexOf('/');
  return { region: parsed.region, type: parsed.resource.slice(0, slash), id: parsed.resource.slice(slash + 1) };
}

function tagRecord(tags: TagList): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** The tags that a request gives to new resources of a type. */
function tagSpecification(input: Input, type: string): TagList {
  const list = Array.isArray(input['TagSpecifications']) ? (input['TagSpecifications'] as TagSpecification[]) : [];
  return list
    .filter(({ ResourceType }) => ResourceType === type)
    .flatMap(({ Tags = [] }) => Tags.map(({ Key = '', Value = '' }) => ({ Key, Value })));
}

/** `aws:RequestTag/…` and `aws:TagKeys`; nothing where there are none. */
export function requestedTags(tags: TagList): Permission['context'] {
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    'aws:TagKeys': tags.map(({ Key }) => Key),
  };
}

/**
 * The permission to tag what an operation makes, `ec2:CreateTags` with `ec2:CreateAction`, for each type that gets tags (EC2 User Guide,
 * "Grant permission to tag Amazon EC2 resources during creation").
 */
export function creationTags(operation: string) {
  return (input: object, facts: PermissionFacts): readonly Permission[] => {
    const { TagSpecifications: list = [], KeyName } = input as {
      readonly TagSpecifications?: readonly TagSpecification[];
      readonly KeyName?: string;
    };
    const types = new Set(list.flatMap(({ ResourceType = '', Tags = [] }) => (Tags.length > 0 ? [ResourceType] : [])));
    return [...types].map((type) =>
      permission(
        'ec2:CreateTags',
        ec2Arn(facts.region, facts.callerAccountId, type, type === 'key-pair' ? (KeyName ?? '*') : '*'),
        facts,
        {
          context: {
            'ec2:CreateAction': operation,
            'ec2:Region': facts.region,
            ...requestedTags(tagSpecification(input as Input, type)),
          },
        },
      ),
    );
  };
}
