/** The secret that cookies are signed with: what is wrong with one, and one of our own where none is given. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MINIMUM_LENGTH = 32;
/** Characters that differ: a random secret of 32 hex digits has about 14, a row of one letter has 1. */
const MINIMUM_DISTINCT = 8;
const PLACEHOLDER =
  /change.?(me|this|it)|place.?holder|example|your|replace|insert|default|password|dummy|sample|^<.*>$/i;

/** Why a secret cannot be used, without repeating it; undefined where it can. */
export function secretFault(secret: string): string | undefined {
  if (PLACEHOLDER.test(secret)) return 'is a placeholder';
  if (secret.length < MINIMUM_LENGTH) return `has ${secret.length} characters`;
  if (new Set(secret).size < MINIMUM_DISTINCT) return 'repeats a few characters';
  return undefined;
}

/**
 * The secret of a data directory, made at the first start and readable by the server's user alone.
 * @throws Error where the file is there and holds no usable secret
 */
export async function keptSessionSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'session-secret');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A hard link appears whole or not at all, and never over one that is there.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  const secret = (await readFile(file, 'utf8')).trim();
  const fault = secretFault(secret);
  if (fault !== undefined) throw new Error(`The secret in ${file} ${fault}: remove the file, and a new one is made.`);
  return secret;
}
