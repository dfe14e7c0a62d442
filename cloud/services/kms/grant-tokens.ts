/** Grant tokens: a grant is in force at once here, so a token says no more than which grant of which key it is. */
import { readToken, writeToken } from '../../opaque-token.ts';
import { kmsError } from './errors.ts';

const mark = 'kms grant ';

export function grantToken(keyArn: string, grantId: string): string {
  return writeToken(mark, `${grantId} ${keyArn}`);
}

/** The grant that a token is of. @throws InvalidGrantTokenException */
export function readGrantToken(token: string): { readonly keyArn: string; readonly grantId: string } {
  const [grantId = '', keyArn = ''] = readToken(mark, token)?.split(' ') ?? [];
  if (keyArn === '') throw kmsError('InvalidGrantTokenException', 'Invalid grant token');
  return { grantId, keyArn };
}

/** Refuses tokens that are none. A token of a grant that is gone gives nothing. @throws InvalidGrantTokenException */
export function checkGrantTokens(tokens: readonly string[] | undefined): void {
  for (const token of tokens ?? []) readGrantToken(token);
}
