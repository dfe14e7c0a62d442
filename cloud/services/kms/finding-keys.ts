/** The key that an operation is about, in the account that it works on. */
import type { Call } from '../../call.ts';
import { invalidState, kmsError, notAcrossAccounts } from './errors.ts';
import { type KeyPlace, keyArn, keyAt, readKeyId, readOwnKeyId } from './key-names.ts';
import { isPredefined, managedKeyId } from './managed-keys.ts';
import type { KeyState } from './state.ts';

type Keys<Key> = { readonly id: string; readonly kms: { readonly keys: Readonly<Record<string, Key>> } };

/** A key with where it is. */
export interface Found<Key> {
  readonly key: Key;
  readonly place: KeyPlace;
  readonly arn: string;
}

function accountOfCaller({ caller, by, world }: Call): string {
  return 'accountId' in caller ? caller.accountId : (by?.source?.accountId ?? world.primaryAccountId);
}

/** The key that a text names, also by an alias, and also in another account. @throws NotFoundException */
export function findKey<Key>(account: Keys<Key>, text: string | undefined, call: Call): Found<Key> {
  const { region } = call.request;
  const accountId = accountOfCaller(call);
  const keyId = text ?? '';
  const place = isPredefined(keyId)
    ? { accountId, region, keyId: managedKeyId(accountId, region, keyId, call.hashes), alias: keyId }
    : readKeyId(keyId, { world: call.world, accountId, region });
  return found(account, place);
}

/** As `findKey`, of an operation that takes no alias. @throws NotFoundException */
export function findKeyById<Key>(account: Keys<Key>, text: string | undefined, call: Call): Found<Key> {
  const from = { world: call.world, accountId: accountOfCaller(call), region: call.request.region };
  return found(account, readOwnKeyId(text ?? '', from));
}

/**
 * As `findKeyById`, of an operation that works on keys of the caller's own account alone.
 * @throws NotFoundException, AccessDeniedException
 */
export function findOwnKey<Key>(
  account: Keys<Key>,
  text: string | undefined,
  call: Call,
  operation: string,
): Found<Key> {
  const known = findKeyById(account, text, call);
  if (known.place.accountId !== accountOfCaller(call)) throw notAcrossAccounts(call.caller, operation, known.arn);
  return known;
}

function found<Key>(account: Keys<Key>, place: KeyPlace): Found<Key> {
  // An account that the sandbox does not have owns no state: the permission was asked for, and the caller's own was handed over.
  const keys = place.accountId === account.id ? account.kms.keys : {};
  return { key: keyAt(keys, place), place, arn: keyArn(place) };
}

/** AWS KMS Developer Guide, "Key states of AWS KMS keys". */
export function keyStateOf({ enabled, deletionAt }: Pick<KeyState, 'enabled' | 'deletionAt'>) {
  if (deletionAt !== undefined) return 'PendingDeletion';
  return enabled ? 'Enabled' : 'Disabled';
}

type Stateful = Pick<KeyState, 'enabled' | 'deletionAt'>;

/** @throws KMSInvalidStateException where the key waits for its deletion */
export function checkNotPending({ key, arn }: Found<Stateful>): void {
  if (key.deletionAt !== undefined) throw invalidState(arn, 'pending deletion');
}

/** @throws KMSInvalidStateException, DisabledException where the key cannot be used */
export function checkUsable(known: Found<Stateful>): void {
  checkNotPending(known);
  if (!known.key.enabled) throw kmsError('DisabledException', `${known.arn} is disabled.`);
}
