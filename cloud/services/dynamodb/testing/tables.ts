/** Tables for the tests of DynamoDB. */
import type { AnyCaller } from '../../../../iam/model.ts';
import { type Output, root, Sandbox } from '../../../testing/sandbox.ts';

export const arn = 'arn:aws:dynamodb:us-east-1:111122223333:table/notes';

/** Notes by their owner and time, with an index of each kind. */
export const notes = {
  TableName: 'notes',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'owner', AttributeType: 'S' },
    { AttributeName: 'at', AttributeType: 'N' },
    { AttributeName: 'topic', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'owner', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-topic',
      KeySchema: [{ AttributeName: 'topic', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'own-topics',
      KeySchema: [
        { AttributeName: 'owner', KeyType: 'HASH' },
        { AttributeName: 'topic', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** A note's key. */
export function key(owner: string, at: number) {
  return { owner: { S: owner }, at: { N: String(at) } };
}

export class NotesSandbox extends Sandbox {
  constructor() {
    super();
    this.call('dynamodb:CreateTable', notes);
  }

  put(owner: string, at: number, more: object = {}): void {
    this.call('dynamodb:PutItem', { TableName: 'notes', Item: { ...key(owner, at), ...more } });
  }

  get(owner: string, at: number): Output {
    return this.call('dynamodb:GetItem', { TableName: 'notes', Key: key(owner, at) }).Item;
  }

  /** An operation on the table of notes. */
  on(operation: string, input: object = {}, caller: AnyCaller = root): Output {
    return this.call(`dynamodb:${operation}`, { TableName: 'notes', ...input }, caller);
  }

  refusal(operation: string, input: object = {}, caller: AnyCaller = root): readonly [code: string, text: string] {
    const { code, message } = this.fail(`dynamodb:${operation}`, { TableName: 'notes', ...input }, caller);
    return [code, message];
  }
}
