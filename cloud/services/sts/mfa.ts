/** The MFA code that comes with AssumeRole and GetSessionToken. */
import type { AnyCaller } from '../../../iam/model.ts';
import type { Hashes } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { isCurrentCode } from '../iam/totp.ts';

interface MfaRequest {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

interface MfaFacts {
  readonly caller: AnyCaller;
  readonly world: World;
  readonly now: number;
  readonly hashes: Hashes;
}

/**
 * Whether the call comes with MFA.
 * @throws AccessDenied for a code that is not good now, or a device that is not the caller's
 */
export function isMfaCall({ SerialNumber, TokenCode }: MfaRequest, facts: MfaFacts): boolean {
  if (SerialNumber === undefined && TokenCode === undefined) return false;
  if (SerialNumber === undefined || TokenCode === undefined) {
    throw mfaFailed(', must provide both MFA serial number and one time pass code.');
  }
  const seed = seedOf(SerialNumber, facts);
  if (seed === undefined) {
    throw mfaFailed(
      ', unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  }
  if (!isCurrentCode(seed, TokenCode, facts.now, facts.hashes)) {
    throw mfaFailed(' with invalid MFA one time pass code. ');
  }
  return true;
}

/** The seed of a device that the caller has enabled. */
function seedOf(serialNumber: string, { caller, world }: MfaFacts): string | undefined {
  if (caller.kind !== 'user' && caller.kind !== 'root') return undefined;
  const device = own(own(world.accounts, caller.accountId)?.iam.virtualMfaDevices ?? {}, serialNumber);
  const owner = caller.kind === 'user' ? caller.name : 'root';
  return device?.user === owner && device.enabledAt !== undefined ? device.seed : undefined;
}

function mfaFailed(how: string): AwsError {
  return new AwsError('AccessDenied', `MultiFactorAuthentication failed${how}`, { status: 403 });
}
