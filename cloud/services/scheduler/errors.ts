/** EventBridge Scheduler's errors with their texts (API Reference; texts as people and emulators' tests show them). */
import { AwsError } from '../../errors.ts';

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message, { status: 400 });
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404 });
}

export function scheduleNotFound(name: string): AwsError {
  return notFound(`Schedule ${name} does not exist.`);
}

export function groupNotFound(name: string): AwsError {
  return notFound(`Schedule group ${name} does not exist.`);
}

export function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, { status: 409 });
}

export function quotaExceeded(message: string): AwsError {
  return new AwsError('ServiceQuotaExceededException', message, { status: 402 });
}
