/**
 * Messages about what happens to objects, to the queues, topics and functions of a bucket's notification configuration. S3 sends them as
 * itself: what the policy of a destination refuses is lost (Amazon S3 User Guide, "Amazon S3 Event Notifications" and "Event message
 * structure").
 */
import type { EventBridgeConfiguration } from '@aws-sdk/client-s3';
import { parseArn } from '../../../iam/arn.ts';
import type { AnyCaller } from '../../../iam/model.ts';
import type { Call } from '../../call.ts';
import { calling, type InnerOutcome, type Process } from '../../process.ts';
import { placeOfArn, queueUrl } from '../sqs/names.ts';
import { identityOf } from '../sts/identity.ts';
import { settingOf } from './bucket-documents.ts';
import { bucketArn } from './buckets-by-name.ts';
import { canonicalUserId } from './canonical-user.ts';
import type { BucketState, ObjectVersionState } from './state.ts';

/** Where messages of a configuration go, and about what. */
export interface Destination {
  readonly id: string;
  readonly kind: 'queue' | 'topic' | 'function';
  readonly arn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** A bucket's notification configuration as the state keeps it. */
export interface NotificationState {
  readonly destinations: readonly Destination[];
  readonly eventBridge?: EventBridgeConfiguration;
}

/** What happened to an object. */
export interface ObjectEvent {
  /** `ObjectCreated:Put`. */
  readonly name: string;
  readonly key: string;
  /** Absent where the object is gone, and no version or delete marker of it is named. */
  readonly version?: Pick<ObjectVersionState, 'versionId' | 'size' | 'etag'>;
}

/** Who made an object's event, when and where; a tick of the clock has no caller. */
export type Cause = Pick<Call, 'now' | 'request' | 'requestId' | 'random'> & { readonly caller?: AnyCaller };

const principal = 's3.amazonaws.com';

/** Sends an event of an object to whom the bucket's configuration names. */
export function* notify(
  { id: accountId }: { readonly id: string },
  bucket: BucketState,
  event: ObjectEvent,
  cause: Cause,
): Process<void> {
  const wanted = settingOf<NotificationState>(bucket, 'notification')?.destinations.filter((destination) =>
    isWanted(destination, event),
  );
  for (const destination of wanted ?? []) {
    const message = JSON.stringify({ Records: [recordOf(event, bucket, accountId, destination.id, cause)] });
    yield* send(destination, message, { bucket, accountId, cause });
  }
}

function isWanted({ events, prefix, suffix }: Destination, { name, key }: ObjectEvent): boolean {
  const isNamed = events.some((wanted) =>
    wanted.endsWith(':*') ? `s3:${name}`.startsWith(wanted.slice(0, -1)) : wanted === `s3:${name}`,
  );
  return isNamed && key.startsWith(prefix) && key.endsWith(suffix);
}

function recordOf(
  { name, key, version }: ObjectEvent,
  bucket: BucketState,
  accountId: string,
  configurationId: string,
  { now, request, requestId, caller, random }: Cause,
) {
  const isCreated = name.startsWith('ObjectCreated:');
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: new Date(now).toISOString(),
    eventName: name,
    userIdentity: { principalId: principalIdOf(caller) },
    requestParameters: { sourceIPAddress: request.sourceIp },
    responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': hostIdOf(requestId) },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: canonicalUserId(accountId).slice(0, 14).toUpperCase() },
        arn: bucketArn(bucket.name),
      },
      object: {
        // As in a form: a space is a plus sign.
        key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        ...(isCreated && version && { size: version.size, eTag: version.etag.replaceAll('"', '') }),
        ...(bucket.versioning !== undefined && version && { versionId: version.versionId }),
        sequencer: sequencerOf(now, random),
      },
    },
  };
}

/** Who did it: S3 itself where the clock did. */
function principalIdOf(caller: AnyCaller | undefined): string {
  if (caller === undefined || caller.kind === 'service') return 'AWS:Amazon';
  if (caller.kind === 'anonymous' || caller.kind === 'federated-identity') return 'Anonymous';
  return `AWS:${identityOf(caller).UserId}`;
}

function hostIdOf(requestId: string): string {
  return requestId.replaceAll('-', '').repeat(2);
}

/** Later events of a key have a greater one. */
function sequencerOf(now: number, random: Call['random']): string {
  const chance = Array.from(random.bytes(2), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${now.toString(16).padStart(14, '0')}${chance}`.toUpperCase();
}

interface Sending {
  readonly bucket: BucketState;
  readonly accountId: string;
  readonly cause: Pick<Call, 'request'>;
}

/** Sends a message as S3 itself: the policy of the destination decides, and is told of the bucket. */
export function* send(
  { kind, arn }: Pick<Destination, 'kind' | 'arn'>,
  message: string,
  { bucket, accountId, cause }: Sending,
): Process<InnerOutcome> {
  const order = orderOf(kind, arn, message, cause);
  return yield* calling({
    by: principal,
    as: { kind: 'service', source: { arn: bucketArn(bucket.name), accountId } },
    region: parseArn(arn)?.region ?? bucket.region,
    ...order,
  });
}

function orderOf(kind: Destination['kind'], arn: string, message: string, { request }: Pick<Call, 'request'>) {
  switch (kind) {
    case 'queue': {
      const place = placeOfArn(arn);
      const QueueUrl = place === undefined ? arn : queueUrl(request, place);
      return { service: 'sqs', operation: 'SendMessage', input: { QueueUrl, MessageBody: message } };
    }
    case 'topic': {
      const input = { TopicArn: arn, Message: message, Subject: 'Amazon S3 Notification' };
      return { service: 'sns', operation: 'Publish', input };
    }
    case 'function': {
      const input = { FunctionName: arn, InvocationType: 'Event', Payload: new TextEncoder().encode(message) };
      return { service: 'lambda', operation: 'Invoke', input };
    }
  }
}

/** Whether a destination takes messages of the bucket: a queue or a topic gets one, a function is asked. */
export function* probe(destination: Destination, sending: Sending & { readonly cause: Cause }): Process<InnerOutcome> {
  const { bucket, accountId, cause } = sending;
  if (destination.kind === 'function') {
    return yield* calling({
      by: principal,
      as: { kind: 'service', source: { arn: bucketArn(bucket.name), accountId } },
      region: parseArn(destination.arn)?.region ?? bucket.region,
      service: 'lambda',
      operation: 'Invoke',
      input: { FunctionName: destination.arn, InvocationType: 'DryRun' },
    });
  }
  const message = JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(cause.now).toISOString(),
    Bucket: bucket.name,
    RequestId: cause.requestId,
    HostId: hostIdOf(cause.requestId),
  });
  return yield* send(destination, message, sending);
}
