/** GetKeyPolicy, PutKeyPolicy, ListKeyPolicies: a key has one policy, `default`. */
import type {
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  ListKeyPoliciesRequest,
  ListKeyPoliciesResponse,
  PutKeyPolicyRequest,
} from '@aws-sdk/client-kms';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { principalNames } from '../iam/trust.ts';
import { notFound, validationException } from './errors.ts';
import { findOwnKey } from './finding-keys.ts';
import { checkedKeyPolicy, checkLockout, keyPolicyText } from './key-policy.ts';

const only = 'default';

export const getKeyPolicy: ReadOperation<GetKeyPolicyRequest, GetKeyPolicyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { key } = findOwnKey(account, input.KeyId, call, 'GetKeyPolicy');
    if ((input.PolicyName ?? only) !== only) throw notFound('No such policy exists');
    return { Policy: principalNames(call.world).show(keyPolicyText(key, account.id)), PolicyName: only };
  },
};

export const putKeyPolicy: ChangeOperation<PutKeyPolicyRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const found = findOwnKey(account, input.KeyId, call, 'PutKeyPolicy');
    if ((input.PolicyName ?? only) !== only) throw validationException('PolicyName must be default.');
    const policy = checkedKeyPolicy(input.Policy ?? '', call);
    if (input.BypassPolicyLockoutSafetyCheck !== true) checkLockout(policy, found.arn, account.id, call);
    found.key.policy = policy;
    return {};
  },
};

export const listKeyPolicies: ReadOperation<ListKeyPoliciesRequest, ListKeyPoliciesResponse> = {
  kind: 'read',
  handle(account, input, call) {
    findOwnKey(account, input.KeyId, call, 'ListKeyPolicies');
    return { PolicyNames: [only], Truncated: false };
  },
};
