/** Which secret a call is about, and the condition keys of Secrets Manager. Service Authorization Reference, "AWS Secrets Manager". */
import type { CreateSecretRequest } from '@aws-sdk/client-secrets-manager';
import { parseArn } from '../../../iam/arn.ts';
import type { Call } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { permission } from '../../permissions/defaults.ts';
import { requestTagContext } from '../../permissions/input-tags.ts';
import type { Permission, PermissionFacts, ResourceRules } from '../../service.ts';
import type { Account } from '../../world.ts';
import { keyNamed } from '../kms/permissions.ts';
import { readSecretId, secretArn, secretNamed, secretOfArn, unknownSecretArn } from './secret-names.ts';

type Input = Readonly<Record<string, unknown>>;
type Context = Permission['context'];

export const secretsResources: ResourceRules = {
  named({ SecretId }, facts) {
    return typeof SecretId === 'string' ? arnNamed(SecretId, facts) : [];
  },
  tagsOf(world, arn) {
    const tags = secretOfArn(world, arn)?.tags;
    return tags && Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  },
  context: (input, facts, { operation, arn }) => ({
    ...(typeof input['SecretId'] === 'string' && { 'secretsmanager:SecretId': input['SecretId'] }),
    ...(secretOfArn(facts.world, arn) && { 'secretsmanager:SecretPrimaryRegion': facts.region }),
    ...(operation === 'UpdateSecret' && keyContext(input['KmsKeyId'], facts)),
    ...own(byOperation, operation)?.(input),
  }),
};

/** The ARN of the key that a request names, where there is such a key; none where it names none. */
function keyContext(keyId: unknown, facts: PermissionFacts): Context {
  if (keyId === undefined || keyId === '') return {};
  try {
    return { 'secretsmanager:KmsKeyArn': keyNamed(keyId, facts) };
  } catch (error) {
    if (error instanceof AwsError) return {};
    throw error;
  }
}

/** The ARN of the secret that a text names. @throws ValidationException, ResourceNotFoundException */
export function arnNamed(text: string, { world, callerAccountId, region }: PermissionFacts): string {
  const named = readSecretId(text, { accountId: callerAccountId, region });
  const account = own(world.accounts, named.accountId);
  const secret = account && secretNamed(account.secretsmanager.secrets, named);
  if (secret !== undefined) return secretArn(named.accountId, secret);
  return named.suffix === undefined ? unknownSecretArn(named.accountId, region, named.name) : text;
}

function texts(input: Input, ...names: readonly string[]): Context {
  return Object.fromEntries(
    names.flatMap((name) => (input[name] === undefined ? [] : [[`secretsmanager:${name}`, String(input[name])]])),
  );
}

/** The keys that single operations have, under the names of the input's members. */
const byOperation: Readonly<Record<string, (input: Input) => Context>> = {
  DeleteSecret: (input) => texts(input, 'ForceDeleteWithoutRecovery', 'RecoveryWindowInDays'),
  GetSecretValue: (input) => texts(input, 'VersionId', 'VersionStage'),
  PutResourcePolicy: (input) => texts(input, 'BlockPublicPolicy'),
  RotateSecret: (input) => texts(input, 'RotationLambdaARN', 'RotateImmediately'),
  UpdateSecret: (input) => texts(input, 'Description', 'KmsKeyId'),
  UpdateSecretVersionStage: (input) => texts(input, 'VersionStage'),
};

/** A secret that is made has no last six characters yet: policies name them by a wildcard. Its denial names it as AWS does. */
export function createPermissions(input: CreateSecretRequest, facts: PermissionFacts): readonly Permission[] {
  const name = input.Name ?? '';
  const arn = unknownSecretArn(facts.callerAccountId, facts.region, name);
  const tags = requestTagContext({ Tags: input.Tags });
  const context = {
    ...texts({ ...input }, 'Name', 'Description', 'KmsKeyId'),
    ...keyContext(input.KmsKeyId, facts),
    ...tags,
  };
  const create = { ...permission('secretsmanager:CreateSecret', arn, facts, { context }), shownAs: name };
  if ((input.Tags ?? []).length === 0) return [create];
  return [create, { ...permission('secretsmanager:TagResource', arn, facts, { context: tags }), shownAs: name }];
}

/** The permission to read one of several secrets, as GetSecretValue needs it. @throws ValidationException, ResourceNotFoundException */
export function readPermission(SecretId: string, { id: accountId }: Pick<Account, 'id'>, call: Call): Permission {
  const { world, now, hashes, caller, request } = call;
  const facts = { world, now, hashes, caller, callerAccountId: accountId, region: request.region };
  const arn = arnNamed(SecretId, facts);
  const tags = Object.entries(secretsResources.tagsOf?.(world, arn) ?? {}).flatMap(([key, value]) => [
    [`aws:ResourceTag/${key}`, value],
    [`secretsmanager:ResourceTag/${key}`, value],
  ]);
  const own = secretsResources.context?.({ SecretId }, facts, { operation: 'GetSecretValue', arn });
  const owner = parseArn(arn)?.accountId ?? accountId;
  return permission('secretsmanager:GetSecretValue', arn, facts, {
    owner,
    context: { ...Object.fromEntries(tags), ...own },
  });
}
