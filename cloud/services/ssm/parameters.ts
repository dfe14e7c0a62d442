/** Parameters as they are stored, found and described. */
import type { Parameter, ParameterMetadata } from '@aws-sdk/client-ssm';
import { toBase64 } from '@smithy/core/serde';
import type { Call, Hashes } from '../../call.ts';
import { own } from '../../own.ts';
import { parameterNotFound, parameterVersionNotFound } from './errors.ts';
import { parameterArn, placeOfArn, readName } from './names.ts';
import type { ParameterState, SsmState } from './state.ts';

export type VersionState = ParameterState['versions'][number];

interface SsmAccount {
  readonly id: string;
  readonly ssm: SsmState;
}

/** The key under which the state keeps a parameter. A region's parameters are none of another's. */
export function parameterKey(region: string, name: string): string {
  return `${region} ${name}`;
}

/** The parameters of a region. */
export function parametersIn(account: SsmAccount, region: string): readonly ParameterState[] {
  return Object.values(account.ssm.parameters).filter((parameter) => parameter.region === region);
}

/** The parameter of a name in a region; a one-level name is the same with and without its slash in an ARN. */
export function findParameter(account: SsmAccount, text: string, region: string): ParameterState | undefined {
  const place = placeOfArn(text);
  if (place !== undefined && (place.accountId !== account.id || place.region !== region)) return undefined;
  const { name } = readName(text);
  const bare = place === undefined ? undefined : name.slice(1);
  const byName = (candidate: string) => own(account.ssm.parameters, parameterKey(region, candidate));
  return byName(name) ?? (bare === undefined ? undefined : byName(bare));
}

/** Throws `ParameterNotFound`. */
export function parameterOf(account: SsmAccount, text: string, region: string): ParameterState {
  const parameter = findParameter(account, text, region);
  if (parameter === undefined) throw parameterNotFound();
  return parameter;
}

/** A parameter has one version at least, the newest last. */
export function newestVersion(parameter: ParameterState): VersionState {
  const newest = parameter.versions.at(-1);
  if (newest === undefined) throw new Error(`The parameter ${parameter.name} has no version`);
  return newest;
}

/** The version that a selector names, the newest without one. Throws `ParameterVersionNotFound`. */
export function selectedVersion(parameter: ParameterState, selector: string | undefined): VersionState {
  if (selector === undefined) return newestVersion(parameter);
  const found = /^\d+$/.test(selector)
    ? parameter.versions.find(({ version }) => version === Number(selector))
    : parameter.versions.find(({ labels }) => labels.includes(selector));
  if (found === undefined) throw parameterVersionNotFound(parameter.name, selector);
  return found;
}

/** A parameter with its value, as GetParameter answers it. */
export function describeParameter(
  parameter: ParameterState,
  version: VersionState,
  options: { readonly decrypt: boolean; readonly selector?: string | undefined },
  accountId: string,
  call: Call,
): Parameter {
  const { name, region, type, dataType } = parameter;
  return {
    Name: name,
    Type: type,
    Value: shownValue(parameter, version, options.decrypt ? 'plain' : 'as-stored', accountId, call.hashes),
    Version: version.version,
    ...(options.selector !== undefined && { Selector: `:${options.selector}` }),
    LastModifiedDate: new Date(version.modifiedAt),
    ARN: parameterArn(name, region, accountId),
    DataType: dataType,
  };
}

/** A SecureString is shown as ciphertext unless decryption is asked for. */
export function shownValue(
  parameter: ParameterState,
  version: VersionState,
  how: 'plain' | 'as-stored',
  accountId: string,
  hashes: Hashes,
): string {
  if (parameter.type !== 'SecureString' || how === 'plain') return version.value;
  if (version.sealed !== undefined) return version.sealed.ciphertext;
  return ciphertext(`${accountId} ${parameter.name} ${version.version} ${version.modifiedAt}`, hashes);
}

/**
 * What a client that may not decrypt gets to see: as KMS's own, base64 with the header of its format and no clue to the
 * value, not even its length. It is made of names alone; the value itself lies in the account's state.
 */
function ciphertext(of: string, hashes: Hashes): string {
  const bytes = new Uint8Array(5 + 5 * 32);
  bytes.set([0x01, 0x02, 0x02, 0x00, 0x78]);
  for (let block = 0; block < 5; block++) {
    bytes.set(hashes.sha256(new TextEncoder().encode(`${block} ${of}`)), 5 + 32 * block);
  }
  return toBase64(bytes);
}

/** A parameter without its value, as DescribeParameters lists it. */
export function describeMetadata(parameter: ParameterState, accountId: string): ParameterMetadata {
  const { name, region, type, keyId, description, allowedPattern, tier, dataType } = parameter;
  const { version, modifiedAt, modifiedBy } = newestVersion(parameter);
  return {
    Name: name,
    ARN: parameterArn(name, region, accountId),
    Type: type,
    ...(keyId !== undefined && { KeyId: keyId }),
    LastModifiedDate: new Date(modifiedAt),
    LastModifiedUser: modifiedBy,
    ...(description !== undefined && description !== '' && { Description: description }),
    ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
    Version: version,
    Tier: tier,
    Policies: [],
    DataType: dataType,
  };
}
