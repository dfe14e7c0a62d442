/** AddPermission, RemovePermission: statements of the queue policy by their labels. */
import type { AddPermissionRequest, RemovePermissionRequest } from '@aws-sdk/client-sqs';
import { isAccountId } from '../../../iam/arn.ts';
import type { ChangeOperation } from '../../service.ts';
import { invalidParameterValue, invalidValue, missingParameter, overLimit } from './errors.ts';
import { ownQueueOf } from './finding-queues.ts';
import { sqsLimits } from './limits.ts';
import { queueArn } from './names.ts';
import { checkedQueuePolicy } from './queue-policy.ts';

/** What can be given to others (Amazon SQS API Reference, AddPermission; Developer Guide, "Amazon SQS API permissions"). */
const shareable: ReadonlySet<string> = new Set([
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
]);
const ownersAlone: ReadonlySet<string> = new Set([
  'AddPermission',
  'CreateQueue',
  'DeleteQueue',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]);

interface PolicyDocument {
  readonly Statement: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
}

export const addPermission: ChangeOperation<AddPermissionRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const queue = ownQueueOf(account, input, call, 'sqs:AddPermission');
    const { Label: label = '', AWSAccountIds: accountIds = [], Actions: actions = [] } = input;
    if (accountIds.length === 0) throw missingParameter('AWSAccountIds');
    if (actions.length === 0) throw missingParameter('Actions');
    checkLabel(label);
    checkActions(actions);
    const stranger = accountIds.find((id) => !isAccountId(id));
    if (stranger !== undefined) throw invalidValue(`[${stranger}]`, 'PrincipalId', 'Unable to verify.');
    const arn = queueArn(queue.region, account.id, queue.name);
    const statements = statementsOf(queue.policy);
    if (statements.some(({ Sid }) => Sid === label)) throw invalidValue(label, 'Label', 'Already exists.');
    const principals = accountIds.map((id) => `arn:aws:iam::${id}:root`);
    const statement = {
      Sid: label,
      Effect: 'Allow',
      Principal: { AWS: oneOrMore(principals) },
      Action: oneOrMore(actions.map((action) => `SQS:${action}`)),
      Resource: arn,
    };
    const document =
      queue.policy === undefined
        ? { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy` }
        : (JSON.parse(queue.policy) as object);
    queue.policy = checkedQueuePolicy(
      JSON.stringify({ ...document, Statement: [...statements, statement] }),
      call.world,
    );
    queue.modifiedAt = call.now;
    return {};
  },
};

function checkLabel(label: string): void {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(label)) return;
  throw invalidParameterValue(
    `Value ${label} for parameter Label is invalid. Reason: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.`,
  );
}

function checkActions(actions: readonly string[]): void {
  const most = sqsLimits.actionsPerPermission;
  if (actions.length > most) {
    throw overLimit(`${actions.length} Actions were found, maximum allowed is ${most}.`);
  }
  for (const action of actions) {
    if (ownersAlone.has(action)) {
      throw invalidValue(`SQS:${action}`, 'ActionName', 'Only the queue owner is allowed to invoke this action.');
    }
    if (!shareable.has(action)) {
      throw invalidValue(
        `SQS:${action}`,
        'ActionName',
        'Please refer to the appropriate WSDL for a list of valid actions.',
      );
    }
  }
}

export const removePermission: ChangeOperation<RemovePermissionRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const queue = ownQueueOf(account, input, call, 'sqs:RemovePermission');
    const { Label: label = '' } = input;
    const statements = statementsOf(queue.policy);
    const left = statements.filter(({ Sid }) => Sid !== label);
    if (left.length === statements.length) throw invalidValue(label, 'Label', "can't find label.");
    if (left.length === 0) delete queue.policy;
    else queue.policy = JSON.stringify({ ...(JSON.parse(queue.policy ?? '{}') as object), Statement: left });
    queue.modifiedAt = call.now;
    return {};
  },
};

function statementsOf(policy: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  return policy === undefined ? [] : [(JSON.parse(policy) as PolicyDocument).Statement].flat();
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first = ''] = values;
  return values.length === 1 ? first : values;
}
