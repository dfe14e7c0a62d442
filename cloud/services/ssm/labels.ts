/** LabelParameterVersion and UnlabelParameterVersion (AWS Systems Manager User Guide, "Working with parameter labels"). */
import type {
  LabelParameterVersionRequest,
  LabelParameterVersionResult,
  UnlabelParameterVersionRequest,
  UnlabelParameterVersionResult,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation } from '../../service.ts';
import { parameterNotFound, parameterVersionNotFound } from './errors.ts';
import { parameterKey } from './parameters.ts';
import { onNamed } from './permissions.ts';

const labelsPerVersion = 10;

/** Letters, digits and `.-_`, not beginning with a digit, `aws` or `ssm`. */
function isLabel(label: string): boolean {
  return /^[A-Za-z_.-][A-Za-z0-9_.-]*$/.test(label) && !/^(aws|ssm)/i.test(label);
}

/** A label stands at one version only: given to another, it moves there. */
export const labelParameterVersion: ChangeOperation<LabelParameterVersionRequest, LabelParameterVersionResult> = {
  kind: 'change',
  permissions: onNamed('ssm:LabelParameterVersion'),
  handle(account, input, call) {
    const name = input.Name ?? '';
    const parameter = own(account.ssm.parameters, parameterKey(call.request.region, name));
    if (parameter === undefined) throw parameterNotFound();
    const number = input.ParameterVersion ?? parameter.versions.at(-1)?.version;
    const version = parameter.versions.find((candidate) => candidate.version === number);
    if (version === undefined) throw parameterVersionNotFound(name, String(number));
    const labels = [...new Set(input.Labels ?? [])];
    const valid = labels.filter(isLabel);
    const together = new Set([...version.labels, ...valid]);
    if (together.size > labelsPerVersion) {
      throw new AwsError(
        'ParameterVersionLabelLimitExceeded',
        `A parameter version can have a maximum of ${labelsPerVersion} labels. Move one or more labels to another version and try again.`,
        { status: 400 },
      );
    }
    for (const other of parameter.versions) {
      other.labels = other === version ? [...together] : other.labels.filter((label) => !valid.includes(label));
    }
    return { InvalidLabels: labels.filter((label) => !isLabel(label)), ParameterVersion: version.version };
  },
};

export const unlabelParameterVersion: ChangeOperation<UnlabelParameterVersionRequest, UnlabelParameterVersionResult> = {
  kind: 'change',
  permissions: onNamed('ssm:UnlabelParameterVersion'),
  handle(account, input, call) {
    const name = input.Name ?? '';
    const parameter = own(account.ssm.parameters, parameterKey(call.request.region, name));
    if (parameter === undefined) throw parameterNotFound();
    const version = parameter.versions.find((candidate) => candidate.version === input.ParameterVersion);
    if (version === undefined) throw parameterVersionNotFound(name, String(input.ParameterVersion));
    const labels = [...new Set(input.Labels ?? [])];
    const removed = labels.filter((label) => version.labels.includes(label));
    version.labels = version.labels.filter((label) => !removed.includes(label));
    return { RemovedLabels: removed, InvalidLabels: labels.filter((label) => !removed.includes(label)) };
  },
};
