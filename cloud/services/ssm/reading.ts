/** GetParameter, GetParameters, GetParametersByPath, GetParameterHistory. */
import type {
  GetParameterHistoryRequest,
  GetParameterHistoryResult,
  GetParameterRequest,
  GetParameterResult,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
} from '@aws-sdk/client-ssm';
import type { Call } from '../../call.ts';
import type { Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { validationException } from './errors.ts';
import { checkFilters, matchesFilters } from './filters.ts';
import { readName } from './names.ts';
import { pageOf } from './pages.ts';
import {
  describeParameter,
  findParameter,
  parameterOf,
  parametersIn,
  selectedVersion,
  shownValue,
} from './parameters.ts';
import { onAllNamed, onNamed, onParameter } from './permissions.ts';
import { opened } from './sealing.ts';

function* get(account: Account, text: string, decrypt: boolean, call: Call): Process<Parameter> {
  const parameter = parameterOf(account, text, call.request.region);
  const { selector } = readName(text);
  const version = selectedVersion(parameter, selector);
  if (decrypt) yield* opened(parameter, [version], account.id, call);
  return describeParameter(parameter, version, { decrypt, selector }, account.id, call);
}

export const getParameter: ProcessOperation<GetParameterRequest, GetParameterResult> = {
  kind: 'process',
  readOnly: true,
  permissions: onNamed('ssm:GetParameter'),
  *run(account, input, call) {
    return { Parameter: yield* get(account, input.Name ?? '', input.WithDecryption === true, call) };
  },
};

export const getParameters: ProcessOperation<GetParametersRequest, GetParametersResult> = {
  kind: 'process',
  readOnly: true,
  permissions: onAllNamed('ssm:GetParameters'),
  *run(account, input, call) {
    const names = [...new Set(input.Names ?? [])];
    const known = (text: string) => {
      const parameter = findParameter(account, text, call.request.region);
      const { selector } = readName(text);
      if (parameter === undefined || selector === undefined) return parameter !== undefined;
      return parameter.versions.some(
        ({ version, labels }) => String(version) === selector || labels.includes(selector),
      );
    };
    const found: Parameter[] = [];
    for (const text of names.filter(known)) {
      found.push(yield* get(account, text, input.WithDecryption === true, call));
    }
    return {
      Parameters: found.sort((a, b) => ((a.Name ?? '') < (b.Name ?? '') ? -1 : 1)),
      InvalidParameters: names.filter((text) => !known(text)),
    };
  },
};

/** Names below a path: all of them, or only those of the next level. */
function isBelow(name: string, path: string, recursive: boolean): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  const full = name.startsWith('/') ? name : `/${name}`;
  return full.startsWith(prefix) && (recursive || !full.slice(prefix.length).includes('/'));
}

export const getParametersByPath: ProcessOperation<GetParametersByPathRequest, GetParametersByPathResult> = {
  kind: 'process',
  readOnly: true,
  permissions: (input, facts) => [
    onParameter('ssm:GetParametersByPath', input.Path ?? '', facts, {
      'ssm:Recursive': String(input.Recursive ?? false),
    }),
  ],
  *run(account, input, call) {
    const path = input.Path ?? '';
    if (!path.startsWith('/') || path.includes('//') || !/^[A-Za-z0-9_./-]+$/.test(path)) {
      throw validationException(
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
      );
    }
    const filters = checkFilters(input.ParameterFilters ?? [], 'by-path');
    const found = parametersIn(account, call.request.region)
      .filter(({ name }) => isBelow(name, path, input.Recursive === true))
      .filter((parameter) => matchesFilters(parameter, filters))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = pageOf(found, { size: input.MaxResults ?? 10, token: input.NextToken }, ({ name }) => name);
    const label = filters.find(({ key }) => key === 'Label')?.values;
    const decrypt = input.WithDecryption === true;
    const Parameters: Parameter[] = [];
    for (const parameter of page.items) {
      const version =
        parameter.versions.find(({ labels }) => label?.some((wanted) => labels.includes(wanted))) ??
        selectedVersion(parameter, undefined);
      if (decrypt) yield* opened(parameter, [version], account.id, call);
      Parameters.push(describeParameter(parameter, version, { decrypt }, account.id, call));
    }
    return {
      Parameters,
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

export const getParameterHistory: ProcessOperation<GetParameterHistoryRequest, GetParameterHistoryResult> = {
  kind: 'process',
  readOnly: true,
  permissions: onNamed('ssm:GetParameterHistory'),
  *run(account, input, call) {
    const parameter = parameterOf(account, input.Name ?? '', call.request.region);
    const how = input.WithDecryption === true ? 'plain' : 'as-stored';
    const page = pageOf(parameter.versions, { size: input.MaxResults ?? 50, token: input.NextToken }, ({ version }) =>
      String(version).padStart(12, '0'),
    );
    if (how === 'plain') yield* opened(parameter, page.items, account.id, call);
    return {
      Parameters: page.items.map((version) => ({
        Name: parameter.name,
        Type: parameter.type,
        ...(parameter.keyId !== undefined && { KeyId: parameter.keyId }),
        LastModifiedDate: new Date(version.modifiedAt),
        LastModifiedUser: version.modifiedBy,
        ...(parameter.description !== undefined && { Description: parameter.description }),
        Value: shownValue(parameter, version, how, account.id, call.hashes),
        ...(parameter.allowedPattern !== undefined && { AllowedPattern: parameter.allowedPattern }),
        Version: version.version,
        Labels: [...version.labels],
        Tier: parameter.tier,
        Policies: [],
        DataType: parameter.dataType,
      })),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};
