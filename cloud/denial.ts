import { denialText } from '../iam/denial-text.ts';
import type { AnyRequest, Decision } from '../iam/model.ts';
import { AwsError } from './errors.ts';
import type { DecidedPermission } from './permissions/ask.ts';
import type { Permission, Service } from './service.ts';
import { encodeDenial } from './services/sts/authorization-message.ts';
import { frontEndOf, refusalStatus } from './wire/front-end.ts';
import type { ServiceModel } from './wire/model.ts';

/** The answer to a call without the permission: AWS's text, under the code and the status of the service's front end. */
export function denial(
  service: Service,
  permission: Permission,
  { request, ownerAccountId, decision }: DecidedPermission,
): AwsError {
  const message = denialText(
    { ...request, resourceAccountId: ownerAccountId },
    decision,
    permission.shownAs === undefined ? {} : { resource: permission.shownAs },
  );
  return denialOf(service.model, withEncoded(service, message, request, decision));
}

/** EC2 adds what DecodeAuthorizationMessage gives back, where an action is about a resource (its user guide, "Example policies"). */
function withEncoded({ model }: Service, message: string, request: AnyRequest, decision: Decision): string {
  if (frontEndOf(model.protocol) !== 'ec2' || request.resource === '*') return message;
  const encoded = encodeDenial(request, decision);
  return encoded === undefined ? message : `${message} Encoded authorization failure message: ${encoded}`;
}

/** Services that have a code of their own for a denial (their API references, "Errors"). */
const ownCodes: Readonly<Record<string, string>> = { sns: 'AuthorizationError' };

function denialOf({ name, protocol }: ServiceModel, message: string): AwsError {
  switch (frontEndOf(protocol)) {
    case 'json':
      return new AwsError('AccessDeniedException', message, { status: refusalStatus(protocol) });
    case 'ec2':
      return new AwsError('UnauthorizedOperation', `You are not authorized to perform this operation. ${message}`, {
        status: 403,
      });
    default:
      return new AwsError(ownCodes[name] ?? 'AccessDenied', message, { status: 403 });
  }
}
