/** How a service comes to act as a role that it was passed. */
import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { AnyCaller } from '../../../iam/model.ts';
import { resolveCredential } from '../../credentials.ts';
import type { AwsError } from '../../errors.ts';
import { calling, type RunCredentials, type Step, seeing } from '../../process.ts';

/** The shortest that a session can be: of a service that acts once, often, so that an account does not fill with sessions. */
export const shortestSession = 900;

/** Which role, for whom. */
export interface Assumption {
  /** `lambda.amazonaws.com`: the trust policy must name it. */
  readonly by: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** What the service acts for: `aws:SourceArn` and `aws:SourceAccount`, by which trust policies keep confused deputies out. */
  readonly source: { readonly arn: string; readonly accountId: string };
  /** 3600 where absent. */
  readonly seconds?: number;
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: number;
}

export type Assumed =
  | { readonly kind: 'assumed'; readonly caller: AnyCaller; readonly credentials: RunCredentials }
  | { readonly kind: 'refused'; readonly error: AwsError };

/**
 * Assumes a role by a call of AssumeRole that the service makes for itself: the role's trust policy decides, at the time of use, and
 * the event is logged. `caller` makes inner calls (`as: {kind: 'session', caller}`), `credentials` go to code that runs.
 */
export function* assuming({
  by,
  roleArn,
  sessionName,
  source,
  seconds,
  now,
}: Assumption): Generator<Step, Assumed, unknown> {
  const outcome = yield* calling({
    by,
    as: { kind: 'service', source },
    service: 'sts',
    operation: 'AssumeRole',
    input: {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      ...(seconds !== undefined && { DurationSeconds: seconds }),
    },
  });
  if (outcome.kind === 'error') return { kind: 'refused', error: outcome.error };
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken = '',
  } = (outcome.output as AssumeRoleResponse).Credentials ?? {};
  const credential = resolveCredential(yield* seeing(), AccessKeyId, now);
  if (credential.kind !== 'found') throw new Error(`The session of ${roleArn} is ${credential.kind}`);
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { kind: 'assumed', caller: credential.caller, credentials };
}
