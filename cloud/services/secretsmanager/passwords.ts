/** GetRandomPassword, and RotateSecret, which needs a function to change the password where it is used. */
import type {
  GetRandomPasswordRequest,
  GetRandomPasswordResponse,
  RotateSecretRequest,
} from '@aws-sdk/client-secrets-manager';
import type { Random } from '../../call.ts';
import type { ReadOperation } from '../../service.ts';
import { invalidParameter, invalidRequest } from './errors.ts';
import { picked } from './picking.ts';
import { secretOf } from './secret-names.ts';

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
/** AWS Secrets Manager API Reference, GetRandomPassword, ExcludePunctuation. */
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export const getRandomPassword: ReadOperation<GetRandomPasswordRequest, GetRandomPasswordResponse> = {
  kind: 'read',
  handle(_account, input, { random }) {
    const excluded = input.ExcludeCharacters ?? '';
    const kinds = [
      input.ExcludeLowercase === true ? '' : lower,
      input.ExcludeUppercase === true ? '' : upper,
      input.ExcludeNumbers === true ? '' : digits,
      input.ExcludePunctuation === true ? '' : punctuation,
      input.IncludeSpace === true ? ' ' : '',
    ]
      .map((characters) => [...characters].filter((character) => !excluded.includes(character)).join(''))
      .filter((characters) => characters !== '');
    if (kinds.length === 0) throw invalidParameter('There are no characters to create a password of.');
    const length = input.PasswordLength ?? 32;
    const required = input.RequireEachIncludedType === false ? [] : kinds;
    if (length < required.length) throw invalidParameter('Password length is too short based on the required types.');
    const all = kinds.join('');
    const rest = Array.from({ length: length - required.length }, () => picked(all, random));
    const characters = [...required.map((kind) => picked(kind, random)), ...rest];
    return { RandomPassword: shuffled(characters, random).join('') };
  },
};

/** By random keys of four bytes: no place is likelier than another. */
function shuffled(characters: readonly string[], random: Random): readonly string[] {
  return characters
    .map((character) => ({ character, key: [...random.bytes(4)].reduce((sum, byte) => sum * 256 + byte, 0) }))
    .sort((a, b) => a.key - b.key)
    .map(({ character }) => character);
}

export const rotateSecret: ReadOperation<RotateSecretRequest, never> = {
  kind: 'read',
  handle(account, input, call) {
    if (input.ClientRequestToken === undefined) {
      throw invalidParameter('You must provide a ClientRequestToken value. We recommend a UUID-type value.');
    }
    secretOf(account, input.SecretId, call.request.region);
    if (input.RotationLambdaARN !== undefined) {
      throw invalidRequest('Rotation by a Lambda function is not offered here.');
    }
    throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
  },
};
