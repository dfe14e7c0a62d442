/** AWS::S3::Bucket and BucketPolicy. */
import { differ } from '../differences.ts';
import {
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { boolean, document, list, number, oneOf, record, tags, text } from '../shape.ts';
import { bucketEncryption, encryptBucket } from './s3-encryption.ts';

const transition = record({ StorageClass: text, TransitionInDays: number, TransitionDate: text }, ['StorageClass']);
const noncurrentTransition = record({ StorageClass: text, TransitionInDays: number, NewerNoncurrentVersions: number }, [
  'StorageClass',
  'TransitionInDays',
]);

const lifecycle = record(
  {
    Rules: list(
      record(
        {
          Id: text,
          Status: oneOf('Enabled', 'Disabled'),
          Prefix: text,
          TagFilters: tags,
          ObjectSizeGreaterThan: text,
          ObjectSizeLessThan: text,
          ExpirationInDays: number,
          ExpirationDate: text,
          ExpiredObjectDeleteMarker: boolean,
          Transitions: list(transition),
          NoncurrentVersionExpiration: record({ NoncurrentDays: number, NewerNoncurrentVersions: number }, [
            'NoncurrentDays',
          ]),
          NoncurrentVersionTransitions: list(noncurrentTransition),
          AbortIncompleteMultipartUpload: record({ DaysAfterInitiation: number }, ['DaysAfterInitiation']),
        },
        ['Status'],
      ),
    ),
  },
  ['Rules'],
);

export const bucket: ResourceType = {
  name: 'AWS::S3::Bucket',
  properties: record({
    BucketName: text,
    VersioningConfiguration: record({ Status: oneOf('Enabled', 'Suspended') }, ['Status']),
    PublicAccessBlockConfiguration: record({
      BlockPublicAcls: boolean,
      IgnorePublicAcls: boolean,
      BlockPublicPolicy: boolean,
      RestrictPublicBuckets: boolean,
    }),
    OwnershipControls: record(
      {
        Rules: list(
          record({ ObjectOwnership: oneOf('BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter') }, [
            'ObjectOwnership',
          ]),
        ),
      },
      ['Rules'],
    ),
    BucketEncryption: bucketEncryption,
    LifecycleConfiguration: lifecycle,
    Tags: tags,
  }),
  attributes: ['Arn', 'DomainName', 'RegionalDomainName'],
  named: 'BucketName',
  fixed: ['BucketName'],
  *make(properties, { region, generatedName }) {
    const name = textOf(properties, 'BucketName') ?? generatedName(63).toLowerCase();
    const [ownership] = recordsOf(recordOf(properties, 'OwnershipControls') ?? {}, 'Rules');
    yield* send(
      's3',
      'CreateBucket',
      given({
        Bucket: name,
        ObjectOwnership: ownership && textOf(ownership, 'ObjectOwnership'),
        // The first region is the one without a constraint.
        CreateBucketConfiguration: region === 'us-east-1' ? undefined : { LocationConstraint: region },
      }),
    );
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      },
    };
  },
  settle: ({ ref }, properties) => configure(ref, {}, properties),
  *update({ ref: Bucket, attributes, properties: before }, properties) {
    if (differ(before, properties, 'OwnershipControls')) {
      const OwnershipControls = recordOf(properties, 'OwnershipControls');
      const operation =
        OwnershipControls === undefined ? 'DeleteBucketOwnershipControls' : 'PutBucketOwnershipControls';
      yield* send('s3', operation, given({ Bucket, OwnershipControls }));
    }
    yield* configure(Bucket, before, properties);
    return { ref: Bucket, attributes };
  },
  *remove({ ref }) {
    yield* send('s3', 'DeleteBucket', { Bucket: ref });
  },
};

