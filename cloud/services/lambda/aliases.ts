/** Aliases of functions. */
import type {
  AliasConfiguration,
  AliasRoutingConfiguration,
  CreateAliasRequest,
  DeleteAliasRequest,
  GetAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { conflict, functionNotFound, invalidParameter, notFound } from './errors.ts';
import { aliasOf, checkRevision, findFunction } from './finding.ts';
import { lambdaLimits } from './limits.ts';
import { LATEST, makeUuid } from './names.ts';
import { pageOf } from './pages.ts';
import type { AliasState, FunctionState } from './state.ts';

function shownAlias(arn: string, alias: AliasState): AliasConfiguration {
  return {
    AliasArn: `${arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(alias.weights && { RoutingConfig: { AdditionalVersionWeights: { ...alias.weights } } }),
    RevisionId: alias.revisionId,
  };
}

function checkVersion(found: FunctionState, arn: string, version: string): void {
  if (version !== LATEST && own(found.versions, version) === undefined) throw functionNotFound(`${arn}:${version}`);
}

/** @throws InvalidParameterValueException, ResourceNotFoundException */
function readWeights(
  found: FunctionState,
  arn: string,
  version: string,
  routing: AliasRoutingConfiguration | undefined,
): { readonly weights?: Readonly<Record<string, number>> } {
  const weights = routing?.AdditionalVersionWeights ?? {};
  const [first, ...others] = Object.entries(weights);
  if (first === undefined) return {};
  const [other, weight] = first;
  if (others.length > 0) throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  if (version === LATEST || other === LATEST) {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (other === version)
    throw invalidParameter(
      `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
    );
  checkVersion(found, arn, other);
  return { weights: { [other]: weight } };
}

function noSuchAlias(arn: string, name: string) {
  return notFound(`Cannot find alias arn: ${arn}:${name}`);
}

export const createAlias: ChangeOperation<CreateAliasRequest, AliasConfiguration> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found, arn } = findFunction(account, input, call.request.region);
    const { Name: name = '', FunctionVersion: version = '', Description: description = '' } = input;
    checkVersion(found, arn, version);
    if (aliasOf(found, name) !== undefined) throw conflict(`Alias already exists: ${arn}:${name}`);
    if (Object.keys(found.aliases).length >= lambdaLimits.aliasesPerFunction) {
      throw invalidParameter(`A function here has at most ${lambdaLimits.aliasesPerFunction} aliases.`);
    }
    const alias: AliasState = {
      name,
      version,
      description,
      ...readWeights(found, arn, version, input.RoutingConfig),
      revisionId: makeUuid(call.random),
    };
    found.aliases[stateKey(name)] = alias as (typeof found.aliases)[string];
    return shownAlias(arn, alias);
  },
};

export const getAlias: ReadOperation<GetAliasRequest, AliasConfiguration> = {
  kind: 'read',
  handle(account, input, call) {
    const { found, arn } = findFunction(account, input, call.request.region);
    const alias = aliasOf(found, input.Name ?? '');
    if (alias === undefined) throw noSuchAlias(arn, input.Name ?? '');
    return shownAlias(arn, alias);
  },
};

export const updateAlias: ChangeOperation<UpdateAliasRequest, AliasConfiguration> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found, arn } = findFunction(account, input, call.request.region);
    const current = aliasOf(found, input.Name ?? '');
    if (current === undefined) throw noSuchAlias(arn, input.Name ?? '');
    checkRevision(input.RevisionId, current.revisionId);
    const version = input.FunctionVersion ?? current.version;
    checkVersion(found, arn, version);
    const { weights: kept } = current;
    const routing = input.RoutingConfig ?? (kept && { AdditionalVersionWeights: { ...kept } });
    const alias: AliasState = {
      name: current.name,
      version,
      description: input.Description ?? current.description,
      ...readWeights(found, arn, version, routing),
      revisionId: makeUuid(call.random),
    };
    found.aliases[stateKey(alias.name)] = alias as (typeof found.aliases)[string];
    return shownAlias(arn, alias);
  },
};

export const deleteAlias: ChangeOperation<DeleteAliasRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found } = findFunction(account, input, call.request.region);
    const key = stateKey(input.Name ?? '');
    if (own(found.aliases, key) === undefined) return {};
    delete found.aliases[key];
    delete found.policies[key];
    delete found.urls[key];
    delete found.invokeConfigs[key];
    return {};
  },
};

export const listAliases: ReadOperation<ListAliasesRequest, ListAliasesResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { found, arn } = findFunction(account, input, call.request.region);
    const { FunctionVersion: version } = input;
    const aliases = Object.values(found.aliases).filter((alias) => version === undefined || alias.version === version);
    const { page, NextMarker } = pageOf(aliases, input, ({ name }) => name);
    return { Aliases: page.map((alias) => shownAlias(arn, alias)), ...(NextMarker !== undefined && { NextMarker }) };
  },
};
