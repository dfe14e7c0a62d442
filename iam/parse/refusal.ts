/** What is said of a document that AWS would not save. */
import type { ParsedPolicy } from '../policy.ts';

/**
 * AWS's own message and what is wrong in our words, and the place within the document (RFC 6901): empty for one that was given as
 * text, inside which a pointer of the whole input can name no place.
 */
export function refusal(
  { awsMessage, findings }: Extract<ParsedPolicy, { kind: 'malformed' }>,
  document: unknown,
): { readonly message: string; readonly pointer: string } {
  const fault = findings.find(({ severity }) => severity === 'error');
  const words = fault === undefined ? '' : ` ${fault.message}`;
  return {
    message: `${awsMessage}${words}`,
    pointer: typeof document === 'string' ? '' : (fault?.pointer ?? ''),
  };
}
