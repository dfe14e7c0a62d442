/** The lock that a request asks for, and its condition keys. */

/** How a request asks for a lock of what it writes. */
export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

const day = 86_400_000;

/** The condition keys of a lock that a request asks for. */
export function lockContext(input: LockInput, now: number): Readonly<Record<string, string>> {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  return {
    ...(mode !== undefined && { 's3:object-lock-mode': mode }),
    ...(until !== undefined && {
      's3:object-lock-retain-until-date': until.toISOString(),
      's3:object-lock-remaining-retention-days': String(Math.ceil((until.getTime() - now) / day)),
    }),
    ...(hold !== undefined && { 's3:object-lock-legal-hold': hold }),
  };
}
