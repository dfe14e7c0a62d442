/** Names, ARNs and qualifiers of functions and layers (Lambda API Reference, "FunctionName"). */
import type { Random } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { stateKey } from '../../state-key.ts';
import { invalidParameter, notFound } from './errors.ts';

export const LATEST = '$LATEST';

const FUNCTION_NAME =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9-_.]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/;

/** A function as a request names it: `name`, `123456789012:function:name`, an ARN; each with or without a qualifier. */
export interface NamedFunction {
  readonly name: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly qualifier?: string;
}

/** Undefined for what names no function. */
export function readFunctionName(text: string): NamedFunction | undefined {
  const [, region, accountId, name, qualifier] = FUNCTION_NAME.exec(text) ?? [];
  if (name === undefined) return undefined;
  return {
    name,
    ...(region !== undefined && { region }),
    ...(accountId !== undefined && { accountId }),
    ...(qualifier !== undefined && { qualifier }),
  };
}

/** What of an input names a function. */
export interface FunctionInput {
  readonly FunctionName?: string | undefined;
  readonly Qualifier?: string | undefined;
}

/**
 * The function that an input names, here.
 * @throws InvalidParameterValueException, ResourceNotFoundException for one of another region
 */
export function namedFunction(input: FunctionInput, region: string): NamedFunction {
  const named = readFunctionName(input.FunctionName ?? '');
  if (named === undefined) throw invalidParameter(`The function name ${input.FunctionName} is not valid.`);
  if (named.region !== undefined && named.region !== region) {
    throw notFound(`Functions from '${named.region}' are not reachable in this region ('${region}')`);
  }
  if (named.qualifier !== undefined && input.Qualifier !== undefined && named.qualifier !== input.Qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return input.Qualifier === undefined ? named : { ...named, qualifier: input.Qualifier };
}

export function functionArn(place: { region: string; accountId: string }, name: string, qualifier?: string): string {
  const arn = `arn:aws:lambda:${place.region}:${place.accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

export function layerArn(place: { region: string; accountId: string }, name: string, version?: number): string {
  const arn = `arn:aws:lambda:${place.region}:${place.accountId}:layer:${name}`;
  return version === undefined ? arn : `${arn}:${version}`;
}

const LAYER = /^arn:aws[a-zA-Z-]*:lambda:([a-z0-9-]+):(\d{12}):layer:([a-zA-Z0-9-_]+)(?::(\d+))?$/;

export interface NamedLayer {
  readonly name: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly version?: string;
}

/** A layer, or a version of one, by name or ARN. */
export function readLayerName(text: string): NamedLayer {
  const [, region, accountId, name, version] = LAYER.exec(text) ?? [];
  if (name === undefined || region === undefined || accountId === undefined) return { name: text };
  return { name, region, accountId, ...(version !== undefined && { version }) };
}

/** The key of what is kept by region. */
export function regionalKey(region: string, name: string): string {
  return stateKey(`${region}/${name}`);
}

/** A version number, and no alias. */
export function isVersion(qualifier: string): boolean {
  return /^\d+$/.test(qualifier);
}

export function makeUuid(random: Random): string {
  const digits = hexOf(random.bytes(16));
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}

const URL_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ACCOUNT_LETTERS = 8;
const CHANCE_LETTERS = 24;

/**
 * The id of a function URL, 32 letters. Its first eight are the account's id in base 32, so that a request that carries nothing else
 * leads to its sandbox; the others nobody guesses.
 */
export function makeUrlId(accountId: string, random: Random): string {
  let rest = Number(accountId);
  let account = '';
  for (let i = 0; i < ACCOUNT_LETTERS; i++) {
    account = URL_ALPHABET.charAt(rest % 32) + account;
    rest = Math.floor(rest / 32);
  }
  return account + Array.from(random.bytes(CHANCE_LETTERS), (byte) => URL_ALPHABET.charAt(byte % 32)).join('');
}

/** The account that the id of a function URL leads to; undefined where it is none. */
export function accountOfUrlId(id: string): string | undefined {
  if (!/^[a-z2-7]{32}$/.test(id)) return undefined;
  let account = 0;
  for (const letter of id.slice(0, ACCOUNT_LETTERS)) account = account * 32 + URL_ALPHABET.indexOf(letter);
  return account <= 999_999_999_999 ? String(account).padStart(12, '0') : undefined;
}
