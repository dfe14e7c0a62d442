/** AWS::SecretsManager::Secret and ResourcePolicy. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { AwsError } from '../../errors.ts';
import { differ, retag } from '../differences.ts';
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { boolean, document, number, record, tags, text } from '../shape.ts';

export const secret: ResourceType = {
  name: 'AWS::SecretsManager::Secret',
  properties: record({
    Name: text,
    Description: text,
    KmsKeyId: text,
    SecretString: text,
    GenerateSecretString: record({
      ExcludeCharacters: text,
      ExcludeLowercase: boolean,
      ExcludeNumbers: boolean,
      ExcludePunctuation: boolean,
      ExcludeUppercase: boolean,
      GenerateStringKey: text,
      IncludeSpace: boolean,
      PasswordLength: number,
      RequireEachIncludedType: boolean,
      SecretStringTemplate: text,
    }),
    Tags: tags,
  }),
  attributes: ['Id'],
  named: 'Name',
  fixed: ['Name'],
  *make(properties, { generatedName }) {
    const wish = recordOf(properties, 'GenerateSecretString');
    const made = yield* send(
      'secretsmanager',
      'CreateSecret',
      given({
        Name: textOf(properties, 'Name') ?? generatedName(512),
        Description: textOf(properties, 'Description'),
        KmsKeyId: textOf(properties, 'KmsKeyId'),
        SecretString: wish === undefined ? textOf(properties, 'SecretString') : yield* generated(wish),
        Tags: properties['Tags'],
        ClientRequestToken: requestToken(generatedName(512)),
      }),
    );
    const ARN = answered(made, 'ARN');
    return { ref: ARN, attributes: { Id: ARN } };
  },
  *update({ ref: SecretId, attributes, properties: before }, properties) {
    const wish = recordOf(properties, 'GenerateSecretString');
    if (differ(before, properties, 'Description', 'KmsKeyId', 'SecretString', 'GenerateSecretString')) {
      const isNewText = differ(before, properties, 'SecretString', 'GenerateSecretString');
      const text = wish === undefined ? textOf(properties, 'SecretString') : yield* generated(wish);
      yield* send(
        'secretsmanager',
        'UpdateSecret',
        given({
          SecretId,
          Description: textOf(properties, 'Description') ?? '',
          KmsKeyId: textOf(properties, 'KmsKeyId'),
          SecretString: isNewText ? text : undefined,
          ClientRequestToken: isNewText ? requestToken(`${SecretId} ${text}`) : undefined,
        }),
      );
    }
    yield* retag(before, properties, {
      service: 'secretsmanager',
      set: (Tags) => ['TagResource', { SecretId, Tags }],
      remove: (TagKeys) => ['UntagResource', { SecretId, TagKeys }],
    });
    return { ref: SecretId, attributes };
  },
  *remove({ ref }) {
    yield* send('secretsmanager', 'DeleteSecret', { SecretId: ref, ForceDeleteWithoutRecovery: true });
  },
};

/** A password; with a key, as that member of the template's JSON. */
function* generated(wish: Properties): Steps<string> {
  const made = yield* send(
    'secretsmanager',
    'GetRandomPassword',
    given({
      PasswordLength: numberOf(wish, 'PasswordLength'),
      ExcludeCharacters: textOf(wish, 'ExcludeCharacters'),
      ExcludeLowercase: booleanOf(wish, 'ExcludeLowercase'),
      ExcludeNumbers: booleanOf(wish, 'ExcludeNumbers'),
      ExcludePunctuation: booleanOf(wish, 'ExcludePunctuation'),
      ExcludeUppercase: booleanOf(wish, 'ExcludeUppercase'),
      IncludeSpace: booleanOf(wish, 'IncludeSpace'),
      RequireEachIncludedType: booleanOf(wish, 'RequireEachIncludedType'),
    }),
  );
  const password = answered(made, 'RandomPassword');
  const key = textOf(wish, 'GenerateStringKey');
  if (key === undefined) return password;
  return JSON.stringify({ ...readObject(textOf(wish, 'SecretStringTemplate') ?? '{}'), [key]: password });
}

/** @throws AwsError for what is no JSON object, as CloudFormation refuses it */
function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // No JSON: refused like JSON that is no object.
  }
  throw new AwsError('InvalidRequest', 'SecretStringTemplate must be a JSON object.', { status: 400 });
}

/** The token of the call, which is the id of the version: the same for every sandbox, in the form of a UUID. */
function requestToken(name: string): string {
  const hex = bytesToHex(sha256(utf8ToBytes(name)));
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

export const secretPolicy: ResourceType = {
  name: 'AWS::SecretsManager::ResourcePolicy',
  properties: record({ SecretId: text, ResourcePolicy: document, BlockPublicPolicy: boolean }, [
    'SecretId',
    'ResourcePolicy',
  ]),
  attributes: ['Id'],
  fixed: ['SecretId'],
  *make(properties) {
    const ARN = yield* putPolicy(properties);
    return { ref: ARN, attributes: { Id: ARN } };
  },
  *update({ ref, attributes }, properties) {
    yield* putPolicy(properties);
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('secretsmanager', 'DeleteResourcePolicy', { SecretId: ref });
  },
};

function* putPolicy(properties: Properties): Steps<string> {
  const put = yield* send(
    'secretsmanager',
    'PutResourcePolicy',
    given({
      SecretId: textOf(properties, 'SecretId'),
      ResourcePolicy: documentOf(properties, 'ResourcePolicy'),
      BlockPublicPolicy: booleanOf(properties, 'BlockPublicPolicy'),
    }),
  );
  return answered(put, 'ARN');
}
