/** The notification configuration of a bucket (Amazon S3 API Reference, `PutBucketNotificationConfiguration`). */
import {
  Event,
  type GetBucketNotificationConfigurationRequest,
  type NotificationConfiguration,
  type NotificationConfigurationFilter,
  type PutBucketNotificationConfigurationRequest,
} from '@aws-sdk/client-s3';
import { parseArn } from '../../../iam/arn.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { changing, type Process } from '../../process.ts';
import { newRequestId } from '../../request-id.ts';
import type { ProcessOperation } from '../../service.ts';
import { getSetting, keepSetting, type Nothing } from './bucket-documents.ts';
import { bucketOf, bucketOwner } from './buckets-by-name.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { type Destination, type NotificationState, probe } from './notifying.ts';
import { onBucket } from './permissions.ts';

const perBucket = 100;
const events: ReadonlySet<string> = new Set(Object.values(Event));

/** The configuration as a whole takes the place of the one before: an empty one ends it. */
export const putBucketNotification: ProcessOperation<PutBucketNotificationConfigurationRequest, Nothing> = {
  kind: 'process',
  owner: bucketOwner,
  permissions: onBucket('s3:PutBucketNotification'),
  *run(account, input, call): Process<Nothing> {
    const bucket = bucketOf(account, input);
    const configuration = input.NotificationConfiguration;
    if (configuration === undefined) throw malformedXml();
    const destinations = readDestinations(configuration, call);
    checkOverlaps(destinations);
    const refused: { readonly arn: string; readonly reason: string }[] = [];
    for (const destination of input.SkipDestinationValidation === true ? [] : destinations) {
      const outcome = yield* probe(destination, { bucket, accountId: account.id, cause: call });
      if (outcome.kind === 'error') refused.push({ arn: destination.arn, reason: reasonOf(destination) });
    }
    if (refused.length > 0) throw notValidated(refused);
    const { EventBridgeConfiguration: eventBridge } = configuration;
    yield* changing(account.id, (draft) => {
      keepSetting(bucketOf(draft, input), 'notification', {
        destinations,
        ...(eventBridge !== undefined && { eventBridge }),
      } satisfies NotificationState);
    });
    return {};
  },
};

const services = { queue: 'sqs', topic: 'sns', function: 'lambda' } as const;

/** @throws MalformedXML, InvalidArgument */
function readDestinations(configuration: NotificationConfiguration, call: Call): readonly Destination[] {
  const { QueueConfigurations = [], TopicConfigurations = [], LambdaFunctionConfigurations = [] } = configuration;
  const found = [
    ...QueueConfigurations.map((given) => ({ given, kind: 'queue' as const, arn: given.QueueArn })),
    ...TopicConfigurations.map((given) => ({ given, kind: 'topic' as const, arn: given.TopicArn })),
    ...LambdaFunctionConfigurations.map((given) => ({
      given,
      kind: 'function' as const,
      arn: given.LambdaFunctionArn,
    })),
  ].map(({ given, kind, arn }): Destination => {
    if (arn === undefined || given.Events === undefined || given.Events.length === 0) throw malformedXml();
    if (parseArn(arn)?.service !== services[kind]) {
      throw invalidArgument('The ARN could not be parsed', `${kind} ARN`, arn);
    }
    const unknown = given.Events.find((event) => !events.has(event));
    if (unknown !== undefined) {
      throw invalidArgument('The event is not supported for notifications', 'Event', unknown);
    }
    return { id: given.Id ?? newRequestId(call.random), kind, arn, events: given.Events, ...readFilter(given.Filter) };
  });
  if (found.length > perBucket) throw malformedXml();
  if (new Set(found.map(({ id }) => id)).size < found.length) {
    throw invalidArgument('Same ID used for multiple configurations. IDs must be unique', 'Id', '');
  }
  return found;
}

/** @throws InvalidArgument */
function readFilter(filter: NotificationConfigurationFilter | undefined): Pick<Destination, 'prefix' | 'suffix'> {
  const read = { prefix: '', suffix: '' };
  const seen = new Set<string>();
  for (const { Name = '', Value = '' } of filter?.Key?.FilterRules ?? []) {
    const name = Name.toLowerCase();
    if (name !== 'prefix' && name !== 'suffix') {
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name);
    }
    if (seen.has(name)) {
      throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, 'FilterRule.Name', Name);
    }
    seen.add(name);
    read[name] = Value;
  }
  return read;
}

/** @throws InvalidArgument where an event of one object could go by two configurations */
function checkOverlaps(destinations: readonly Destination[]): void {
  for (const [at, one] of destinations.entries()) {
    for (const other of destinations.slice(at + 1)) {
      if (one.events.some((event) => other.events.some((same) => isSameEvent(event, same))) && overlap(one, other)) {
        throw invalidArgument(
          'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
          'FilterRule',
          '',
        );
      }
    }
  }
}

function isSameEvent(a: string, b: string): boolean {
  const covers = (wide: string, narrow: string) => wide.endsWith(':*') && narrow.startsWith(wide.slice(0, -1));
  return a === b || covers(a, b) || covers(b, a);
}

function overlap(a: Destination, b: Destination): boolean {
  return (
    (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix)) &&
    (a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix))
  );
}

const shown = { queue: 'queue', topic: 'topic', function: 'Lambda function' } as const;

/** Of one that does not exist no policy lets S3 send to it either. */
function reasonOf({ kind }: Destination): string {
  return `Permissions on the destination ${shown[kind]} do not allow S3 to publish notifications from this bucket`;
}

function notValidated(refused: readonly { readonly arn: string; readonly reason: string }[]): AwsError {
  const numbered = refused.flatMap(({ arn, reason }, at) => [
    [`ArgumentName${at + 1}`, arn] as const,
    [`ArgumentValue${at + 1}`, reason] as const,
  ]);
  const [only] = refused;
  const details =
    refused.length === 1 && only !== undefined
      ? { ArgumentName: only.arn, ArgumentValue: only.reason }
      : Object.fromEntries(numbered);
  return new AwsError('InvalidArgument', 'Unable to validate the following destination configurations', {
    status: 400,
    details,
  });
}

export const getBucketNotification = getSetting<
  GetBucketNotificationConfigurationRequest,
  NotificationState,
  NotificationConfiguration
>('notification', 's3:GetBucketNotification', (state) => {
  const of = (kind: Destination['kind']) =>
    state?.destinations.filter((destination) => destination.kind === kind) ?? [];
  const [queues, topics, functions] = [of('queue'), of('topic'), of('function')];
  return {
    ...(queues.length > 0 && {
      QueueConfigurations: queues.map((each) => ({ ...describe(each), QueueArn: each.arn })),
    }),
    ...(topics.length > 0 && {
      TopicConfigurations: topics.map((each) => ({ ...describe(each), TopicArn: each.arn })),
    }),
    ...(functions.length > 0 && {
      LambdaFunctionConfigurations: functions.map((each) => ({ ...describe(each), LambdaFunctionArn: each.arn })),
    }),
    ...(state?.eventBridge !== undefined && { EventBridgeConfiguration: state.eventBridge }),
  };
});

function describe({ id, events: named, prefix, suffix }: Destination) {
  const rules = [
    ...(prefix === '' ? [] : [{ Name: 'Prefix' as 'prefix', Value: prefix }]),
    ...(suffix === '' ? [] : [{ Name: 'Suffix' as 'suffix', Value: suffix }]),
  ];
  return {
    Id: id,
    Events: named as Event[],
    ...(rules.length > 0 && { Filter: { Key: { FilterRules: rules } } }),
  };
}
