/** The errors of Secrets Manager with their texts: of its API Reference, and as AWS has been seen to word them. */
import { AwsError } from '../../errors.ts';

export function secretsError(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function notFound(message = "Secrets Manager can't find the specified secret."): AwsError {
  return secretsError('ResourceNotFoundException', message);
}

export function invalidRequest(message: string): AwsError {
  return secretsError('InvalidRequestException', message);
}

export function invalidParameter(message: string): AwsError {
  return secretsError('InvalidParameterException', message);
}

export function markedForDeletion(): AwsError {
  return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

/**
 * What an error of KMS becomes: who may not use the key is told no more, and any other is a failure to encrypt or decrypt.
 * @param doing `encrypt`, `decrypt`
 */
export function keyFailure(error: AwsError, doing: 'encrypt' | 'decrypt', requestId: string): AwsError {
  if (error.code === 'AccessDeniedException') return noAccessToKey();
  return secretsError(
    doing === 'encrypt' ? 'EncryptionFailure' : 'DecryptionFailure',
    `Secrets Manager can't ${doing} the secret value: ${error.message} (Service: AWSKMS; Status Code: 400; Error Code: ${error.code}; Request ID: ${requestId})`,
  );
}

export function noAccessToKey(): AwsError {
  return secretsError('AccessDeniedException', 'Access to KMS is not allowed');
}
