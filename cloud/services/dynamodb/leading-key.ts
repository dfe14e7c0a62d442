/** The partition that a query asks for, before it is known whether the query is a good one. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { own } from '../../own.ts';
import { tokensOf } from './expressions/tokens.ts';

interface Query {
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
}

/** The value that a key condition sets equal to the partition key; undefined where it cannot be read. */
export function partitionOfQuery(query: Query, partition: string): AttributeValue | undefined {
  const { KeyConditionExpression: text, ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = query;
  if (text === undefined) return undefined;
  const tokens = wordsOf(text);
  const name = (n: number) => {
    const token = tokens[n];
    return token?.kind === 'substitute' ? own(ExpressionAttributeNames, token.text) : token?.text;
  };
  for (const [n, { text: word }] of tokens.entries()) {
    if (word !== '=') continue;
    const [attribute, value] = tokens[n + 1]?.kind === 'value' ? [n - 1, n + 1] : [n + 1, n - 1];
    if (name(attribute) === partition) return own(ExpressionAttributeValues, tokens[value]?.text ?? '');
  }
  return undefined;
}

function wordsOf(text: string) {
  try {
    return tokensOf(text, 'KeyConditionExpression');
  } catch {
    return [];
  }
}
