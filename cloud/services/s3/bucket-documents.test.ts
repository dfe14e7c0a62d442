import { beforeEach, describe, expect, it } from 'vitest';
import { allow, type Output, partnerRoot, policy, Sandbox } from '../../testing/sandbox.ts';

const Bucket = 'seeds-1';
const trust = policy({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole' });
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  sandbox.call('s3:CreateBucket', { Bucket });
});

const put = (name: string, member: string, value: unknown) => sandbox.call(`s3:${name}`, { Bucket, [member]: value });
const refused = (name: string, member: string, value: unknown) => {
  const { code, message } = sandbox.fail(`s3:${name}`, { Bucket, [member]: value });
  return `${code}: ${message}`;
};

interface Kind {
  readonly name: string;
  readonly member: string;
  readonly value: object;
  /** The error of a setting that there is not, else what is answered then. */
  readonly missing: string | object;
  /** What GetBucket… answers of the value, where it is not the value itself. */
  readonly shown?: object;
  /** Actions to read, to put and to delete it. */
  readonly actions: readonly [string, string, string?];
}

const rule = { AllowedMethods: ['GET'], AllowedOrigins: ['https://*.example.com'], MaxAgeSeconds: 5 };
const byKms = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' }, BucketKeyEnabled: true };
const byS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false };
const kinds: readonly Kind[] = [
  {
    name: 'BucketCors',
    member: 'CORSConfiguration',
    value: { CORSRules: [rule] },
    missing: 'NoSuchCORSConfiguration',
    actions: ['GetBucketCORS', 'PutBucketCORS', 'PutBucketCORS'],
  },
  {
    name: 'BucketWebsite',
    member: 'WebsiteConfiguration',
    value: { IndexDocument: { Suffix: 'index.html' }, ErrorDocument: { Key: 'e.html' } },
    missing: 'NoSuchWebsiteConfiguration',
    actions: ['GetBucketWebsite', 'PutBucketWebsite', 'DeleteBucketWebsite'],
  },
  {
    name: 'BucketEncryption',
    member: 'ServerSideEncryptionConfiguration',
    value: { Rules: [byKms] },
    missing: { ServerSideEncryptionConfiguration: { Rules: [byS3] } },
    shown: { ServerSideEncryptionConfiguration: { Rules: [byKms] } },
    actions: ['GetEncryptionConfiguration', 'PutEncryptionConfiguration', 'PutEncryptionConfiguration'],
  },
  {
    name: 'BucketAccelerateConfiguration',
    member: 'AccelerateConfiguration',
    value: { Status: 'Enabled' },
    missing: {},
    actions: ['GetAccelerateConfiguration', 'PutAccelerateConfiguration'],
  },
  {
    name: 'BucketRequestPayment',
    member: 'RequestPaymentConfiguration',
    value: { Payer: 'Requester' },
    missing: { Payer: 'BucketOwner' },
    actions: ['GetBucketRequestPayment', 'PutBucketRequestPayment'],
  },
  {
    name: 'BucketAbac',
    member: 'AbacStatus',
    value: { Status: 'Enabled' },
    missing: { AbacStatus: { Status: 'Disabled' } },
    shown: { AbacStatus: { Status: 'Enabled' } },
    actions: ['GetBucketAbac', 'PutBucketAbac'],
  },
  {
    name: 'BucketLogging',
    member: 'BucketLoggingStatus',
    value: { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: 'logs/' } },
    missing: {},
    actions: ['GetBucketLogging', 'PutBucketLogging'],
  },
];

describe.each(kinds)('$name', ({ name, member, value, missing, shown = value, actions }) => {
  const [reading, writing, deleting] = actions.map((action) => action && `s3:${action} arn:aws:s3:::${Bucket}`);
  const isMissing = () => {
    if (typeof missing === 'string') expect(sandbox.fail(`s3:Get${name}`, { Bucket }).code).toBe(missing);
    else expect(sandbox.call(`s3:Get${name}`, { Bucket })).toEqual(missing);
  };

  it('is put as a whole, read, and deleted where it can be', () => {
    isMissing();
    expect(sandbox.asked(`s3:Put${name}`, { Bucket, [member]: value })).toEqual([writing]);
    expect(sandbox.call(`s3:Get${name}`, { Bucket })).toEqual(shown);
    expect(sandbox.asked(`s3:Get${name}`, { Bucket })).toEqual([reading]);
    if (deleting === undefined) return;
    expect(sandbox.asked(`s3:Delete${name}`, { Bucket })).toEqual([deleting]);
    isMissing();
    sandbox.call(`s3:Delete${name}`, { Bucket });
  });

  it('is refused without a document, and to those who may not', () => {
    expect(sandbox.fail(`s3:Put${name}`, { Bucket }).code).toBe('MalformedXML');
    expect(sandbox.fail(`s3:Put${name}`, { Bucket, [member]: value }, partnerRoot).code).toBe('AccessDenied');
    isMissing();
  });
});

