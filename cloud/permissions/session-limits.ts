import { neverAllowed } from '../../iam/fixed-rules.ts';
import type { AnyCaller } from '../../iam/model.ts';
import { AwsError } from '../errors.ts';

/**
 * The answer to a call that these credentials can never make, whatever the policies say (IAM User Guide, "Compare AWS STS
 * credentials"); undefined where they can. IAM takes such a token for one that it does not know.
 */
export function sessionLimit(caller: AnyCaller, service: string, operation: string): AwsError | undefined {
  const never = neverAllowed(caller, `${service}:${operation}`);
  if (never === undefined) return undefined;
  return new AwsError(service === 'iam' ? 'InvalidClientTokenId' : 'AccessDenied', never.message, { status: 403 });
}
