/**
 * Who may create grants by a grant alone gives no more than it got: the operations of its grant, under constraints as strict. AWS KMS
 * Developer Guide, "Granting CreateGrant permission".
 */
import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { callerArn } from '../../../iam/caller-arn.ts';
import { decide } from '../../../iam/decide.ts';
import { usableGrant } from '../../../iam/kms-grants.ts';
import type { KmsGrant } from '../../../iam/model.ts';
import { accountModel } from '../../account-model.ts';
import type { Call } from '../../call.ts';
import { globalContext } from '../../permissions/context.ts';
import { kmsError } from './errors.ts';
import { placeOfArn } from './key-names.ts';
import { callerContext, kmsResources } from './permissions.ts';

/** @throws AccessDeniedException */
export function checkDelegation(keyArn: string, input: CreateGrantRequest, call: Call): void {
  const action = 'kms:CreateGrant';
  const accountId = placeOfArn(keyArn)?.accountId ?? '';
  const { caller, now, hashes, world } = call;
  const callerAccountId = 'accountId' in caller ? caller.accountId : accountId;
  const facts = {
    world,
    callerAccountId,
    region: call.request.region,
    caller,
    now,
    hashes,
    ...(call.by && { by: call.by }),
  };
  const context = {
    ...globalContext(call.request, action, accountId, now, call.by),
    ...callerContext(facts),
    ...kmsResources.context?.({ ...input }, facts, { operation: 'CreateGrant', arn: keyArn }),
  };
  const request = { caller, action, resource: keyArn, resourceAccountId: accountId, context };
  const { grants = [], ...policies } = accountModel(world, call.managedPolicies).policiesFor(request);
  if (grants.length === 0 || decide(request, policies).verdict === 'allowed') return;
  const parents = grants.filter((grant) => usableGrant([grant], request, action.toLowerCase()) !== undefined);
  if (parents.some((parent) => isWithin(input, parent))) return;
  throw kmsError(
    'AccessDeniedException',
    `User: ${callerArn(caller)} is not authorized to perform: ${action} on resource: ${keyArn} because no grant of the key that allows it has all of these operations, under constraints as strict`,
  );
}

/** The pairs were compared already: they are the encryption context of the request. An exact context stays exact. */
function isWithin(
  { Operations = [], Constraints }: CreateGrantRequest,
  { operations, constraints }: KmsGrant,
): boolean {
  const hasExact = Constraints?.EncryptionContextEquals !== undefined;
  const isAsStrict = constraints?.encryptionContextEquals === undefined || hasExact;
  return isAsStrict && Operations.every((operation) => operations.includes(operation));
}
