/** How requests name secrets: by name, by ARN, by the ARN without its last six characters. */
import { parseArn } from '../../../iam/arn.ts';
import { own } from '../../own.ts';
import type { World } from '../../world.ts';
import { markedForDeletion, notFound, secretsError } from './errors.ts';
import type { SecretState } from './state.ts';

const validName = /^[A-Za-z0-9/_+=.@!-]+$/;
/** What every ARN of a secret ends in. */
const arnEnd = /^(.+)-([A-Za-z0-9]{6})$/;

/** The key under which a slice holds a secret. */
export function secretKey(region: string, name: string): string {
  return `${region} ${name}`;
}

export function secretArn(
  accountId: string,
  { region, name, suffix }: Pick<SecretState, 'region' | 'name' | 'suffix'>,
): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${suffix}`;
}

/** The ARN that a permission is asked on where there is no secret, and so no last six characters. */
export function unknownSecretArn(accountId: string, region: string, name: string): string {
  return `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-??????`;
}

/** What a request says of a secret. */
export interface SecretName {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** Of a whole ARN. */
  readonly suffix?: string;
}

/** Reads the name or the ARN of a secret. @throws ValidationException, ResourceNotFoundException */
export function readSecretId(text: string, own: { readonly accountId: string; readonly region: string }): SecretName {
  if (!text.startsWith('arn:')) return { ...own, name: checkName(text) };
  const { partition, service, region = '', accountId = '', resource = '' } = parseArn(text) ?? {};
  const id = /^secret:(.+)$/s.exec(resource)?.[1];
  if (partition !== 'aws' || service !== 'secretsmanager' || region !== own.region || id === undefined)
    throw notFound();
  const [, name, suffix] = arnEnd.exec(id) ?? [];
  return name === undefined || suffix === undefined
    ? { accountId, region, name: id }
    : { accountId, region, name, suffix };
}

/** @throws ValidationException */
export function checkName(name: string): string {
  if (validName.test(name)) return name;
  throw secretsError(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
}

/** The secret of a name in an account's secrets, or in a draft of them; undefined where there is none. */
export function secretNamed<Secret extends Pick<SecretState, 'suffix'>>(
  secrets: Readonly<Record<string, Secret>>,
  { region, name, suffix }: SecretName,
): Secret | undefined {
  const secret = own(secrets, secretKey(region, name));
  return suffix === undefined || secret?.suffix === suffix ? secret : undefined;
}

/** The secret of an ARN, wherever in the sandbox. */
export function secretOfArn(world: World, arn: string): SecretState | undefined {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const [, name, suffix] = arnEnd.exec(resource.slice('secret:'.length)) ?? [];
  const account = own(world.accounts, accountId);
  if (account === undefined || name === undefined || suffix === undefined) return undefined;
  return secretNamed(account.secretsmanager.secrets, { accountId, region, name, suffix });
}

interface Secrets<Secret> {
  readonly id: string;
  readonly secretsmanager: { readonly secrets: Readonly<Record<string, Secret>> };
}

/** The secret that a request names, also one that waits for its deletion. @throws ResourceNotFoundException, ValidationException */
export function anySecretOf<Secret extends Pick<SecretState, 'suffix'>>(
  account: Secrets<Secret>,
  secretId: string | undefined,
  region: string,
): Secret {
  const name = readSecretId(secretId ?? '', { accountId: account.id, region });
  const secret = name.accountId === account.id ? secretNamed(account.secretsmanager.secrets, name) : undefined;
  if (secret === undefined) throw notFound();
  return secret;
}

/** As `anySecretOf`, of one that is in use. @throws InvalidRequestException besides */
export function secretOf<Secret extends Pick<SecretState, 'suffix' | 'deletionAt'>>(
  account: Secrets<Secret>,
  secretId: string | undefined,
  region: string,
): Secret {
  const secret = anySecretOf(account, secretId, region);
  if (secret.deletionAt !== undefined) throw markedForDeletion();
  return secret;
}
