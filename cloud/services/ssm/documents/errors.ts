/** The errors of documents (AWS Systems Manager API Reference). */
import { AwsError } from '../../../errors.ts';

function failure(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function invalidContent(message: string): AwsError {
  return failure('InvalidDocumentContent', message);
}

export function invalidSchemaVersion(message: string): AwsError {
  return failure('InvalidDocumentSchemaVersion', message);
}

export function noSuchDocument(name: string): AwsError {
  return failure('InvalidDocument', `Document with name ${name} does not exist.`);
}

export function noSuchVersion(version: string, name: string): AwsError {
  return failure(
    'InvalidDocumentVersion',
    `The document version ${version} of ${name} is not valid or does not exist.`,
  );
}

export function invalidOperation(message: string): AwsError {
  return failure('InvalidDocumentOperation', message);
}

export function documentFailure(
  code:
    | 'DocumentAlreadyExists'
    | 'DocumentLimitExceeded'
    | 'DocumentPermissionLimit'
    | 'DocumentVersionLimitExceeded'
    | 'DuplicateDocumentContent'
    | 'DuplicateDocumentVersionName'
    | 'InvalidDocument'
    | 'InvalidParameters'
    | 'MaxDocumentSizeExceeded',
  message: string,
): AwsError {
  return failure(code, message);
}
