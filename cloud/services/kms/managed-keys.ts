/**
 * AWS managed keys: one for each service, in each region where the account has used it, under an alias that is AWS's. AWS KMS
 * Developer Guide, "AWS managed keys".
 */
import { toBase64 } from '@smithy/core/serde';
import type { AccountDraft, Call, Hashes } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import type { Account } from '../../world.ts';
import { placeKey } from './key-names.ts';

/** The services whose keys AWS makes at their first use, with their names as AWS's texts have them. */
const services: Readonly<Record<string, string>> = {
  dynamodb: 'Amazon DynamoDB',
  ebs: 'EBS',
  lambda: 'Lambda',
  s3: 'S3',
  secretsmanager: 'AWS Secrets Manager',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
};

/** The ViaService name of a managed key, where it is another than that of its alias. */
const viaNames: Readonly<Record<string, string>> = { ebs: 'ec2' };

/** Whether AWS makes a key under this alias when it is first used. */
export function isPredefined(alias: string): boolean {
  return Object.hasOwn(services, alias.slice('alias/aws/'.length)) && alias.startsWith('alias/aws/');
}

/** The predefined aliases. */
export const predefinedAliases: readonly string[] = Object.keys(services).map((service) => `alias/aws/${service}`);

/** The id that an account's managed key has, before it is made and after: what a request on it is decided about. */
export function managedKeyId(accountId: string, region: string, alias: string, hashes: Pick<Hashes, 'sha256'>): string {
  const hex = hexOf(hashes.sha256(new TextEncoder().encode(`${accountId} ${region} ${alias}`)));
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Makes the key of a predefined alias, unless it is there. */
export function ensureManagedKey(
  account: AccountDraft,
  region: string,
  alias: string,
  { now, random, hashes }: Pick<Call, 'now' | 'random' | 'hashes'>,
): void {
  const at = placeKey(region, alias);
  if (own(account.kms.aliases, at) !== undefined) return;
  const id = managedKeyId(account.id, region, alias, hashes);
  account.kms.keys[placeKey(region, id)] = {
    id,
    region,
    description: `Default key that protects my ${serviceOf(alias)} data when no other key is defined`,
    createdAt: now,
    enabled: true,
    material: toBase64(random.bytes(32)),
    managedAlias: alias,
    rotation: { periodInDays: 365, enabledAt: now },
    tags: [],
    grants: [],
  };
  account.kms.aliases[at] = { name: alias, region, targetKeyId: id, createdAt: now, updatedAt: now };
}

/** Whether an account has the key of a predefined alias in a region. */
export function hasManagedKey({ kms }: Account, region: string, alias: string): boolean {
  return own(kms.aliases, placeKey(region, alias)) !== undefined;
}

function serviceOf(alias: string): string {
  const name = alias.slice('alias/aws/'.length);
  return own(services, name) ?? name;
}

/**
 * The key policy of a managed key, which nobody can change: everyone in the account may use it through its service, and the account's
 * policies decide who may look at it.
 */
export function managedKeyPolicy(accountId: string, region: string, alias: string): string {
  const name = alias.slice('alias/aws/'.length);
  const service = serviceOf(alias);
  const statements = [
    {
      Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
        'kms:DescribeKey',
      ],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:ViaService': `${own(viaNames, name) ?? name}.${region}.amazonaws.com`,
          'kms:CallerAccount': accountId,
        },
      },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      Resource: '*',
    },
  ];
  return JSON.stringify({ Version: '2012-10-17', Id: `auto-${name}-1`, Statement: statements });
}
