/** Function URLs. */
import type {
  CreateFunctionUrlConfigRequest,
  CreateFunctionUrlConfigResponse,
  DeleteFunctionUrlConfigRequest,
  FunctionUrlConfig,
  GetFunctionUrlConfigRequest,
  GetFunctionUrlConfigResponse,
  ListFunctionUrlConfigsRequest,
  ListFunctionUrlConfigsResponse,
  UpdateFunctionUrlConfigRequest,
  UpdateFunctionUrlConfigResponse,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { nameOfKey, stateKey } from '../../state-key.ts';
import { conflict, noSuchResource, notFound, validation } from './errors.ts';
import { aliasOf, type FoundFunction, findFunction } from './finding.ts';
import { isVersion, LATEST, makeUrlId } from './names.ts';
import { pageOf } from './pages.ts';
import type { FunctionState, UrlState } from './state.ts';

/** A URL leads to the function itself or to an alias. @throws ValidationException, ResourceNotFoundException */
function keyOf({ found, qualifier }: FoundFunction): string {
  if (qualifier === undefined) return LATEST;
  if (qualifier === LATEST || isVersion(qualifier)) {
    throw validation(
      `Value '${qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)`,
    );
  }
  if (aliasOf(found, qualifier) === undefined) throw notFound('Function does not exist');
  return stateKey(qualifier);
}

/** `https://<id>.lambda-url.us-east-1.on.aws/` (Lambda Developer Guide, "Creating and managing Lambda function URLs"). */
function urlOf({ region }: Pick<FunctionState, 'region'>, { id }: UrlState): string {
  return `https://${id}.lambda-url.${region}.on.aws/`;
}

function shownUrl(found: FunctionState, arn: string, key: string, url: UrlState): FunctionUrlConfig {
  return {
    FunctionUrl: urlOf(found, url),
    FunctionArn: key === LATEST ? arn : `${arn}:${nameOfKey(key)}`,
    CreationTime: new Date(url.createdAt).toISOString(),
    LastModifiedTime: new Date(url.modifiedAt).toISOString(),
    ...(url.cors && { Cors: structuredCors(url.cors) }),
    AuthType: url.authType,
    InvokeMode: url.invokeMode as 'BUFFERED',
  };
}

function structuredCors(cors: NonNullable<UrlState['cors']>): NonNullable<FunctionUrlConfig['Cors']> {
  return JSON.parse(JSON.stringify(cors));
}

/** @throws ResourceNotFoundException */
function existing(named: FoundFunction): { readonly key: string; readonly url: UrlState } {
  const key = keyOf(named);
  const url = own(named.found.urls, key);
  if (url === undefined) throw noSuchResource();
  return { key, url };
}

export const createFunctionUrlConfig: ChangeOperation<CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse> =
  {
    kind: 'change',
    handle(account: AccountDraft, input, call) {
      const named = findFunction(account, input, call.request.region);
      const { found, arn } = named;
      const key = keyOf(named);
      if (own(found.urls, key) !== undefined) {
        throw conflict(
          `Failed to create function url config for [functionArn = ${key === LATEST ? arn : `${arn}:${nameOfKey(key)}`}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      }
      const url: UrlState = {
        id: makeUrlId(account.id, call.random),
        authType: input.AuthType ?? 'AWS_IAM',
        invokeMode: input.InvokeMode ?? 'BUFFERED',
        ...(input.Cors && { cors: JSON.parse(JSON.stringify(input.Cors)) }),
        createdAt: call.now,
        modifiedAt: call.now,
      };
      found.urls[key] = url as (typeof found.urls)[string];
      const { LastModifiedTime: _, ...shown } = shownUrl(found, arn, key, url);
      return shown;
    },
  };

export const getFunctionUrlConfig: ReadOperation<GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const named = findFunction(account, input, call.request.region);
    const { key, url } = existing(named);
    return shownUrl(named.found, named.arn, key, url);
  },
};

export const updateFunctionUrlConfig: ChangeOperation<UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse> =
  {
    kind: 'change',
    handle(account: AccountDraft, input, call) {
      const named = findFunction(account, input, call.request.region);
      const { key, url: current } = existing(named);
      const url: UrlState = {
        ...current,
        ...(input.AuthType !== undefined && { authType: input.AuthType }),
        ...(input.InvokeMode !== undefined && { invokeMode: input.InvokeMode }),
        ...(input.Cors !== undefined && { cors: JSON.parse(JSON.stringify(input.Cors)) }),
        modifiedAt: call.now,
      };
      named.found.urls[key] = url as (typeof named.found.urls)[string];
      return shownUrl(named.found, named.arn, key, url);
    },
  };

export const deleteFunctionUrlConfig: ChangeOperation<DeleteFunctionUrlConfigRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const named = findFunction(account, input, call.request.region);
    const { key } = existing(named);
    delete named.found.urls[key];
    return {};
  },
};

export const listFunctionUrlConfigs: ReadOperation<ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { found, arn } = findFunction(account, input, call.request.region);
    const { page, NextMarker } = pageOf(Object.entries(found.urls), input, ([key]) => key);
    return {
      FunctionUrlConfigs: page.map(([key, url]) => shownUrl(found, arn, key, url)),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};
