/** How requests name keys: by id, by ARN, by alias, by the ARN of an alias. AWS KMS Developer Guide, "Key identifiers (KeyId)". */
import { parseArn } from '../../../iam/arn.ts';
import { own } from '../../own.ts';
import type { Account, World } from '../../world.ts';
import { notFound } from './errors.ts';
import type { KmsState } from './state.ts';

/** Where a key is. */
export interface KeyPlace {
  readonly accountId: string;
  readonly region: string;
  readonly keyId: string;
  /** The alias that the request names it by, `alias/payroll`: `kms:RequestAlias`. */
  readonly alias?: string;
}

/** Who looks for a key, and where. */
export interface From {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
}

const keyId = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** The key under which a slice holds what has a region and an id or a name. */
export function placeKey(region: string, name: string): string {
  return `${region}/${name}`;
}

export function keyArn({ accountId, region, keyId: id }: KeyPlace): string {
  return `arn:aws:kms:${region}:${accountId}:key/${id}`;
}

export function aliasArn(accountId: string, region: string, name: string): string {
  return `arn:aws:kms:${region}:${accountId}:${name}`;
}

/** Where the key of an ARN is; undefined where it is no ARN of a key. */
export function placeOfArn(arn: string): KeyPlace | undefined {
  const [, region = '', accountId = '', id = ''] = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/(.+)$/.exec(arn) ?? [];
  return id === '' ? undefined : { accountId, region, keyId: id };
}

/**
 * The place of the key that a text names; whether it is there is another question.
 * @throws NotFoundException for what names no key, an alias that is not there, and an ARN of another region
 */
export function readKeyId(text: string, from: From): KeyPlace {
  if (!text.startsWith('arn:')) {
    if (text.startsWith('alias/')) return keyOfAlias(text, from.accountId, from);
    if (!keyId.test(text)) throw notFound(`Invalid keyId '${text}'`);
    return { accountId: from.accountId, region: from.region, keyId: text };
  }
  const { partition, service, region = '', accountId = '', resource = '' } = parseArn(text) ?? {};
  if (partition !== 'aws' || service !== 'kms' || !/^\d{12}$/.test(accountId)) throw notFound(`Invalid arn ${text}`);
  if (region !== from.region) throw notFound(`Invalid arn ${region}`);
  if (resource.startsWith('alias/')) return keyOfAlias(resource, accountId, from);
  const id = resource.startsWith('key/') ? resource.slice('key/'.length) : '';
  if (!keyId.test(id)) throw notFound(`Invalid keyId '${id}'`);
  return { accountId, region, keyId: id };
}

/** As `readKeyId`, of an operation that takes no alias. @throws NotFoundException */
export function readOwnKeyId(text: string, from: From): KeyPlace {
  const place = readKeyId(text, from);
  if (place.alias !== undefined) throw notFound(`Invalid keyId '${text}'`);
  return place;
}

function keyOfAlias(name: string, accountId: string, { world, region }: From): KeyPlace {
  const found = own(own(world.accounts, accountId)?.kms.aliases ?? {}, placeKey(region, name));
  if (found === undefined) throw notFound(`Alias ${aliasArn(accountId, region, name)} is not found.`);
  return { accountId, region, keyId: found.targetKeyId, alias: name };
}

/** The key at a place in an account's keys, or in a draft of them. @throws NotFoundException */
export function keyAt<Key>(keys: Readonly<Record<string, Key>>, place: KeyPlace): Key {
  const key = own(keys, placeKey(place.region, place.keyId));
  if (key === undefined) throw notFound(`Key '${keyArn(place)}' does not exist`);
  return key;
}

/** The key of an ARN, wherever in the sandbox; undefined where there is none. */
export function keyOfArn(world: World, arn: string) {
  const place = placeOfArn(arn);
  const account = place && own(world.accounts, place.accountId);
  return place && account && own(account.kms.keys, placeKey(place.region, place.keyId));
}

/** The account that an ARN of a key or an alias names, where the sandbox has it. */
export function accountOfArn(world: World, arn: string | undefined): Account | undefined {
  const accountId = arn === undefined ? undefined : parseArn(arn)?.accountId;
  return accountId === undefined ? undefined : own(world.accounts, accountId);
}

/** The names of the aliases of a key, in order. */
export function aliasesOf({ aliases }: KmsState, { region, keyId: id }: Pick<KeyPlace, 'region' | 'keyId'>): string[] {
  return Object.values(aliases)
    .filter((alias) => alias.targetKeyId === id && alias.region === region)
    .map(({ name }) => name)
    .sort();
}
