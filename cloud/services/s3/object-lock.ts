/** Retention and legal holds of object versions, and what they forbid (Amazon S3 User Guide, "Locking objects with Object Lock"). */
import type { ObjectLockConfiguration } from '@aws-sdk/client-s3';
import type { Call } from '../../call.ts';
import { settingOf } from './bucket-documents.ts';
import { accessDenied, invalidArgument, invalidRequest } from './errors.ts';
import type { LockInput } from './lock-context.ts';
import { permissionFacts } from './object-versions.ts';
import { objectPermission } from './permissions.ts';
import type { BucketState, LockState, ObjectVersionState } from './state.ts';

type Mode = NonNullable<LockState['mode']>;

const day = 86_400_000;

/** Whether a bucket may have locked objects. */
export function hasObjectLock(bucket: BucketState): boolean {
  return settingOf(bucket, 'objectLock') !== undefined;
}

/** @throws InvalidRequest for a bucket without Object Lock */
export function checkHasObjectLock(bucket: BucketState): void {
  if (!hasObjectLock(bucket)) throw invalidRequest('Bucket is missing Object Lock Configuration');
}

/** @throws InvalidArgument for a mode that there is not */
export function readMode(mode: string): Mode {
  if (mode === 'GOVERNANCE' || mode === 'COMPLIANCE') return mode;
  throw invalidArgument('Unknown wormMode directive.', 'x-amz-object-lock-mode', mode);
}

/** The lock of a new version: what the request asks for, else the bucket's default. @throws InvalidRequest, InvalidArgument */
export function lockAsked(input: LockInput, bucket: BucketState, call: Call): LockState | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  if (mode === undefined && until === undefined && hold === undefined) return defaultLock(bucket, call);
  checkHasObjectLock(bucket);
  if ((mode === undefined) !== (until === undefined)) {
    const missing = mode === undefined ? 'x-amz-object-lock-mode' : 'x-amz-object-lock-retain-until-date';
    throw invalidArgument(
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
      missing,
      'null',
    );
  }
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') {
    throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", 'x-amz-object-lock-legal-hold', hold);
  }
  const retention =
    mode !== undefined && until !== undefined
      ? { mode: readMode(mode), until: checkUntil(until, call, 'x-amz-object-lock-retain-until-date') }
      : defaultLock(bucket, call);
  return { ...retention, ...(hold === 'ON' && { legalHold: true }) };
}

/** @throws InvalidArgument for a date that is past */
export function checkUntil(until: Date, { now }: Pick<Call, 'now'>, name: string): number {
  if (until.getTime() > now) return until.getTime();
  throw invalidArgument('The retain until date must be in the future!', name, until.toISOString());
}

function defaultLock(bucket: BucketState, { now }: Call): LockState | undefined {
  const usual = settingOf<ObjectLockConfiguration>(bucket, 'objectLock')?.Rule?.DefaultRetention;
  if (usual?.Mode === undefined) return undefined;
  const until = new Date(now);
  if (usual.Years !== undefined) until.setUTCFullYear(until.getUTCFullYear() + usual.Years);
  return { mode: readMode(usual.Mode), until: until.getTime() + (usual.Days ?? 0) * day };
}

/** The error of what a lock forbids. */
export function lockedError() {
  return accessDenied('Access Denied because object protected by object lock.');
}

/**
 * Checks that a version may go, or its retention be shortened. @throws AccessDenied where it is locked, unless governance is bypassed by
 * a caller who may
 */
export function checkRetention(
  { lock }: Pick<ObjectVersionState, 'lock'>,
  target: { readonly bucket: string; readonly key: string; readonly bypass: boolean | undefined },
  call: Call,
): void {
  if (lock?.until === undefined || lock.until <= call.now) return;
  if (lock.mode !== 'GOVERNANCE' || target.bypass !== true) throw lockedError();
  const { bucket, key } = target;
  const refused = call.refusal(
    objectPermission('s3:BypassGovernanceRetention', { bucket, key }, permissionFacts(call)),
  );
  if (refused !== undefined) throw refused;
}

/** The members of answers that tell a lock, as far as the caller may know it. */
export function lockMembers(
  { lock }: ObjectVersionState,
  place: { readonly bucket: string; readonly key: string },
  call: Call,
) {
  if (lock === undefined) return {};
  const mayKnow = (action: string) =>
    call.refusal(objectPermission(action, place, permissionFacts(call))) === undefined;
  return {
    ...(lock.until !== undefined &&
      lock.mode !== undefined &&
      mayKnow('s3:GetObjectRetention') && {
        ObjectLockMode: lock.mode,
        ObjectLockRetainUntilDate: new Date(lock.until),
      }),
    ...(lock.legalHold !== undefined &&
      mayKnow('s3:GetObjectLegalHold') && {
        ObjectLockLegalHoldStatus: lock.legalHold ? ('ON' as const) : ('OFF' as const),
      }),
  };
}