describe('documents with something wrong', () => {
  it.each<[string, string, unknown, string | RegExp]>([
    ['Cors', 'CORSConfiguration', { CORSRules: [] }, /^MalformedXML/],
    [
      'Cors',
      'CORSConfiguration',
      { CORSRules: [{ ...rule, AllowedMethods: ['OPTIONS'] }] },
      'InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is OPTIONS',
    ],
    ['Cors', 'CORSConfiguration', { CORSRules: [{ ...rule, AllowedOrigins: ['*a*'] }] }, /more than one wildcard/],
    ['Cors', 'CORSConfiguration', { CORSRules: [{ ...rule, ExposeHeaders: ['x-*'] }] }, /contains wildcard/],
    ['Website', 'WebsiteConfiguration', {}, /IndexDocument Suffix must be provided/],
    ['Website', 'WebsiteConfiguration', { IndexDocument: { Suffix: 'a/b' } }, /Suffix is not well formed/],
    [
      'Website',
      'WebsiteConfiguration',
      { RedirectAllRequestsTo: { HostName: 'h' }, IndexDocument: { Suffix: 'i' } },
      /cannot be provided in conjunction/,
    ],
    [
      'Website',
      'WebsiteConfiguration',
      { IndexDocument: { Suffix: 'i' }, RoutingRules: [{ Condition: {}, Redirect: {} }] },
      /Condition cannot be empty/,
    ],
    ['Encryption', 'ServerSideEncryptionConfiguration', { Rules: [byS3, byS3] }, /^MalformedXML/],
    [
      'Encryption',
      'ServerSideEncryptionConfiguration',
      { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256', KMSMasterKeyID: 'k' } }] },
      /^InvalidArgument: a KMSMasterKeyID is not applicable/,
    ],
    ['AccelerateConfiguration', 'AccelerateConfiguration', { Status: 'On' }, /^MalformedXML/],
    ['RequestPayment', 'RequestPaymentConfiguration', { Payer: 'Me' }, /^MalformedXML/],
    [
      'Logging',
      'BucketLoggingStatus',
      { LoggingEnabled: { TargetBucket: 'nothing', TargetPrefix: '' } },
      'InvalidTargetBucketForLogging: The target bucket for logging does not exist',
    ],
    [
      'Cors',
      'CORSConfiguration',
      { CORSRules: [{ ...rule, AllowedOrigins: ['x'.repeat(200_000)] }] },
      /^MaxMessageLengthExceeded/,
    ],
  ])('Put%s of %s: %j', (name, member, value, error) => {
    expect(refused(`PutBucket${name}`, member, value)).toMatch(error);
  });

  it('logs go to a bucket of the same account', () => {
    sandbox.call('s3:CreateBucket', { Bucket: 'partners-1' }, partnerRoot);
    const status = { LoggingEnabled: { TargetBucket: 'partners-1', TargetPrefix: '' } };
    expect(refused('PutBucketLogging', 'BucketLoggingStatus', status)).toContain('must be the same');
    put('PutBucketLogging', 'BucketLoggingStatus', { LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: '' } });
    put('PutBucketLogging', 'BucketLoggingStatus', {});
    expect(sandbox.call('s3:GetBucketLogging', { Bucket })).toEqual({});
  });
});

