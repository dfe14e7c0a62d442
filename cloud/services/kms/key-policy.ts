/** Key policies: as they are read in decisions, as they are checked when they are saved, and the lockout safety check. */
import { decide } from '../../../iam/decide.ts';
import type { AttachedPolicy } from '../../../iam/model.ts';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy } from '../../../iam/policy.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { globalContext } from '../../permissions/context.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { storePrincipals } from '../iam/trust.ts';
import { limitExceeded, malformedPolicy } from './errors.ts';
import { kmsLimits } from './limits.ts';
import { managedKeyPolicy } from './managed-keys.ts';
import type { KeyState } from './state.ts';

/** The default key policy of a key that is made by the API: the account's policies decide. In AWS's own spacing. */
export function defaultKeyPolicy(accountId: string): string {
  return `{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:aws:iam::${accountId}:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`;
}

/** The document of a key as it is stored, or follows from what the key is. */
export function keyPolicyText({ policy, managedAlias, region }: KeyState, accountId: string): string {
  if (policy !== undefined) return policy;
  return managedAlias === undefined ? defaultKeyPolicy(accountId) : managedKeyPolicy(accountId, region, managedAlias);
}

/** A key policy where it applies. */
export function attachedKeyPolicy(text: string, keyArn: string): AttachedPolicy {
  const policy = readStoredPolicy(text, 'resource');
  return { layer: 'resource', name: 'default', kind: 'resource', attachedTo: keyArn, policy };
}

/**
 * Checks a key policy and gives the text to store.
 * @throws MalformedPolicyDocumentException, also for principals of the sandbox that do not exist; LimitExceededException
 */
export function checkedKeyPolicy(text: string, call: Call): string {
  if (new TextEncoder().encode(text).length > kmsLimits.policyBytes) {
    throw limitExceeded(`The key policy is larger than ${kmsLimits.policyBytes} bytes.`);
  }
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed') throw malformedPolicy(parsed.awsMessage);
  try {
    return storePrincipals(text, call.world);
  } catch (error) {
    if (error instanceof AwsError)
      throw malformedPolicy('Policy contains a statement with one or more invalid principals.');
    throw error;
  }
}

/**
 * The key policy lockout safety check: who sets a policy must, as far as the key policy goes, be able to set it again. AWS KMS API
 * Reference, CreateKey and PutKeyPolicy, BypassPolicyLockoutSafetyCheck.
 * @param text as stored
 * @throws MalformedPolicyDocumentException
 */
export function checkLockout(text: string, keyArn: string, accountId: string, call: Call): void {
  const action = 'kms:PutKeyPolicy';
  const context = {
    ...globalContext(call.request, action, accountId, call.now, call.by),
    'kms:CallerAccount': accountId,
  };
  const request = { caller: call.caller, action, resource: keyArn, resourceAccountId: accountId, context };
  const identity: AttachedPolicy = { layer: 'identity', name: 'any', kind: 'inline', attachedTo: '', policy: anything };
  const decision = decide(request, { identity: [identity], resource: attachedKeyPolicy(text, keyArn) });
  if (decision.verdict !== 'allowed') {
    throw malformedPolicy('The new key policy will not allow you to update the key policy in the future.');
  }
}

/** What the check takes the caller's own policies to allow: it is about the key policy alone. */
const anything: Policy = readStoredPolicy(
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
  'identity',
);
