import type { CallRequest } from '../../../../../cloud/perform.ts';
import { queueUrl, readQueueUrl } from '../../../../../cloud/services/sqs/names.ts';
import { shownByName } from '../../../../../cloud/state-key.ts';
import type { CarriedOperation, CarriedService, Input, Output } from '../carried-service.ts';
import { ours } from '../carried-service.ts';

/** Attributes that the embedded cloud knows: messages are its own, it shows principals that are gone by their ids, and forgets what is taken away. */
const OUR_ATTRIBUTES =
  /^(?:Policy|Redrive(?:Allow)?Policy|KmsMasterKeyId|CreatedTimestamp|LastModifiedTimestamp|ApproximateNumberOfMessages(?:Delayed|NotVisible)?)$/;
const messages = 'A message, its visibility and its receipt handle go by the clock and the policies of the sandbox.';

/** An emulator finds a queue by the end of its URL. */
const byPath = (input: Input): Input => {
  const place = readQueueUrl(String(input['QueueUrl'] ?? ''));
  return place === undefined ? input : { ...input, QueueUrl: `http://localhost/${place.accountId}/${place.name}` };
};
const onQueue: CarriedOperation = { sent: byPath };

/** URLs of queues as this client reaches them. */
function urlsFor(member: string): CarriedOperation['answer'] {
  return (theirs, _ours, request) => {
    const urls = theirs[member];
    return Array.isArray(urls) ? { ...theirs, [member]: urls.map((url) => urlFor(String(url), request)) } : theirs;
  };
}

function urlFor(url: string, { request }: CallRequest): string {
  const place = readQueueUrl(url);
  return place === undefined ? url : queueUrl(request, { ...place, region: request.region });
}

function attributesOf(theirs: Output, own: Output): Output {
  const known = Object.entries((own['Attributes'] ?? {}) as Record<string, string>);
  const other = Object.entries((theirs['Attributes'] ?? {}) as Record<string, string>);
  const Attributes = Object.fromEntries([
    ...other.filter(([name]) => !OUR_ATTRIBUTES.test(name)),
    ...known.filter(([name]) => OUR_ATTRIBUTES.test(name)),
  ]);
  return Object.keys(Attributes).length === 0 ? own : { Attributes };
}

/** Amazon SQS: queues, their attributes, policies and tags. */
export const sqs: CarriedService = {
  operations: {
    CreateQueue: { answer: ours('QueueUrl') },
    GetQueueUrl: { answer: ours('QueueUrl') },
    ListQueues: { answer: urlsFor('QueueUrls') },
    ListDeadLetterSourceQueues: { ...onQueue, answer: urlsFor('queueUrls') },
    DeleteQueue: onQueue,
    GetQueueAttributes: { ...onQueue, answer: attributesOf },
    SetQueueAttributes: onQueue,
    TagQueue: onQueue,
    UntagQueue: onQueue,
    ListQueueTags: onQueue,
  },
  kept: {
    AddPermission: 'LocalStack adds statements of another form to the policy.',
    RemovePermission: 'It goes with AddPermission.',
    '*': messages,
  },
  async bringUp(account, there) {
    const queues = Object.values(account.sqs.queues);
    for (const { name, region, attributes, tags } of queues) {
      const { RedrivePolicy: _redrive, RedriveAllowPolicy: _allow, ...rest } = attributes;
      await there.call('CreateQueue', { QueueName: name, Attributes: rest, tags: shownByName(tags) }, region);
    }
    // A dead-letter queue has to be there before it is named.
    for (const { name, region, attributes, policy } of queues) {
      const { RedrivePolicy, RedriveAllowPolicy } = attributes;
      const Attributes = {
        ...(RedrivePolicy === undefined ? {} : { RedrivePolicy }),
        ...(RedriveAllowPolicy === undefined ? {} : { RedriveAllowPolicy }),
        ...(policy === undefined ? {} : { Policy: there.policy(policy) }),
      };
      if (Object.keys(Attributes).length === 0) continue;
      await there.call('SetQueueAttributes', { QueueUrl: urlOf(account.id, name), Attributes }, region);
    }
  },
  async empty(account, there) {
    for (const { name, region } of Object.values(account.sqs.queues)) {
      await there.tried('DeleteQueue', { QueueUrl: urlOf(account.id, name) }, region);
    }
  },
};

function urlOf(accountId: string, name: string): string {
  return `http://localhost/${accountId}/${name}`;
}
