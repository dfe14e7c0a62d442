/** PutParameter. */
import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm';
import { callerArn } from '../../../iam/caller-arn.ts';
import type { Call, Draft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import { changing } from '../../process.ts';
import type { Permission, PermissionFacts, ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { compileAllowedPattern } from './allowed-pattern.ts';
import { validationException } from './errors.ts';
import { ssmLimits } from './limits.ts';
import { checkNewName } from './names.ts';
import { parameterKey } from './parameters.ts';
import { onParameter, requestTagContext } from './permissions.ts';
import { sealedValue } from './sealing.ts';
import type { ParameterState, SsmState } from './state.ts';
import { checkTags } from './tags.ts';

/** Versions that are kept of one parameter. */
const versionsKept = 100;
/** Characters of a value, by tier. */
const valueSizes = { Standard: 4096, Advanced: 8192 } as const;
const managedKey = 'alias/aws/ssm';

export const putParameter: ProcessOperation<PutParameterRequest, PutParameterResult> = {
  kind: 'process',
  permissions: putPermissions,
  *run(account, input, call) {
    const { versions, ...parameter } = writtenParameter(account, input, call);
    const written = versions.at(-1);
    const sealed = yield* sealedValue({ ...parameter, versions }, written?.value ?? '', account.id, call);
    const kept = versions.map((version) => (version === written && sealed ? { ...version, sealed } : version));
    yield* changing(account.id, (draft) => {
      const key = parameterKey(parameter.region, parameter.name);
      draft.ssm.parameters[key] = { ...parameter, versions: kept } as Draft<ParameterState>;
    });
    return { Version: written?.version ?? 1, Tier: parameter.tier };
  },
};

/** The parameter as it is after a request, its newest version last. Throws what the request is refused with. */
function writtenParameter(account: Account, input: PutParameterRequest, call: Call): ParameterState {
  const name = (input.Name ?? '').trim();
  const value = input.Value ?? '';
  checkNewName(name);
  if (input.Overwrite === true && (input.Tags ?? []).length > 0) {
    throw validationException(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  const { region } = call.request;
  const existing = own(account.ssm.parameters, parameterKey(region, name));
  if (existing !== undefined && input.Overwrite !== true) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      { status: 400 },
    );
  }
  if (existing === undefined && Object.keys(account.ssm.parameters).length >= ssmLimits.parametersPerAccount) {
    throw tooMany();
  }
  if (charactersOf(call.world.accounts[account.id]?.ssm) + value.length > ssmLimits.parameterCharactersPerAccount) {
    throw tooMany();
  }
  const type = typeOf(input, existing);
  if (input.Policies !== undefined && input.Policies !== '' && input.Policies !== '[]') {
    throw new AwsError('InvalidPolicyTypeException', 'Parameter policies are not offered here.', { status: 400 });
  }
  const dataType = dataTypeOf(input, existing);
  const tier = tierOf(input, existing, value);
  checkValue(value, type);
  checkPattern(input.AllowedPattern ?? existing?.allowedPattern, value);
  const keyId = keyOf(input, existing, type);
  const version = (existing?.versions.at(-1)?.version ?? 0) + 1;
  const written = { version, value, modifiedAt: call.now, modifiedBy: callerArn(call.caller), labels: [] };
  const description = input.Description ?? existing?.description;
  const allowedPattern = input.AllowedPattern ?? existing?.allowedPattern;
  return {
    name,
    region,
    type,
    tier,
    ...(description !== undefined && { description }),
    ...(allowedPattern !== undefined && { allowedPattern }),
    ...(keyId !== undefined && { keyId }),
    dataType,
    tags: existing?.tags ?? checkTags(input.Tags ?? [], []),
    versions: [...keptVersions(existing), written],
  };
}

function tooMany(): AwsError {
  return new AwsError(
    'ParameterLimitExceeded',
    'You have exceeded the number of parameters for this AWS account. Delete one or more parameters and try again.',
    { status: 400 },
  );
}

const measured = new WeakMap<ParameterState, number>();

/** Characters of all values, every version counted. */
function charactersOf(state: SsmState | undefined): number {
  let total = 0;
  for (const parameter of Object.values(state?.parameters ?? {})) {
    const known =
      measured.get(parameter) ??
      parameter.versions.reduce((sum, { value, sealed }) => sum + value.length + (sealed?.ciphertext.length ?? 0), 0);
    measured.set(parameter, known);
    total += known;
  }
  return total;
}

function putPermissions(input: PutParameterRequest, facts: PermissionFacts): readonly Permission[] {
  const name = (input.Name ?? '').trim();
  const tags = input.Tags ?? [];
  const tagContext = requestTagContext(tags);
  const context = { ...tagContext, 'ssm:Overwrite': String(input.Overwrite ?? false) };
  return [
    onParameter('ssm:PutParameter', name, facts, context),
    ...(tags.length > 0 ? [onParameter('ssm:AddTagsToResource', name, facts, tagContext)] : []),
  ];
}

function typeOf(input: PutParameterRequest, existing: ParameterState | undefined): ParameterState['type'] {
  const type = input.Type ?? existing?.type;
  if (type === undefined) throw validationException('A parameter type is required when you create a parameter.');
  if (type !== 'String' && type !== 'StringList' && type !== 'SecureString') {
    throw new AwsError('UnsupportedParameterType', `The parameter type ${String(type)} is not supported.`, {
      status: 400,
    });
  }
  return type;
}

function dataTypeOf(input: PutParameterRequest, existing: ParameterState | undefined): string {
  const dataType = input.DataType ?? existing?.dataType ?? 'text';
  // Images and integrations are checked against services that this cloud lacks.
  if (dataType !== 'text') {
    throw validationException(
      `The following data type is not supported: ${dataType} (Data type names are all lowercase.)`,
    );
  }
  return dataType;
}

/** Intelligent-Tiering settles for the cheapest tier that fits; a tier never goes down. */
function tierOf(
  input: PutParameterRequest,
  existing: ParameterState | undefined,
  value: string,
): 'Standard' | 'Advanced' {
  const size = new TextEncoder().encode(value).length;
  if (size > valueSizes.Advanced) {
    throw validationException(
      `Advanced tier parameters support a maximum parameter value of ${valueSizes.Advanced} characters.`,
    );
  }
  const asked = input.Tier ?? existing?.tier ?? 'Standard';
  const fits = size > valueSizes.Standard || existing?.tier === 'Advanced' ? 'Advanced' : 'Standard';
  if (asked === 'Intelligent-Tiering') return fits;
  if (asked === 'Standard' && existing?.tier === 'Advanced') {
    throw validationException(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  }
  if (asked === 'Standard' && size > valueSizes.Standard) {
    throw validationException(
      `Standard tier parameters support a maximum parameter value of ${valueSizes.Standard} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html`,
    );
  }
  return asked === 'Advanced' ? 'Advanced' : 'Standard';
}

function checkValue(value: string, type: ParameterState['type']): void {
  if (value === '') {
    throw validationException(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  if (/\{\{\s*(?:ssm|ssm-secure|resolve):/.test(value)) {
    throw validationException('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  }
  if (type === 'StringList' && value.split(',').some((item) => item === '')) {
    throw validationException("Parameter value of type StringList can't hold an empty item.");
  }
}

/** Throws `InvalidAllowedPatternException`, `ParameterPatternMismatchException`. */
function checkPattern(pattern: string | undefined, value: string): void {
  if (pattern === undefined || pattern === '') return;
  const compiled = compileAllowedPattern(pattern);
  if (compiled.kind === 'unreadable') {
    throw new AwsError(
      'InvalidAllowedPatternException',
      'The request does not meet the regular expression requirement.',
      { status: 400 },
    );
  }
  if (!compiled.matches(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
      { status: 400 },
    );
  }
}

/** The account's own managed key where none is named. Throws `ValidationException`. */
function keyOf(
  input: PutParameterRequest,
  existing: ParameterState | undefined,
  type: ParameterState['type'],
): string | undefined {
  if (type === 'SecureString') return input.KeyId ?? existing?.keyId ?? managedKey;
  if (input.KeyId === undefined) return undefined;
  throw validationException('KeyId can only be used with parameters of type SecureString.');
}

/** Throws `ParameterMaxVersionLimitExceeded` where the oldest version would have to go and has a label. */
function keptVersions(existing: ParameterState | undefined): ParameterState['versions'] {
  const versions = existing?.versions ?? [];
  const [oldest] = versions;
  if (versions.length < versionsKept || existing === undefined || oldest === undefined) return versions;
  if (oldest.labels.length > 0) {
    throw new AwsError(
      'ParameterMaxVersionLimitExceeded',
      `You attempted to create a new version of ${existing.name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
      { status: 400 },
    );
  }
  return versions.slice(1);
}
