/** The session policies of AssumeRole: one document, and up to ten managed policies by ARN. */
import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import { parsePolicy } from '../../../iam/parse.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { findPolicy } from '../iam/managed-policies.ts';
import type { IamState } from '../iam/state.ts';
import type { SessionState } from './state.ts';

const plainTextLimit = 2048;
const arnLimit = 10;

/**
 * Reads what a request limits its session by; undefined where it does not.
 * @throws MalformedPolicyDocument, PackedPolicyTooLarge, ValidationError
 */
export function sessionPolicies(
  { Policy, PolicyArns = [] }: AssumeRoleRequest,
  iam: Pick<IamState, 'policies'>,
  call: Call,
): SessionState['policies'] | undefined {
  if (Policy === undefined && PolicyArns.length === 0) return undefined;
  if (PolicyArns.length > arnLimit) {
    throw validationError(
      `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${arnLimit}`,
    );
  }
  const arns = PolicyArns.map(({ arn = '' }) => arn);
  for (const arn of arns) if (findPolicy(iam, arn, call) === undefined) throw validationError(`${arn} is invalid`);
  if (Policy === undefined) return { documents: [], arns };
  const parsed = parsePolicy(Policy, 'session');
  if (parsed.kind === 'malformed') throw new AwsError('MalformedPolicyDocument', parsed.awsMessage);
  return { documents: [Policy], arns };
}

/**
 * The share of the space for policies and tags that a request takes, in percent; undefined where it has neither. AWS packs
 * them into a binary form that it does not publish: here their plain characters count against the documented limit.
 * @throws PackedPolicyTooLarge above 100
 */
export function packedSize({ Policy = '', PolicyArns = [], Tags = [] }: AssumeRoleRequest): number | undefined {
  if (Policy === '' && PolicyArns.length === 0 && Tags.length === 0) return undefined;
  const texts = [
    Policy.replace(/\s/g, ''),
    ...PolicyArns.map(({ arn = '' }) => arn),
    ...Tags.map(({ Key = '', Value = '' }) => Key + Value),
  ];
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const percent = Math.ceil((size * 100) / plainTextLimit);
  if (percent <= 100) return percent;
  throw new AwsError(
    'PackedPolicyTooLarge',
    `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  );
}

function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}
