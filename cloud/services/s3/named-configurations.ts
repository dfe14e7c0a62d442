/**
 * Analytics, metrics, inventory and Intelligent-Tiering configurations, of which a bucket may have many: records, nothing is analysed,
 * counted, listed or moved (Amazon S3 API Reference, `PutBucketAnalyticsConfiguration` and those like it).
 */
import type {
  AnalyticsConfiguration,
  IntelligentTieringConfiguration,
  InventoryConfiguration,
  MetricsConfiguration,
} from '@aws-sdk/client-s3';
import type { Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { checkSize, type Nothing, plainDocument } from './bucket-documents.ts';
import { type BucketInput, bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { nameOfToken, tokenOf } from './pages.ts';
import { onBucket } from './permissions.ts';
import type { BucketState, ConfigurationKind, Document } from './state.ts';

const perBucket = 1000;
/** At most this many stand in one list. */
const perPage = 100;

interface Named extends BucketInput {
  readonly Id?: string | undefined;
}

interface Listed extends BucketInput {
  readonly ContinuationToken?: string | undefined;
}

interface Kind<Value, PutInput> {
  readonly kind: ConfigurationKind;
  /** As the member that holds one is called; with an `s` behind it the list. */
  readonly member: string;
  /** The part of the actions' names behind `Get` and `Put`. */
  readonly action: string;
  readonly read: (input: PutInput) => Value | undefined;
  /** What every one of this kind must have. */
  readonly required: readonly (keyof Value)[];
}

interface Operations<PutInput> {
  readonly put: ChangeOperation<PutInput, Nothing>;
  readonly get: ReadOperation<Named, Readonly<Record<string, Document>>>;
  readonly list: ReadOperation<Listed, Readonly<Record<string, unknown>>>;
  readonly remove: ChangeOperation<Named, Nothing>;
}

function operationsOf<Value extends object, PutInput extends Named>({
  kind,
  member,
  action,
  read,
  required,
}: Kind<Value, PutInput>): Operations<PutInput> {
  const reading = onBucket<BucketInput>(`s3:Get${action}`);
  const writing = onBucket<BucketInput>(`s3:Put${action}`);
  return {
    put: {
      kind: 'change',
      owner: bucketOwner,
      permissions: writing,
      handle(account, input) {
        const bucket = bucketOf(account, input);
        const value = read(input);
        if (value === undefined || required.some((name) => value[name] === undefined)) throw malformedXml();
        keep(bucket, kind, input.Id, value);
        return {};
      },
    },
    get: {
      kind: 'read',
      owner: bucketOwner,
      permissions: reading,
      handle(account, input) {
        const found = own(all(bucketOf(account, input), kind), stateKey(input.Id ?? ''));
        if (found === undefined) throw noSuchConfiguration();
        return { [member]: found };
      },
    },
    list: {
      kind: 'read',
      owner: bucketOwner,
      permissions: reading,
      handle: (account, input) => page(Object.values(all(bucketOf(account, input), kind)), input, `${member}List`),
    },
    remove: {
      kind: 'change',
      owner: bucketOwner,
      permissions: writing,
      handle(account, input) {
        const bucket = bucketOf(account, input);
        const key = stateKey(input.Id ?? '');
        if (own(all(bucket, kind), key) === undefined) throw noSuchConfiguration();
        const { [key]: _gone, ...others } = all(bucket, kind);
        bucket.configurations = { ...bucket.configurations, [kind]: others };
        return {};
      },
    },
  };
}

function all({ configurations }: BucketState, kind: ConfigurationKind): Readonly<Record<string, Document>> {
  return configurations?.[kind] ?? {};
}

function keep(bucket: Draft<BucketState>, kind: ConfigurationKind, id: string | undefined, value: object): void {
  const name = 'Id' in value ? value.Id : undefined;
  if (id === undefined || name !== id || !/^[\w.-]{1,64}$/.test(id)) {
    throw invalidArgument('The specified configuration id is not valid.', 'id', id ?? '');
  }
  const others = all(bucket, kind);
  if (Object.keys(others).length >= perBucket && own(others, stateKey(id)) === undefined) {
    throw new AwsError(
      'TooManyConfigurations',
      `You are attempting to create a new configuration but have already reached the ${perBucket}-configuration limit.`,
      { status: 400 },
    );
  }
  bucket.configurations = { ...bucket.configurations, [kind]: { ...others, [stateKey(id)]: plainDocument(value) } };
  checkSize(bucket);
}

function noSuchConfiguration(): AwsError {
  return new AwsError('NoSuchConfiguration', 'The specified configuration does not exist.', { status: 404 });
}

function page(documents: readonly Document[], { ContinuationToken: token }: Listed, member: string): Document {
  const after = token === undefined ? '' : nameOfToken(token);
  const idOf = (document: Document) => String(document['Id']);
  const rest = documents.filter((document) => idOf(document) > after).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const shown = rest.slice(0, perPage);
  const last = shown.at(-1);
  const isTruncated = rest.length > shown.length && last !== undefined;
  return {
    IsTruncated: isTruncated,
    ...(token !== undefined && { ContinuationToken: token }),
    ...(isTruncated && { NextContinuationToken: tokenOf(idOf(last)) }),
    ...(shown.length > 0 && { [member]: shown }),
  };
}

export const analytics = operationsOf({
  kind: 'analytics',
  member: 'AnalyticsConfiguration',
  action: 'AnalyticsConfiguration',
  read: (input: Named & { readonly AnalyticsConfiguration?: AnalyticsConfiguration | undefined }) =>
    input.AnalyticsConfiguration,
  required: ['StorageClassAnalysis'],
});

export const intelligentTiering = operationsOf({
  kind: 'intelligentTiering',
  member: 'IntelligentTieringConfiguration',
  action: 'IntelligentTieringConfiguration',
  read: (input: Named & { readonly IntelligentTieringConfiguration?: IntelligentTieringConfiguration | undefined }) =>
    input.IntelligentTieringConfiguration,
  required: ['Status', 'Tierings'],
});

export const inventory = operationsOf({
  kind: 'inventory',
  member: 'InventoryConfiguration',
  action: 'InventoryConfiguration',
  read: (input: Named & { readonly InventoryConfiguration?: InventoryConfiguration | undefined }) =>
    input.InventoryConfiguration,
  required: ['Destination', 'IsEnabled', 'IncludedObjectVersions', 'Schedule'],
});

export const metrics = operationsOf({
  kind: 'metrics',
  member: 'MetricsConfiguration',
  action: 'MetricsConfiguration',
  read: (input: Named & { readonly MetricsConfiguration?: MetricsConfiguration | undefined }) =>
    input.MetricsConfiguration,
  required: [],
});
