/** Console passwords: what the account's password policy asks of them, and how they are kept. */
import type { Hashes, Random } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { hexOf } from '../../hex.ts';
import type { PasswordPolicyState, UserState } from './state.ts';

type LoginProfile = NonNullable<UserState['loginProfile']>;

const iterations = 1000;
/** The most that a policy's `PasswordReusePrevention` may remember. */
const remembered = 24;
const defaultMinimumLength = 8;
const defaultKinds = 3;

const kinds = [
  { rule: 'requireUppercaseCharacters', pattern: /[A-Z]/, text: 'at least one uppercase letter' },
  { rule: 'requireLowercaseCharacters', pattern: /[a-z]/, text: 'at least one lowercase letter' },
  { rule: 'requireNumbers', pattern: /[0-9]/, text: 'at least one number' },
  { rule: 'requireSymbols', pattern: /[!@#$%^&*()_+\-=[\]{}|']/, text: 'at least one symbol' },
] as const;

/**
 * Holds a password against the account's policy, or against the default one: eight letters, and three of four kinds (IAM
 * User Guide, "Set an account password policy").
 * @throws PasswordPolicyViolation
 */
export function requireGoodPassword(password: string, policy: PasswordPolicyState | undefined): void {
  const minimum = policy?.minimumPasswordLength ?? defaultMinimumLength;
  if (password.length < minimum) throw violation(`Password should have a minimum length of ${minimum}`);
  const missing = kinds.filter(({ pattern }) => !pattern.test(password));
  if (policy === undefined) {
    const wanting = defaultKinds - (kinds.length - missing.length);
    if (wanting <= 0) return;
    throw violation(`Password should meet ${wanting} more of the following requirements: ${list(missing)}`);
  }
  const required = missing.filter(({ rule }) => policy[rule]);
  if (required.length > 0) throw violation(list(required));
}

function list(missing: readonly { readonly text: string }[]): string {
  return missing.map(({ text }) => `Password should have ${text}`).join(', ');
}

/**
 * The login profile with a new password.
 * @throws PasswordPolicyViolation for one that the policy's history forbids
 */
export function withPassword(
  profile: LoginProfile,
  password: string,
  policy: PasswordPolicyState | undefined,
  tools: { readonly hashes: Hashes; readonly random: Random },
): LoginProfile {
  const known = [profile.passwordDigest, ...(profile.previousDigests ?? [])];
  const forbidden = known.slice(0, policy?.passwordReusePrevention ?? 0);
  if (forbidden.some((digest) => isPassword(password, digest, tools.hashes))) {
    throw violation('Policy constraint violation with password reuse prevention during password change.');
  }
  return {
    ...profile,
    passwordDigest: digestPassword(password, tools),
    previousDigests: known.slice(0, remembered),
  };
}

/** `<salt>.<digest>` in hex, by PBKDF2 (RFC 8018) over HMAC-SHA-256. */
export function digestPassword(
  password: string,
  { hashes, random }: { readonly hashes: Hashes; readonly random: Random },
): string {
  const salt = hexOf(random.bytes(16));
  return `${salt}.${derive(password, salt, hashes)}`;
}

/** Whether a password is the one that was digested. */
export function isPassword(password: string, digest: string, hashes: Hashes): boolean {
  const [salt = ''] = digest.split('.');
  return `${salt}.${derive(password, salt, hashes)}` === digest;
}

function derive(password: string, salt: string, hashes: Hashes): string {
  const key = new TextEncoder().encode(password);
  const firstBlock = new Uint8Array([...new TextEncoder().encode(salt), 0, 0, 0, 1]);
  let round = hashes.hmacSha256(key, firstBlock);
  const derived = Uint8Array.from(round);
  for (let i = 1; i < iterations; i++) {
    round = hashes.hmacSha256(key, round);
    for (let at = 0; at < derived.length; at++) derived[at] = (derived[at] ?? 0) ^ (round[at] ?? 0);
  }
  return hexOf(derived);
}

function violation(message: string): AwsError {
  return new AwsError('PasswordPolicyViolation', message);
}
