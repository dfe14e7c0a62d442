/** EventBridge's errors with their texts (API Reference; texts as emulators' snapshot tests show them). */
import { AwsError } from '../../errors.ts';

function refused(code: string, message: string): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function validation(message: string): AwsError {
  return refused('ValidationException', message);
}

export function notFound(message: string): AwsError {
  return refused('ResourceNotFoundException', message);
}

export function busNotFound(name: string): AwsError {
  return notFound(`Event bus ${name} does not exist.`);
}

export function ruleNotFound(name: string, bus: string): AwsError {
  return notFound(`Rule ${name} does not exist on EventBus ${bus}.`);
}

export function alreadyExists(message: string): AwsError {
  return refused('ResourceAlreadyExistsException', message);
}

export function limitExceeded(): AwsError {
  return refused('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}

export function badPattern(reason: string): AwsError {
  return refused('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