describe('named configurations', () => {
  it.each<[string, string, object]>([
    ['Analytics', 'AnalyticsConfiguration', { StorageClassAnalysis: {} }],
    ['Metrics', 'MetricsConfiguration', { Filter: { Prefix: 'a/' } }],
    ['IntelligentTiering', 'IntelligentTieringConfiguration', { Status: 'Enabled', Tierings: [] }],
    [
      'Inventory',
      'InventoryConfiguration',
      {
        Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::b', Format: 'CSV' } },
        IsEnabled: true,
        IncludedObjectVersions: 'All',
        Schedule: { Frequency: 'Daily' },
      },
    ],
  ])('of %s', (kind, member, value) => {
    const [name, list] = [`Bucket${kind}Configuration`, `s3:ListBucket${kind}Configurations`];
    expect(sandbox.call(list, { Bucket })).toEqual({ IsTruncated: false });
    for (const Id of ['b', 'constructor', 'a']) {
      sandbox.call(`s3:Put${name}`, { Bucket, Id, [member]: { ...value, Id } });
    }
    expect(sandbox.asked(`s3:Get${name}`, { Bucket, Id: 'a' })).toEqual([
      `s3:Get${kind}Configuration arn:aws:s3:::${Bucket}`,
    ]);
    expect(sandbox.call(`s3:Get${name}`, { Bucket, Id: 'constructor' })).toEqual({
      [member]: { ...value, Id: 'constructor' },
    });
    const listed = sandbox.call(list, { Bucket })[`${member}List`];
    expect(listed.map(({ Id }: Output) => Id)).toEqual(['a', 'b', 'constructor']);
    sandbox.call(`s3:Delete${name}`, { Bucket, Id: 'b' });
    for (const operation of ['Get', 'Delete']) {
      expect(sandbox.fail(`s3:${operation}${name}`, { Bucket, Id: 'b' }).code).toBe('NoSuchConfiguration');
    }
    expect(sandbox.fail(`s3:Put${name}`, { Bucket, Id: 'a' }).code).toBe('MalformedXML');
    const other = { Bucket, Id: 'a', [member]: { ...value, Id: 'z' } };
    expect(sandbox.fail(`s3:Put${name}`, other).code).toBe('InvalidArgument');
  });

  it('are listed in pages', () => {
    for (let n = 0; n < 101; n++) {
      const Id = `m${String(n).padStart(3, '0')}`;
      sandbox.call('s3:PutBucketMetricsConfiguration', { Bucket, Id, MetricsConfiguration: { Id } });
    }
    const first = sandbox.call('s3:ListBucketMetricsConfigurations', { Bucket });
    expect([first.IsTruncated, first.MetricsConfigurationList.length]).toEqual([true, 100]);
    const ContinuationToken = first.NextContinuationToken;
    const second = sandbox.call('s3:ListBucketMetricsConfigurations', { Bucket, ContinuationToken });
    expect([second.IsTruncated, second.MetricsConfigurationList]).toEqual([false, [{ Id: 'm100' }]]);
  });
});

describe('replication', () => {
  const Role = 'arn:aws:iam::111122223333:role/copier';
  const rules = (name: string) => ({
    Role,
    Rules: [{ ID: 'all', Status: 'Enabled', Prefix: '', Destination: { Bucket: `arn:aws:s3:::${name}` } }],
  });
  const version = (name: string) =>
    sandbox.call('s3:PutBucketVersioning', { Bucket: name, VersioningConfiguration: { Status: 'Enabled' } });
  beforeEach(() => {
    sandbox.call('iam:CreateRole', { RoleName: 'copier', AssumeRolePolicyDocument: trust });
    sandbox.call('s3:CreateBucket', { Bucket: 'copies-1' });
  });

  it('is between versioned buckets, whose versioning it fixes', () => {
    const replicate = (name: string) => refused('PutBucketReplication', 'ReplicationConfiguration', rules(name));
    expect(sandbox.fail('s3:GetBucketReplication', { Bucket }).code).toBe('ReplicationConfigurationNotFoundError');
    expect(replicate('copies-1')).toContain("Versioning must be 'Enabled' on the bucket to apply");
    version(Bucket);
    expect(replicate('copies-1')).toBe('InvalidRequest: Destination bucket must have versioning enabled.');
    expect(replicate('nothing')).toBe('InvalidRequest: Destination bucket must exist.');
    version('copies-1');
    put('PutBucketReplication', 'ReplicationConfiguration', rules('copies-1'));
    expect(sandbox.call('s3:GetBucketReplication', { Bucket })).toEqual({
      ReplicationConfiguration: rules('copies-1'),
    });
    expect(refused('PutBucketVersioning', 'VersioningConfiguration', { Status: 'Suspended' })).toBe(
      'InvalidBucketState: A replication configuration is present on this bucket, so the versioning state cannot be changed.',
    );
    sandbox.call('s3:DeleteBucketReplication', { Bucket });
    put('PutBucketVersioning', 'VersioningConfiguration', { Status: 'Suspended' });
  });

  it('needs the right to pass its role to S3', () => {
    version(Bucket);
    version('copies-1');
    const input = { Bucket, ReplicationConfiguration: rules('copies-1') };
    const half = sandbox.user('half', allow('s3:PutReplicationConfiguration'));
    expect(sandbox.fail('s3:PutBucketReplication', input, half).message).toContain('iam:PassRole');
    const toS3 = { Condition: { StringEquals: { 'iam:PassedToService': 's3.amazonaws.com' } } };
    const whole = sandbox.user('whole', allow('s3:*'), allow('iam:PassRole', Role, toS3));
    sandbox.call('s3:PutBucketReplication', input, whole);
  });
});
