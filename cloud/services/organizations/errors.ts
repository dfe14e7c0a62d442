/** Errors of Organizations with their texts. AWS Organizations API Reference. */
import { AwsError } from '../../errors.ts';

const texts = {
  AccountAlreadyRegisteredException: 'The provided account is already a delegated administrator for your organization.',
  AccountNotFoundException: "You specified an account that doesn't exist.",
  AccountNotRegisteredException:
    'The provided account is not a registered delegated administrator for your organization.',
  AccessDeniedException: "You don't have permissions to access this resource.",
  AlreadyInOrganizationException: 'The AWS account is already a member of an organization.',
  AWSOrganizationsNotInUseException: 'Your account is not a member of an organization.',
  ChildNotFoundException: "You specified a child that doesn't exist.",
  DestinationParentNotFoundException: "You specified a destination parent that doesn't exist.",
  DuplicateAccountException: 'The account is already present in the specified destination.',
  DuplicateOrganizationalUnitException: 'An OU with the same name already exists.',
  DuplicatePolicyAttachmentException: 'A policy with the specified name is already attached to the specified target.',
  DuplicatePolicyException: 'A policy with the same name already exists.',
  EffectivePolicyNotFoundException: 'The effective policy was not found.',
  DuplicateHandshakeException: 'An invitation to this account is open already.',
  HandshakeAlreadyInStateException: 'The handshake is already in the requested state.',
  HandshakeNotFoundException: "You specified a handshake that doesn't exist.",
  InvalidHandshakeTransitionException: 'The handshake cannot go from its present state to the requested one.',
  MalformedPolicyDocumentException:
    'The provided policy document does not meet the requirements of the specified policy type.',
  MasterCannotLeaveOrganizationException: 'The management account cannot leave its organization.',
  OrganizationalUnitNotEmptyException: 'The specified organizational unit is not empty.',
  OrganizationalUnitNotFoundException: "You specified an organizational unit that doesn't exist.",
  OrganizationNotEmptyException:
    'The organization is not empty. Remove all accounts except the management account before you delete it.',
  ParentNotFoundException: "You specified parent that doesn't exist.",
  PolicyInUseException: 'This policy is attached to one or more targets. Detach it before you delete it.',
  PolicyNotAttachedException: "The policy isn't attached to the specified target.",
  PolicyNotFoundException: "You specified a policy that doesn't exist.",
  PolicyTypeAlreadyEnabledException: 'The specified policy type is already enabled.',
  PolicyTypeNotAvailableForOrganizationException:
    "You can't use the specified policy type with the feature set currently enabled for your organization.",
  PolicyTypeNotEnabledException: 'This operation can be performed only for enabled policy types.',
  ResourcePolicyNotFoundException: "We can't find a resource policy for your organization.",
  RootNotFoundException: "You specified a root that doesn't exist.",
  SourceParentNotFoundException: "You specified a source parent that doesn't exist.",
  TargetNotFoundException: "You specified a target that doesn't exist.",
} as const;

/** An error that says the same each time. */
export function organizationsError(code: keyof typeof texts): AwsError {
  return new AwsError(code, texts[code], { status: 400 });
}

/** @param reason one of `ConstraintViolationExceptionReason` */
export function constraintViolation(reason: string, message: string): AwsError {
  return new AwsError('ConstraintViolationException', message, { status: 400, details: { Reason: reason } });
}

/** @param reason one of `InvalidInputExceptionReason` */
export function invalidInput(reason: string, message: string): AwsError {
  return new AwsError('InvalidInputException', message, { status: 400, details: { Reason: reason } });
}