/** A setting that is no longer there goes back to what a bucket has at first; versioning can only be suspended. */
function* configure(Bucket: string, before: Properties, after: Properties): Steps<void> {
  const changed = (name: string) => differ(before, after, name);
  if (changed('VersioningConfiguration')) {
    const Status = textOf(recordOf(after, 'VersioningConfiguration') ?? {}, 'Status') ?? 'Suspended';
    yield* send('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
  }
  if (changed('PublicAccessBlockConfiguration')) yield* blockPublicAccess(Bucket, after);
  if (changed('Tags')) {
    const TagSet = after['Tags'];
    if (TagSet === undefined) yield* send('s3', 'DeleteBucketTagging', { Bucket });
    else yield* send('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet } });
  }
  if (changed('BucketEncryption')) yield* encryptBucket(Bucket, after);
  if (!changed('LifecycleConfiguration')) return;
  const rules = recordsOf(recordOf(after, 'LifecycleConfiguration') ?? {}, 'Rules');
  if (rules.length === 0) yield* send('s3', 'DeleteBucketLifecycle', { Bucket });
  else {
    yield* send('s3', 'PutBucketLifecycleConfiguration', {
      Bucket,
      LifecycleConfiguration: { Rules: rules.map(lifecycleRule) },
    });
  }
}

function* blockPublicAccess(Bucket: string, properties: Properties): Steps<void> {
  const block = recordOf(properties, 'PublicAccessBlockConfiguration');
  if (block === undefined) {
    yield* send('s3', 'DeletePublicAccessBlock', { Bucket });
  } else {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: booleanOf(block, 'BlockPublicAcls') ?? false,
      IgnorePublicAcls: booleanOf(block, 'IgnorePublicAcls') ?? false,
      BlockPublicPolicy: booleanOf(block, 'BlockPublicPolicy') ?? false,
      RestrictPublicBuckets: booleanOf(block, 'RestrictPublicBuckets') ?? false,
    };
    yield* send('s3', 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration });
  }
}

/** CloudFormation writes a rule flat; the API nests it. */
function lifecycleRule(rule: Properties): Readonly<Record<string, unknown>> {
  const expiration = given({
    Days: numberOf(rule, 'ExpirationInDays'),
    Date: dateOf(rule, 'ExpirationDate'),
    ExpiredObjectDeleteMarker: booleanOf(rule, 'ExpiredObjectDeleteMarker'),
  });
  const old = recordOf(rule, 'NoncurrentVersionExpiration');
  const abort = recordOf(rule, 'AbortIncompleteMultipartUpload');
  const transitions = recordsOf(rule, 'Transitions').map((entry) =>
    given({
      StorageClass: textOf(entry, 'StorageClass'),
      Days: numberOf(entry, 'TransitionInDays'),
      Date: dateOf(entry, 'TransitionDate'),
    }),
  );
  const oldTransitions = recordsOf(rule, 'NoncurrentVersionTransitions').map((entry) =>
    given({
      StorageClass: textOf(entry, 'StorageClass'),
      NoncurrentDays: numberOf(entry, 'TransitionInDays'),
      NewerNoncurrentVersions: numberOf(entry, 'NewerNoncurrentVersions'),
    }),
  );
  return given({
    ID: textOf(rule, 'Id'),
    Status: textOf(rule, 'Status'),
    Filter: lifecycleFilter(rule),
    Expiration: Object.keys(expiration).length > 0 ? expiration : undefined,
    Transitions: transitions.length > 0 ? transitions : undefined,
    NoncurrentVersionTransitions: oldTransitions.length > 0 ? oldTransitions : undefined,
    NoncurrentVersionExpiration:
      old &&
      given({
        NoncurrentDays: numberOf(old, 'NoncurrentDays'),
        NewerNoncurrentVersions: numberOf(old, 'NewerNoncurrentVersions'),
      }),
    AbortIncompleteMultipartUpload: abort && { DaysAfterInitiation: numberOf(abort, 'DaysAfterInitiation') },
  });
}

function lifecycleFilter(rule: Properties): Readonly<Record<string, unknown>> {
  const parts = given({
    Prefix: textOf(rule, 'Prefix'),
    ObjectSizeGreaterThan: numberOf(rule, 'ObjectSizeGreaterThan'),
    ObjectSizeLessThan: numberOf(rule, 'ObjectSizeLessThan'),
  });
  const tagged = recordsOf(rule, 'TagFilters');
  const count = Object.keys(parts).length + tagged.length;
  if (count === 0) return { Prefix: '' };
  if (count === 1) return tagged.length === 1 ? { Tag: tagged[0] } : parts;
  return { And: { ...parts, ...(tagged.length > 0 && { Tags: tagged }) } };
}

function dateOf(properties: Properties, name: string): Date | undefined {
  const value = textOf(properties, name);
  return value === undefined ? undefined : new Date(value);
}

export const bucketPolicy: ResourceType = {
  name: 'AWS::S3::BucketPolicy',
  properties: record({ Bucket: text, PolicyDocument: document }, ['Bucket', 'PolicyDocument']),
  attributes: [],
  fixed: ['Bucket'],
  *make(properties) {
    const name = textOf(properties, 'Bucket') ?? '';
    yield* send('s3', 'PutBucketPolicy', { Bucket: name, Policy: documentOf(properties, 'PolicyDocument') });
    return { ref: name, attributes: {} };
  },
  *update({ ref, attributes }, properties) {
    yield* send('s3', 'PutBucketPolicy', { Bucket: ref, Policy: documentOf(properties, 'PolicyDocument') });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('s3', 'DeleteBucketPolicy', { Bucket: ref });
  },
};
