/** Event source mappings of queues and streams, as records: nothing is polled. */
import type {
  CreateEventSourceMappingRequest,
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  GetEventSourceMappingRequest,
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { splitArn } from '../../../iam/arn.ts';
import type { AccountDraft } from '../../call.ts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { conflict, invalidParameter, noSuchResource } from './errors.ts';
import { findFunction, versionOf } from './finding.ts';
import { lambdaLimits } from './limits.ts';
import { makeUuid, regionalKey } from './names.ts';
import { pageOf } from './pages.ts';
import type { MappingState } from './state.ts';
import { checkTags } from './tag-rules.ts';

/** Batches where the request says nothing, and at most (Lambda API Reference, "CreateEventSourceMapping": BatchSize). */
const SOURCES: Readonly<Record<string, { readonly batchSize: number; readonly isStream: boolean }>> = {
  sqs: { batchSize: 10, isStream: false },
  dynamodb: { batchSize: 100, isStream: true },
  kinesis: { batchSize: 100, isStream: true },
};

function sourceOf(arn: string) {
  const source = own(SOURCES, splitArn(arn)?.[2] ?? '');
  if (source === undefined) throw invalidParameter('Unrecognized event source.');
  return source;
}

function shownMapping(mapping: MappingState, accountId: string, state?: string): EventSourceMappingConfiguration {
  const { isStream } = sourceOf(mapping.eventSourceArn);
  return {
    UUID: mapping.uuid,
    ...(mapping.startingPosition !== undefined && { StartingPosition: mapping.startingPosition as 'LATEST' }),
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.maximumBatchingWindowInSeconds,
    ...(isStream && {
      ParallelizationFactor: 1,
      DestinationConfig: { OnFailure: {} },
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: -1,
      TumblingWindowInSeconds: 0,
      LastProcessingResult: 'No records processed',
    }),
    EventSourceArn: mapping.eventSourceArn,
    ...(mapping.filterPatterns.length > 0 && {
      FilterCriteria: { Filters: mapping.filterPatterns.map((Pattern) => ({ Pattern })) },
    }),
    FunctionArn: mapping.functionArn,
    LastModified: new Date(mapping.modifiedAt),
    State: state ?? (mapping.isEnabled ? 'Enabled' : 'Disabled'),
    StateTransitionReason: isStream ? 'User action' : 'USER_INITIATED',
    FunctionResponseTypes: [...mapping.functionResponseTypes] as ['ReportBatchItemFailures'],
    EventSourceMappingArn: `arn:aws:lambda:${mapping.region}:${accountId}:event-source-mapping:${mapping.uuid}`,
  };
}

/** The function that a mapping leads to, with the qualifier. @throws InvalidParameterValueException */
function targetOf(account: Account | AccountDraft, FunctionName: string, region: string): string {
  try {
    const found = findFunction(account as Account, { FunctionName }, region);
    versionOf(found);
    return found.qualifier === undefined ? found.arn : `${found.arn}:${found.qualifier}`;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') {
      throw invalidParameter('Function does not exist');
    }
    throw error;
  }
}

function checkBatch({ batchSize, maximumBatchingWindowInSeconds, eventSourceArn }: MappingState): void {
  if (!sourceOf(eventSourceArn).isStream && batchSize > 10 && maximumBatchingWindowInSeconds === 0) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
}

function checkPatterns(patterns: readonly string[]): readonly string[] {
  for (const pattern of patterns) {
    try {
      JSON.parse(pattern);
    } catch {
      throw invalidParameter('Invalid filter pattern definition.');
    }
  }
  return patterns;
}

type Filters = CreateEventSourceMappingRequest['FilterCriteria'];
const patternsOf = (criteria: Filters) =>
  checkPatterns((criteria?.Filters ?? []).flatMap(({ Pattern }) => Pattern ?? []));

