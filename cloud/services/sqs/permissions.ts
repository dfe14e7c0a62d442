/** What the rule for permissions cannot tell of SQS: queues are named by their URLs. */
import { own } from '../../own.ts';
import { requestTagContext } from '../../permissions/input-tags.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import { shownByName } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { placeOfArn, queueArn, queueKey, readQueueUrl } from './names.ts';

export const queueResources: ResourceRules = {
  named({ QueueUrl, QueueName, QueueOwnerAWSAccountId }, { region, callerAccountId }) {
    if (typeof QueueUrl === 'string') {
      const { accountId, name } = readQueueUrl(QueueUrl) ?? { accountId: callerAccountId, name: QueueUrl };
      return queueArn(region, accountId, name);
    }
    if (typeof QueueName !== 'string' || typeof QueueOwnerAWSAccountId !== 'string') return undefined;
    return queueArn(region, QueueOwnerAWSAccountId, QueueName);
  },
  tagsOf,
};

function tagsOf(world: World, arn: string): Readonly<Record<string, string>> | undefined {
  const place = placeOfArn(arn);
  const account = place && own(world.accounts, place.accountId);
  const queue = account && own(account.sqs.queues, queueKey(place.region, place.name));
  return queue && shownByName(queue.tags);
}

interface CreationInput {
  readonly QueueName?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Tagging a queue as it is made is a permission of its own (Amazon SQS API Reference, CreateQueue, `tags`). */
export function tagOnCreation(input: CreationInput, facts: PermissionFacts): readonly Permission[] {
  const { QueueName = '', tags = {} } = input;
  if (Object.keys(tags).length === 0) return [];
  return [
    {
      action: 'sqs:TagQueue',
      resource: queueArn(facts.region, facts.callerAccountId, QueueName),
      resourceAccountId: facts.callerAccountId,
      context: requestTagContext({ tags }),
    },
  ];
}
