/** Pages of the lists of queues. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { invalidParameterValue, invalidValue } from './errors.ts';
import type { QueueState } from './state.ts';

const tokenMark = 'queue after ';
const most = 1000;

interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of queues, by name. Without MaxResults the first thousand, and no token (ListQueues).
 * @throws InvalidParameterValue
 */
export function pageOfQueues(
  queues: readonly QueueState[],
  { MaxResults, NextToken }: PageInput,
): { readonly queues: readonly QueueState[]; readonly token?: string } {
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > most)) {
    throw invalidValue(MaxResults, 'MaxResults', `Must be between 1 and ${most}, if provided.`);
  }
  const after = NextToken === undefined ? '' : readToken(tokenMark, NextToken);
  if (after === undefined) throw invalidParameterValue('Invalid or expired next token.');
  const left = queues.filter(({ name }) => name > after).sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = left.slice(0, MaxResults ?? most);
  const last = page.at(-1);
  return MaxResults !== undefined && last !== undefined && left.length > page.length
    ? { queues: page, token: writeToken(tokenMark, last.name) }
    : { queues: page };
}
