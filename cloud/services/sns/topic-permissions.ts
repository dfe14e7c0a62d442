/** AddPermission, RemovePermission: statements of the topic policy by their labels. */
import type { AddPermissionInput, RemovePermissionInput } from '@aws-sdk/client-sns';
import { isAccountId } from '../../../iam/arn.ts';
import type { ChangeOperation } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { topicArn, topicOf } from './names.ts';
import type { TopicState } from './state.ts';
import { checkedTopicPolicy, initialTopicPolicy } from './topic-policy.ts';

interface PolicyDocument {
  readonly Statement: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
}

export const addPermission: ChangeOperation<AddPermissionInput, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const topic = topicOf(account, input.TopicArn ?? '', call);
    const { Label: label = '', AWSAccountId: accountIds = [], ActionName: actions = [] } = input;
    if (label === '') throw invalidParameter('Label');
    if (accountIds.length === 0 || !accountIds.every(isAccountId)) throw invalidParameter('AWSAccountId');
    if (actions.length === 0) throw invalidParameter('ActionName');
    const { document, statements } = policyOf(topic, account.id);
    if (statements.some(({ Sid }) => Sid === label)) throw invalidParameter('Statement already exists');
    const statement = {
      Sid: label,
      Effect: 'Allow',
      Principal: { AWS: oneOrMore(accountIds.map((id) => `arn:aws:iam::${id}:root`)) },
      Action: oneOrMore(actions.map((action) => `SNS:${action}`)),
      Resource: input.TopicArn,
    };
    const text = JSON.stringify({ ...document, Statement: [...statements, statement] });
    topic.policy = checkedTopicPolicy(text, input.TopicArn ?? '', call.world);
    return {};
  },
};

export const removePermission: ChangeOperation<RemovePermissionInput, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const topic = topicOf(account, input.TopicArn ?? '', call);
    const { document, statements } = policyOf(topic, account.id);
    const left = statements.filter(({ Sid }) => Sid !== input.Label);
    if (left.length === statements.length) throw invalidParameter('Statement does not exist');
    // A policy holds a statement: without any the topic is as at first.
    if (left.length === 0) delete topic.policy;
    else topic.policy = JSON.stringify({ ...document, Statement: left });
    return {};
  },
};

function policyOf(topic: TopicState, accountId: string) {
  const text = topic.policy ?? initialTopicPolicy(topicArn(topic.region, accountId, topic.name), accountId);
  const document = JSON.parse(text) as PolicyDocument;
  return { document, statements: [document.Statement].flat() };
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [first = ''] = values;
  return values.length === 1 ? first : values;
}
