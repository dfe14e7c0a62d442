/** The instance types that there are: the small ones of a general purpose. */
import type { DescribeInstanceTypesRequest, DescribeInstanceTypesResult, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { own } from '../../own.ts';
import type { ReadOperation } from '../../service.ts';
import { ec2Error } from './errors.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';

/** Amazon EC2 User Guide, "Instance types": virtual CPUs, MiB of memory, and what it is built of. */
export interface InstanceTypeFacts {
  readonly name: string;
  readonly vcpus: number;
  readonly memory: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly hypervisor: 'xen' | 'nitro';
  readonly burstable: boolean;
  readonly freeTier: boolean;
}

type Row = readonly [name: string, vcpus: number, memory: number];
const rows: Readonly<Record<'t2' | 't3' | 't4g' | 'm5', readonly Row[]>> = {
  t2: [
    ['t2.nano', 1, 512],
    ['t2.micro', 1, 1024],
    ['t2.small', 1, 2048],
    ['t2.medium', 2, 4096],
    ['t2.large', 2, 8192],
  ],
  t3: [
    ['t3.nano', 2, 512],
    ['t3.micro', 2, 1024],
    ['t3.small', 2, 2048],
    ['t3.medium', 2, 4096],
    ['t3.large', 2, 8192],
  ],
  t4g: [
    ['t4g.nano', 2, 512],
    ['t4g.micro', 2, 1024],
    ['t4g.small', 2, 2048],
    ['t4g.medium', 2, 4096],
  ],
  m5: [
    ['m5.large', 2, 8192],
    ['m5.xlarge', 4, 16_384],
  ],
};

export const instanceTypes: Readonly<Record<string, InstanceTypeFacts>> = Object.fromEntries(
  Object.entries(rows).flatMap(([family, list]) =>
    list.map(([name, vcpus, memory]) => [
      name,
      {
        name,
        vcpus,
        memory,
        architecture: family === 't4g' ? 'arm64' : 'x86_64',
        hypervisor: family === 't2' ? 'xen' : 'nitro',
        burstable: family !== 'm5',
        freeTier: name === 't2.micro' || name === 't3.micro',
      },
    ]),
  ),
);

export function instanceType(name: string): InstanceTypeFacts | undefined {
  return own(instanceTypes, name);
}

export const describeInstanceTypes: ReadOperation<DescribeInstanceTypesRequest, DescribeInstanceTypesResult> = {
  kind: 'read',
  handle(_account, input) {
    const { InstanceTypes = [] } = input;
    const unknown = InstanceTypes.filter((name) => instanceType(name) === undefined);
    if (unknown.length > 0) {
      throw ec2Error(
        'InvalidInstanceType',
        `The following supplied instance types do not exist: [${unknown.join(', ')}]`,
      );
    }
    const found = Object.values(instanceTypes).filter(
      ({ name }) => InstanceTypes.length === 0 || InstanceTypes.some((asked) => asked === name),
    );
    const { items, NextToken } = pageOf(
      filtered(found, input.Filters, {
        'instance-type': ({ name }) => name,
        'current-generation': () => true,
        'free-tier-eligible': ({ freeTier }) => freeTier,
        hypervisor: ({ hypervisor }) => hypervisor,
        'burstable-performance-supported': ({ burstable }) => burstable,
        'processor-info.supported-architecture': ({ architecture }) => architecture,
        'vcpu-info.default-vcpus': ({ vcpus }) => vcpus,
        'memory-info.size-in-mib': ({ memory }) => memory,
        'bare-metal': () => false,
      }),
      input,
      ({ name }) => name,
      { least: 5, most: 100 },
    );
    return { InstanceTypes: items.map(shownType), NextToken };
  },
};

function shownType(type: InstanceTypeFacts): InstanceTypeInfo {
  return {
    InstanceType: type.name as NonNullable<InstanceTypeInfo['InstanceType']>,
    CurrentGeneration: true,
    FreeTierEligible: type.freeTier,
    SupportedUsageClasses: ['on-demand', 'spot'],
    SupportedRootDeviceTypes: ['ebs'],
    SupportedVirtualizationTypes: ['hvm'],
    BareMetal: false,
    Hypervisor: type.hypervisor,
    ProcessorInfo: { SupportedArchitectures: [type.architecture] },
    VCpuInfo: { DefaultVCpus: type.vcpus },
    MemoryInfo: { SizeInMiB: type.memory },
    InstanceStorageSupported: false,
    EbsInfo: {
      EbsOptimizedSupport: type.hypervisor === 'nitro' ? 'default' : 'unsupported',
      EncryptionSupport: 'supported',
    },
    NetworkInfo: {
      Ipv6Supported: true,
      MaximumNetworkInterfaces: 3,
      EnaSupport: type.hypervisor === 'nitro' ? 'required' : 'unsupported',
    },
    PlacementGroupInfo: { SupportedStrategies: ['partition', 'spread'] },
    HibernationSupported: false,
    BurstablePerformanceSupported: type.burstable,
    DedicatedHostsSupported: !type.burstable,
    AutoRecoverySupported: true,
  };
}
