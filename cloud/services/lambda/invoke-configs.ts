/** How asynchronous invocations are retried. */
import type {
  DeleteFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfigRequest,
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  PutFunctionEventInvokeConfigRequest,
  UpdateFunctionEventInvokeConfigRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { nameOfKey, stateKey } from '../../state-key.ts';
import { notFound } from './errors.ts';
import { findFunction, versionOf } from './finding.ts';
import { LATEST } from './names.ts';
import { pageOf } from './pages.ts';
import type { InvokeConfigState } from './state.ts';

function shownConfig(arn: string, key: string, config: InvokeConfigState): FunctionEventInvokeConfig {
  const { onSuccess, onFailure, maximumRetryAttempts, maximumEventAgeInSeconds } = config;
  return {
    LastModified: new Date(config.modifiedAt),
    FunctionArn: `${arn}:${nameOfKey(key)}`,
    ...(maximumRetryAttempts !== undefined && { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeInSeconds !== undefined && { MaximumEventAgeInSeconds: maximumEventAgeInSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}

function readConfig(input: PutFunctionEventInvokeConfigRequest, modifiedAt: number): InvokeConfigState {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input;
  const onSuccess = DestinationConfig?.OnSuccess?.Destination;
  const onFailure = DestinationConfig?.OnFailure?.Destination;
  return {
    ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds !== undefined && { maximumEventAgeInSeconds: MaximumEventAgeInSeconds }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onFailure !== undefined && { onFailure }),
    modifiedAt,
  };
}

function noConfig(arn: string, key: string) {
  return notFound(`The function ${arn}:${nameOfKey(key)} doesn't have an EventInvokeConfig`);
}

export const putFunctionEventInvokeConfig: ChangeOperation<
  PutFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const named = findFunction(account, input, call.request.region);
    versionOf(named);
    const key = stateKey(named.qualifier ?? LATEST);
    const config = readConfig(input, call.now);
    named.found.invokeConfigs[key] = config;
    return shownConfig(named.arn, key, config);
  },
};

export const updateFunctionEventInvokeConfig: ChangeOperation<
  UpdateFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found, arn, qualifier } = findFunction(account, input, call.request.region);
    const key = stateKey(qualifier ?? LATEST);
    const current = own(found.invokeConfigs, key);
    if (current === undefined) throw noConfig(arn, key);
    const config = { ...current, ...readConfig(input, call.now) };
    found.invokeConfigs[key] = config;
    return shownConfig(arn, key, config);
  },
};

export const getFunctionEventInvokeConfig: ReadOperation<
  GetFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = {
  kind: 'read',
  handle(account, input, call) {
    const { found, arn, qualifier } = findFunction(account, input, call.request.region);
    const key = stateKey(qualifier ?? LATEST);
    const config = own(found.invokeConfigs, key);
    if (config === undefined) throw noConfig(arn, key);
    return shownConfig(arn, key, config);
  },
};

export const deleteFunctionEventInvokeConfig: ChangeOperation<
  DeleteFunctionEventInvokeConfigRequest,
  Record<string, never>
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found, arn, qualifier } = findFunction(account, input, call.request.region);
    const key = stateKey(qualifier ?? LATEST);
    if (own(found.invokeConfigs, key) === undefined) throw noConfig(arn, key);
    delete found.invokeConfigs[key];
    return {};
  },
};

export const listFunctionEventInvokeConfigs: ReadOperation<
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse
> = {
  kind: 'read',
  handle(account, input, call) {
    const { found, arn } = findFunction(account, input, call.request.region);
    const { page, NextMarker } = pageOf(Object.entries(found.invokeConfigs), input, ([key]) => key);
    return {
      FunctionEventInvokeConfigs: page.map(([key, config]) => shownConfig(arn, key, config)),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};
