/** PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy, ValidateResourcePolicy. */
import type {
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse,
  GetResourcePolicyRequest,
  GetResourcePolicyResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
  ValidateResourcePolicyRequest,
  ValidateResourcePolicyResponse,
} from '@aws-sdk/client-secrets-manager';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy } from '../../../iam/policy.ts';
import { isPublic } from '../../../iam/public/is-public.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { World } from '../../world.ts';
import { principalNames, storePrincipals } from '../iam/trust.ts';
import { invalidParameter, secretsError } from './errors.ts';
import { secretsManagerLimits } from './limits.ts';
import { secretArn, secretOf } from './secret-names.ts';

interface Checked {
  readonly policy: Policy;
  /** As it is stored: principals by their unique ids. */
  readonly stored: string;
}

/** @throws MalformedPolicyDocumentException, InvalidParameterException */
function checkedPolicy(text: string, world: World): Checked {
  if (new TextEncoder().encode(text).length > secretsManagerLimits.policyBytes) {
    throw invalidParameter(`The resource policy is larger than ${secretsManagerLimits.policyBytes} bytes.`);
  }
  const parsed = parsePolicy(text, 'resource');
  if (parsed.kind === 'malformed') throw malformed('This resource policy contains a syntax error.');
  const { statements } = parsed.policy;
  if (statements.some(({ action }) => !action.values.every((value) => /^(?:\*|secretsmanager:.*)$/i.test(value)))) {
    throw malformed('This resource policy contains an unsupported action.');
  }
  try {
    return { policy: parsed.policy, stored: storePrincipals(text, world) };
  } catch (error) {
    if (error instanceof AwsError) throw malformed('This resource policy contains an unsupported principal.');
    throw error;
  }
}

function malformed(message: string): AwsError {
  return secretsError('MalformedPolicyDocumentException', message);
}

/** Whether outsiders get in; where that cannot be told, they are taken to. */
function isOpen(policy: Policy, accountId: string): boolean {
  return isPublic(policy, { accounts: [accountId] }).byAccess !== 'no';
}

export const putResourcePolicy: ChangeOperation<PutResourcePolicyRequest, PutResourcePolicyResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const secret = secretOf(account, input.SecretId, call.request.region);
    const { policy, stored } = checkedPolicy(input.ResourcePolicy ?? '', call.world);
    if (input.BlockPublicPolicy === true && isOpen(policy, account.id)) {
      throw secretsError(
        'PublicPolicyException',
        'The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.',
      );
    }
    secret.policy = stored;
    return { ARN: secretArn(account.id, secret), Name: secret.name };
  },
};

export const getResourcePolicy: ReadOperation<GetResourcePolicyRequest, GetResourcePolicyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const secret = secretOf(account, input.SecretId, call.request.region);
    return {
      ARN: secretArn(account.id, secret),
      Name: secret.name,
      ...(secret.policy !== undefined && { ResourcePolicy: principalNames(call.world).show(secret.policy) }),
    };
  },
};

export const deleteResourcePolicy: ChangeOperation<DeleteResourcePolicyRequest, DeleteResourcePolicyResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const secret = secretOf(account, input.SecretId, call.request.region);
    delete secret.policy;
    return { ARN: secretArn(account.id, secret), Name: secret.name };
  },
};

/** The checks of a policy without saving it: what would be refused is told. */
export const validateResourcePolicy: ReadOperation<ValidateResourcePolicyRequest, ValidateResourcePolicyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    if (input.SecretId !== undefined) secretOf(account, input.SecretId, call.request.region);
    const { policy } = checkedPolicy(input.ResourcePolicy ?? '', call.world);
    if (!isOpen(policy, account.id)) return { PolicyValidationPassed: true, ValidationErrors: [] };
    return {
      PolicyValidationPassed: false,
      ValidationErrors: [
        {
          CheckName: 'PUBLIC_ACCESS_CHECK',
          ErrorMessage: 'The resource policy grants broad access to the secret.',
        },
      ],
    };
  },
};
