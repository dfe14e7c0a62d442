/** Functions as answers show them. */
import type { FunctionConfiguration, LoggingConfig } from '@aws-sdk/client-lambda';
import { nameOfKey, shownByName } from '../../state-key.ts';
import { functionArn } from './names.ts';
import type { FunctionState, VersionState } from './state.ts';

/** `2026-01-05T12:00:00.000+0000`, as Lambda writes times of functions. */
export function shownTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

export interface ShownAs {
  readonly accountId: string;
  /** What the ARN ends in: the qualifier that was asked for; absent for the function itself. */
  readonly qualifier?: string;
}

/** The configuration of a version, of a function that is ready. */
export function shownConfiguration(
  found: Pick<FunctionState, 'name' | 'region'>,
  version: VersionState,
  { accountId, qualifier }: ShownAs,
): FunctionConfiguration {
  const { deadLetterArn, kmsKeyArn, vpc, environment } = version;
  return {
    FunctionName: found.name,
    FunctionArn: functionArn({ region: found.region, accountId }, found.name, qualifier),
    Runtime: version.runtime as NonNullable<FunctionConfiguration['Runtime']>,
    Role: version.role,
    Handler: version.handler,
    CodeSize: version.code.size,
    Description: version.description,
    Timeout: version.timeout,
    MemorySize: version.memorySize,
    LastModified: shownTime(version.modifiedAt),
    CodeSha256: version.codeSha256,
    Version: version.version,
    ...(environment && Object.keys(environment).length > 0 && { Environment: { Variables: shownByName(environment) } }),
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: deadLetterArn } }),
    ...(kmsKeyArn !== undefined && { KMSKeyArn: kmsKeyArn }),
    TracingConfig: { Mode: version.tracingMode as 'Active' },
    RevisionId: version.revisionId,
    ...(version.layers.length > 0 && {
      Layers: version.layers.map(({ arn, code }) => ({ Arn: arn, CodeSize: code.size })),
    }),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [version.architecture as 'x86_64'],
    EphemeralStorage: { Size: version.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: shownLogging(version),
    ...(vpc && {
      VpcConfig: { SubnetIds: [...vpc.subnetIds], SecurityGroupIds: [...vpc.securityGroupIds], VpcId: '' },
    }),
  };
}

function shownLogging(version: VersionState): LoggingConfig {
  const { logFormat, logGroup, applicationLogLevel, systemLogLevel } = version;
  return {
    LogFormat: logFormat as 'Text',
    ...(applicationLogLevel !== undefined && { ApplicationLogLevel: applicationLogLevel as 'INFO' }),
    ...(systemLogLevel !== undefined && { SystemLogLevel: systemLogLevel as 'INFO' }),
    LogGroup: logGroup,
  };
}

/** A function that was just made is not ready yet when it is answered. */
export function justCreated(shown: FunctionConfiguration): FunctionConfiguration {
  const { LastUpdateStatus: _, ...rest } = shown;
  return { ...rest, State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' };
}

/** A function that was just changed is being changed when it is answered. */
export function justUpdated(shown: FunctionConfiguration): FunctionConfiguration {
  return {
    ...shown,
    LastUpdateStatus: 'InProgress',
    LastUpdateStatusReason: 'The function is being created.',
    // As observed; the SDK's enumeration has it for states only.
    LastUpdateStatusReasonCode: 'Creating' as NonNullable<FunctionConfiguration['LastUpdateStatusReasonCode']>,
  };
}

/** In lists the state of a function is not told. */
export function inList(shown: FunctionConfiguration): FunctionConfiguration {
  const { State: _state, LastUpdateStatus: _status, ...rest } = shown;
  return rest;
}

/** The versions of a function, `$LATEST` first. */
export function allVersions(found: FunctionState): readonly VersionState[] {
  const numbers = Object.keys(found.versions)
    .map(nameOfKey)
    .sort((a, b) => Number(a) - Number(b));
  return [found.latest, ...numbers.flatMap((number) => found.versions[number] ?? [])];
}
