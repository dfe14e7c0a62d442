import type { Blob } from '../../call.ts';

/** The instances of an account, and what they stand in, by region. A region that nothing was changed in is not kept (regions.ts). */
export interface Ec2State {
  readonly regions: Readonly<Record<string, RegionState>>;
}

/** What a new account has; one object for all of them. */
export const emptyEc2State: Ec2State = { regions: {} };

/** Resources by their ids. */
export interface RegionState {
  readonly vpcs: Readonly<Record<string, VpcState>>;
  readonly subnets: Readonly<Record<string, SubnetState>>;
  readonly securityGroups: Readonly<Record<string, SecurityGroupState>>;
  readonly instances: Readonly<Record<string, InstanceState>>;
  readonly keyPairs: Readonly<Record<string, KeyPairState>>;
  readonly vpcEndpoints: Readonly<Record<string, VpcEndpointState>>;
  /** Of every kind of resource, by its id. */
  readonly tags: Readonly<Record<string, TagList>>;
}

/** In the order in which they were set. */
export type TagList = readonly { readonly Key: string; readonly Value: string }[];

/** A VPC with its main route table and its default network ACL. */
export interface VpcState {
  readonly id: string;
  readonly cidr: string;
  readonly isDefault: boolean;
  readonly tenancy: 'default' | 'dedicated';
  readonly routeTableId: string;
  readonly networkAclId: string;
  readonly cidrAssociationId: string;
  /** Of the default VPC, which has a way to the internet. */
  readonly internetGatewayId?: string;
  readonly dnsSupport: boolean;
  readonly dnsHostnames: boolean;
}

export interface SubnetState {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: string;
  readonly zone: string;
  readonly isDefault: boolean;
  readonly mapsPublicIp: boolean;
}

export interface SecurityGroupState {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
  readonly rules: readonly SecurityGroupRuleState[];
}

/** One rule: one peer, one protocol, one range of ports. */
export interface SecurityGroupRuleState {
  readonly id: string;
  readonly isEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all. */
  readonly protocol: string;
  /** -1 for all. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: {
    readonly kind: 'ipv4' | 'ipv6' | 'prefix-list' | 'group';
    /** A range, or an id. */
    readonly value: string;
  };
  readonly description?: string;
}

/** What an instance was last told to be. It gets there at once: only the answer to the call shows the way. */
export type InstanceStateName = 'running' | 'stopped' | 'terminated';

export interface InstanceState {
  readonly id: string;
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly imageId: string;
  readonly type: string;
  readonly keyName?: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly securityGroupIds: readonly string[];
  readonly privateIp: string;
  /** While it runs, where its subnet gives it one. */
  readonly publicIp?: string;
  readonly networkInterfaceId: string;
  readonly attachmentId: string;
  readonly macAddress: string;
  readonly volume: RootVolumeState;
  /** Base64, as it came. */
  readonly userData?: string;
  readonly state: InstanceStateName;
  /** When it last started. */
  readonly launchedAt: number;
  /** When it came into its state, unless by its launch. */
  readonly changedAt?: number;
  readonly profile?: ProfileAssociationState;
  readonly metadata: MetadataOptions;
  /** 32 bytes in hex: what the tokens of its metadata service are signed with. */
  readonly metadataSecret: string;
  readonly sourceDestCheck: boolean;
  readonly ebsOptimized: boolean;
  readonly monitored: boolean;
  readonly protectedFromTermination: boolean;
  readonly protectedFromStop: boolean;
  readonly shutdownBehavior: 'stop' | 'terminate';
  readonly clientToken?: string;
  /** The files that scripts have left on it, packed. */
  readonly disk?: Blob;
  /** Its user data is to be run, from `dueAt` on; where that is absent it has begun to. */
  readonly boot?: { readonly boot: 'first' | 'later'; readonly dueAt?: number };
  /** What it has written to its console, and when last. */
  readonly console?: { readonly text: string; readonly at: number };
}

export interface RootVolumeState {
  readonly id: string;
  readonly size: number;
  readonly type: string;
  readonly encrypted: boolean;
  readonly snapshotId: string;
  readonly deletedOnTermination: boolean;
}

/** Which instance profile an instance has; the role in it is looked up when it is used. */
export interface ProfileAssociationState {
  /** `iip-assoc-…`. */
  readonly associationId: string;
  readonly arn: string;
  /** `AIPA…`. */
  readonly id: string;
  readonly associatedAt: number;
}

export interface MetadataOptions {
  readonly tokens: 'optional' | 'required';
  readonly hopLimit: number;
  readonly endpoint: 'enabled' | 'disabled';
  readonly ipv6: 'enabled' | 'disabled';
  readonly tags: 'enabled' | 'disabled';
}

export interface KeyPairState {
  /** `key-…`. */
  readonly id: string;
  readonly name: string;
  readonly type: 'rsa' | 'ed25519';
  readonly fingerprint: string;
  readonly createdAt: number;
  /** In OpenSSH's format. */
  readonly publicKey: string;
}

export interface VpcEndpointState {
  readonly id: string;
  readonly kind: 'Gateway' | 'Interface';
  readonly vpcId: string;
  /** `com.amazonaws.us-east-1.s3`. */
  readonly serviceName: string;
  /** As AWS gives it back; absent: everything is allowed through. */
  readonly policy?: string;
  readonly routeTableIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
  readonly privateDns: boolean;
  readonly createdAt: number;
}
