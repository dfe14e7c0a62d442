/** The errors of CloudFormation (AWS CloudFormation API Reference, "Common errors" and the errors of each operation). */
import { AwsError } from '../../errors.ts';

export { validationError } from '../../templates/problem.ts';

export function alreadyExists(message: string): AwsError {
  return new AwsError('AlreadyExistsException', message, { status: 400 });
}

export function insufficientCapabilities(missing: readonly string[]): AwsError {
  return new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`, {
    status: 400,
  });
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceededException', message, { status: 400 });
}

export function changeSetNotFound(name: string): AwsError {
  return new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, { status: 404 });
}

export function invalidChangeSetStatus(message: string): AwsError {
  return new AwsError('InvalidChangeSetStatus', message, { status: 400 });
}

/** What is no longer there when a resource is removed is as good as removed. */
export function isMissing({ code }: AwsError): boolean {
  return /NoSuch|NotFound|NonExistent|DoesNotExist|NotExist/.test(code);
}
