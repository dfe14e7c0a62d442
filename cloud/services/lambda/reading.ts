/** Functions read, listed and deleted. */
import type {
  DeleteFunctionRequest,
  DeleteFunctionResponse,
  FunctionConfiguration,
  GetAccountSettingsResponse,
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { shownByName, stateKey } from '../../state-key.ts';
import { storedBytes } from './code.ts';
import { allVersions, inList, shownConfiguration } from './configuration.ts';
import { downloadUrl } from './downloads.ts';
import { conflict, invalidParameter } from './errors.ts';
import { findFunction, versionOf } from './finding.ts';
import { isVersion, LATEST, regionalKey } from './names.ts';
import { pageOf } from './pages.ts';

const GiB = 1024 ** 3;
const MiB = 1024 ** 2;

export const getFunction: ReadOperation<GetFunctionRequest, GetFunctionResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const found = findFunction(account, input, call.request.region);
    const version = versionOf(found);
    const { qualifier } = found;
    const { tags, reservedConcurrency } = found.found;
    return {
      Configuration: shownConfiguration(found.found, version, {
        accountId: account.id,
        ...(qualifier !== undefined && { qualifier }),
      }),
      Code: {
        RepositoryType: 'S3',
        Location: downloadUrl({ ...found.found, kind: 'function', accountId: account.id }, version.code, call),
      },
      ...(Object.keys(tags).length > 0 && { Tags: shownByName(tags) }),
      ...(reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
      }),
    };
  },
};

export const getFunctionConfiguration: ReadOperation<GetFunctionConfigurationRequest, FunctionConfiguration> = {
  kind: 'read',
  handle(account, input, call) {
    const found = findFunction(account, input, call.request.region);
    const { qualifier } = found;
    return shownConfiguration(found.found, versionOf(found), {
      accountId: account.id,
      ...(qualifier !== undefined && { qualifier }),
    });
  },
};

export const listFunctions: ReadOperation<ListFunctionsRequest, ListFunctionsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const functions = Object.values(account.lambda.functions).filter((found) => found.region === region);
    const isAll = input.FunctionVersion === 'ALL';
    const all = functions.flatMap((found) =>
      (isAll ? allVersions(found) : [found.latest]).map((version) => ({ found, version })),
    );
    const { page, NextMarker } = pageOf(all, input, ({ found, version }) => `${found.name}:${version.version}`);
    return {
      Functions: page.map(({ found, version }) =>
        inList(
          shownConfiguration(found, version, { accountId: account.id, ...(isAll && { qualifier: version.version }) }),
        ),
      ),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};

export const deleteFunction: ChangeOperation<DeleteFunctionRequest, DeleteFunctionResponse> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { region } = call.request;
    const { found, qualifier } = findFunction(account, input, region);
    if (qualifier === LATEST) {
      throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
    }
    if (qualifier === undefined) {
      delete account.lambda.functions[regionalKey(region, found.name)];
      return { StatusCode: 204 };
    }
    if (!isVersion(qualifier)) {
      throw invalidParameter('Deletion of aliases is not currently supported.');
    }
    const users = Object.values(found.aliases).filter(
      ({ version, weights = {} }) => version === qualifier || own(weights, qualifier) !== undefined,
    );
    if (users.length > 0) {
      throw conflict(
        `Version ${qualifier} is referenced by aliases: ${users.map(({ name }) => name).join(', ')}. Update or delete the aliases first.`,
      );
    }
    delete found.versions[qualifier];
    delete found.policies[stateKey(qualifier)];
    delete found.invokeConfigs[stateKey(qualifier)];
    return { StatusCode: 204 };
  },
};

/** Quotas as a new account has them (Lambda quotas). */
export const getAccountSettings: ReadOperation<object, GetAccountSettingsResponse> = {
  kind: 'read',
  handle(account, _input, call) {
    const functions = Object.values(account.lambda.functions);
    const reserved = functions.reduce((sum, { reservedConcurrency = 0 }) => sum + reservedConcurrency, 0);
    return {
      AccountLimit: {
        TotalCodeSize: 75 * GiB,
        CodeSizeUnzipped: 250 * MiB,
        CodeSizeZipped: 50 * MiB,
        ConcurrentExecutions: 1000,
        UnreservedConcurrentExecutions: 1000 - reserved,
      },
      AccountUsage: {
        TotalCodeSize: storedBytes(account.lambda),
        FunctionCount: functions.filter(({ region }) => region === call.request.region).length,
      },
    };
  },
};

/** No function here has a code signing configuration. */
export const getFunctionCodeSigningConfig: ReadOperation<
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse
> = {
  kind: 'read',
  handle(account, input, call) {
    const { found } = findFunction(account, input, call.request.region);
    return { CodeSigningConfigArn: '', FunctionName: found.name };
  },
};

export const getRuntimeManagementConfig: ReadOperation<
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse
> = {
  kind: 'read',
  handle(account, input, call) {
    const found = findFunction(account, input, call.request.region);
    versionOf(found);
    return {
      UpdateRuntimeOn: 'Auto',
      FunctionArn: found.qualifier === undefined ? found.arn : `${found.arn}:${found.qualifier}`,
    };
  },
};
