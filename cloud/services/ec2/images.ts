/** The public images that there are: a small set, the same in every region. */
import type { DescribeImagesRequest, DescribeImagesResult, Image } from '@aws-sdk/client-ec2';
import type { ReadOperation } from '../../service.ts';
import { unknownId } from './errors.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';

/** An image that anyone may launch. */
export interface PublicImage {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  readonly ownerAlias?: 'amazon';
  readonly architecture: 'x86_64' | 'arm64';
  readonly createdAt: string;
  readonly rootDevice: string;
  readonly snapshotId: string;
  /** GiB. */
  readonly volumeSize: number;
  readonly volumeType: 'gp2' | 'gp3';
  /** Instances need tokens from the start unless the launch says otherwise. */
  readonly requiresTokens: boolean;
}

const amazon = '137112412989';
const canonical = '099720109477';

export const publicImages: readonly PublicImage[] = [
  {
    id: 'ami-0abcdef1234567890',
    name: 'al2023-ami-2023.6.20241121.0-kernel-6.1-x86_64',
    description: 'Amazon Linux 2023 AMI 2023.6.20241121.0 x86_64 HVM kernel-6.1',
    ownerId: amazon,
    ownerAlias: 'amazon',
    architecture: 'x86_64',
    createdAt: '2024-11-21T23:01:53.000Z',
    rootDevice: '/dev/xvda',
    snapshotId: 'snap-0abcdef1234567890',
    volumeSize: 8,
    volumeType: 'gp3',
    requiresTokens: true,
  },
  {
    id: 'ami-0abcdef1234567891',
    name: 'al2023-ami-2023.6.20241121.0-kernel-6.1-arm64',
    description: 'Amazon Linux 2023 AMI 2023.6.20241121.0 arm64 HVM kernel-6.1',
    ownerId: amazon,
    ownerAlias: 'amazon',
    architecture: 'arm64',
    createdAt: '2024-11-21T23:02:11.000Z',
    rootDevice: '/dev/xvda',
    snapshotId: 'snap-0abcdef1234567891',
    volumeSize: 8,
    volumeType: 'gp3',
    requiresTokens: true,
  },
  {
    id: 'ami-0abcdef1234567892',
    name: 'amzn2-ami-hvm-2.0.20241113.1-x86_64-gp2',
    description: 'Amazon Linux 2 AMI 2.0.20241113.1 x86_64 HVM gp2',
    ownerId: amazon,
    ownerAlias: 'amazon',
    architecture: 'x86_64',
    createdAt: '2024-11-14T20:01:33.000Z',
    rootDevice: '/dev/xvda',
    snapshotId: 'snap-0abcdef1234567892',
    volumeSize: 8,
    volumeType: 'gp2',
    requiresTokens: false,
  },
  {
    id: 'ami-0abcdef1234567893',
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20241109',
    description: 'Canonical, Ubuntu, 24.04, amd64 noble image',
    ownerId: canonical,
    architecture: 'x86_64',
    createdAt: '2024-11-09T09:10:36.000Z',
    rootDevice: '/dev/sda1',
    snapshotId: 'snap-0abcdef1234567893',
    volumeSize: 8,
    volumeType: 'gp3',
    requiresTokens: true,
  },
];

export function publicImage(id: string): PublicImage | undefined {
  return publicImages.find((image) => image.id === id);
}

export const describeImages: ReadOperation<DescribeImagesRequest, DescribeImagesResult> = {
  kind: 'read',
  handle(_account, input) {
    const { ImageIds = [], Owners = [], ExecutableUsers = [] } = input;
    const unknown = ImageIds.filter((id) => publicImage(id) === undefined);
    if (unknown.length > 0) throw unknownId('ami', ...unknown);
    const isOwned = ({ ownerId, ownerAlias }: PublicImage) =>
      Owners.length === 0 || Owners.some((owner) => owner === ownerId || owner === ownerAlias);
    const found = publicImages
      .filter(({ id }) => ImageIds.length === 0 || ImageIds.includes(id))
      .filter(isOwned)
      // Images that are public are nobody's by name: `self` and account ids find none.
      .filter(() => ExecutableUsers.length === 0 || ExecutableUsers.includes('all'));
    const { items, NextToken } = pageOf(
      filtered(found, input.Filters, fields, () => []),
      input,
      ({ id }) => id,
      { least: 1, most: 1000 },
    );
    return { Images: items.map(shownImage), NextToken };
  },
};

const fields = {
  architecture: (image: PublicImage) => image.architecture,
  'block-device-mapping.volume-type': (image: PublicImage) => image.volumeType,
  'creation-date': (image: PublicImage) => image.createdAt,
  description: (image: PublicImage) => image.description,
  'ena-support': () => true,
  hypervisor: () => 'xen',
  'image-id': (image: PublicImage) => image.id,
  'image-type': () => 'machine',
  'is-public': () => true,
  name: (image: PublicImage) => image.name,
  'owner-alias': (image: PublicImage) => image.ownerAlias,
  'owner-id': (image: PublicImage) => image.ownerId,
  'root-device-name': (image: PublicImage) => image.rootDevice,
  'root-device-type': () => 'ebs',
  state: () => 'available',
  'virtualization-type': () => 'hvm',
};

function shownImage(image: PublicImage): Image {
  return {
    Architecture: image.architecture,
    CreationDate: image.createdAt,
    ImageId: image.id,
    ImageLocation: `${image.ownerAlias ?? image.ownerId}/${image.name}`,
    ImageType: 'machine',
    Public: true,
    OwnerId: image.ownerId,
    PlatformDetails: 'Linux/UNIX',
    UsageOperation: 'RunInstances',
    State: 'available',
    BlockDeviceMappings: [
      {
        DeviceName: image.rootDevice,
        Ebs: {
          DeleteOnTermination: true,
          Encrypted: false,
          SnapshotId: image.snapshotId,
          VolumeSize: image.volumeSize,
          VolumeType: image.volumeType,
          ...(image.volumeType === 'gp3' && { Iops: 3000, Throughput: 125 }),
        },
      },
    ],
    Description: image.description,
    EnaSupport: true,
    Hypervisor: 'xen',
    ...(image.ownerAlias && { ImageOwnerAlias: image.ownerAlias }),
    ...(image.requiresTokens && { ImdsSupport: 'v2.0' as const }),
    Name: image.name,
    RootDeviceName: image.rootDevice,
    RootDeviceType: 'ebs',
    SriovNetSupport: 'simple',
    VirtualizationType: 'hvm',
    BootMode: image.architecture === 'arm64' ? 'uefi' : 'uefi-preferred',
  };
}
