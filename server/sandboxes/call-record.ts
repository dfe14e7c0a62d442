/** What the journal keeps of a call: enough to read it again, without secrets and without bodies. */
import type { Hashes } from '../../cloud/call.ts';
import { hexOf } from '../../cloud/hex.ts';
import type { CallRequest } from '../../cloud/perform.ts';
import { callerArn } from '../../iam/caller-arn.ts';
import { codeSourceIp } from '../code/source-ip.ts';

/** Members of inputs that are secrets: passwords, codes, tokens, customer keys. The name of a secret is none. */
const SECRET = /password|secret(?!id)|token|authenticationcode|ssecustomerkey/i;
const HIDDEN = '[secret]';

/**
 * A call as JSON for the journal. `code`: learners' code made it; `refused`: it ended in an error, and what the row changes is only what
 * services keep of it.
 */
export function callRecord(request: CallRequest, hashes: Hashes, end: 'ok' | 'error' = 'ok'): string {
  const { service, operation, input, caller } = request;
  const isSecureParameter = service === 'ssm' && input['Type'] === 'SecureString';
  const isCode = request.request.sourceIp === codeSourceIp;
  const record = {
    service,
    operation,
    principal: callerArn(caller),
    input,
    ...(isCode && { code: true }),
    ...(end === 'error' && { refused: true }),
  };
  return JSON.stringify(record, function (key, value) {
    // Tokens, by their providers.
    if (key === 'Logins') return HIDDEN;
    if (typeof value === 'string' && (SECRET.test(key) || (isSecureParameter && key === 'Value'))) return HIDDEN;
    // Node's Buffer turns itself into JSON before it comes here; what it was is still in its holder.
    const original: unknown = (this as Record<string, unknown>)[key];
    if (original instanceof Uint8Array) return { sha256: hexOf(hashes.sha256(original)), size: original.length };
    return value;
  });
}