export const createEventSourceMapping: ChangeOperation<
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { region } = call.request;
    const { EventSourceArn: eventSourceArn = '' } = input;
    const source = sourceOf(eventSourceArn);
    if (source.isStream && input.StartingPosition === undefined) {
      throw invalidParameter(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      );
    }
    const functionArn = targetOf(account, input.FunctionName ?? '', region);
    const { mappings } = account.lambda;
    const same = Object.values(mappings).find(
      (mapping) => mapping.functionArn === functionArn && mapping.eventSourceArn === eventSourceArn,
    );
    if (same !== undefined) {
      throw conflict(
        `The event source arn (" ${eventSourceArn} ") and function (" ${functionArn.split(':')[6]} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${same.uuid}`,
      );
    }
    if (Object.keys(mappings).length >= lambdaLimits.mappingsPerAccount) {
      throw invalidParameter(`An account here has at most ${lambdaLimits.mappingsPerAccount} event source mappings.`);
    }
    const mapping: MappingState = {
      uuid: makeUuid(call.random),
      region,
      functionArn,
      eventSourceArn,
      batchSize: input.BatchSize ?? source.batchSize,
      maximumBatchingWindowInSeconds: input.MaximumBatchingWindowInSeconds ?? 0,
      isEnabled: input.Enabled ?? true,
      ...(input.StartingPosition !== undefined && { startingPosition: input.StartingPosition }),
      filterPatterns: patternsOf(input.FilterCriteria),
      functionResponseTypes: input.FunctionResponseTypes ?? [],
      modifiedAt: call.now,
      tags: checkTags({}, input.Tags ?? {}),
    };
    checkBatch(mapping);
    mappings[regionalKey(region, mapping.uuid)] = mapping as (typeof mappings)[string];
    return shownMapping(mapping, account.id, 'Creating');
  },
};

/** @throws ResourceNotFoundException */
function mappingOf(account: Account | AccountDraft, uuid: string | undefined, region: string): MappingState {
  const mapping = own<MappingState>(account.lambda.mappings, regionalKey(region, uuid ?? ''));
  if (mapping === undefined) throw noSuchResource();
  return mapping;
}

export const getEventSourceMapping: ReadOperation<GetEventSourceMappingRequest, EventSourceMappingConfiguration> = {
  kind: 'read',
  handle: (account, { UUID }, call) => shownMapping(mappingOf(account, UUID, call.request.region), account.id),
};

export const updateEventSourceMapping: ChangeOperation<
  UpdateEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { region } = call.request;
    const current = mappingOf(account, input.UUID, region);
    const next: MappingState = {
      ...current,
      ...(input.FunctionName !== undefined && { functionArn: targetOf(account, input.FunctionName, region) }),
      ...(input.BatchSize !== undefined && { batchSize: input.BatchSize }),
      ...(input.MaximumBatchingWindowInSeconds !== undefined && {
        maximumBatchingWindowInSeconds: input.MaximumBatchingWindowInSeconds,
      }),
      ...(input.Enabled !== undefined && { isEnabled: input.Enabled }),
      ...(input.FilterCriteria !== undefined && { filterPatterns: patternsOf(input.FilterCriteria) }),
      ...(input.FunctionResponseTypes !== undefined && { functionResponseTypes: input.FunctionResponseTypes }),
      modifiedAt: call.now,
    };
    checkBatch(next);
    const { mappings } = account.lambda;
    mappings[regionalKey(region, next.uuid)] = next as (typeof mappings)[string];
    return shownMapping(next, account.id, input.Enabled === false ? 'Disabling' : 'Updating');
  },
};

export const deleteEventSourceMapping: ChangeOperation<
  DeleteEventSourceMappingRequest,
  EventSourceMappingConfiguration
> = {
  kind: 'change',
  handle(account: AccountDraft, { UUID }, call) {
    const { region } = call.request;
    const shown = shownMapping(mappingOf(account, UUID, region), account.id, 'Deleting');
    delete account.lambda.mappings[regionalKey(region, UUID ?? '')];
    return shown;
  },
};

export const listEventSourceMappings: ReadOperation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const { EventSourceArn: source, FunctionName } = input;
    const arn = FunctionName === undefined ? undefined : targetOf(account, FunctionName, region);
    const mappings = Object.values(account.lambda.mappings).filter(
      (mapping) =>
        mapping.region === region &&
        (source === undefined || mapping.eventSourceArn === source) &&
        (arn === undefined || mapping.functionArn === arn),
    );
    const { page, NextMarker } = pageOf(mappings, input, ({ uuid }) => uuid);
    return {
      EventSourceMappings: page.map((mapping) => shownMapping(mapping, account.id)),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};
