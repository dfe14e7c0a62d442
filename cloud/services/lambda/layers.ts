/** Layers and their versions. */
import type {
  DeleteLayerVersionRequest,
  GetLayerVersionByArnRequest,
  GetLayerVersionRequest,
  GetLayerVersionResponse,
  LayerVersionsListItem,
  ListLayersRequest,
  ListLayersResponse,
  ListLayerVersionsRequest,
  ListLayerVersionsResponse,
  PublishLayerVersionRequest,
  PublishLayerVersionResponse,
} from '@aws-sdk/client-lambda';
import type { AccountDraft, Call } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import { own } from '../../own.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { checkCodeStorage, readCode } from './code.ts';
import { shownTime } from './configuration.ts';
import { downloadUrl } from './downloads.ts';
import { invalidParameter, noSuchResource, notFound } from './errors.ts';
import { lambdaLimits } from './limits.ts';
import { layerArn, makeUuid, readLayerName, regionalKey } from './names.ts';
import { pageOf } from './pages.ts';
import type { LayerState, LayerVersionState } from './state.ts';

export function layerOf(account: Account | AccountDraft, name: string, region: string): LayerState | undefined {
  return own<LayerState>(account.lambda.layers, regionalKey(region, readLayerName(name).name));
}

function shownItem(account: Pick<Account, 'id'>, layer: LayerState, version: LayerVersionState): LayerVersionsListItem {
  return {
    LayerVersionArn: layerArn({ region: layer.region, accountId: account.id }, layer.name, version.version),
    Version: version.version,
    Description: version.description,
    CreatedDate: shownTime(version.createdAt),
    ...(version.runtimes.length > 0 && { CompatibleRuntimes: [...version.runtimes] as ['nodejs22.x'] }),
    ...(version.architectures.length > 0 && { CompatibleArchitectures: [...version.architectures] as ['x86_64'] }),
    ...(version.licenseInfo !== undefined && { LicenseInfo: version.licenseInfo }),
  };
}

function shownVersion(
  account: Pick<Account, 'id'>,
  layer: LayerState,
  version: LayerVersionState,
  call: Call,
): PublishLayerVersionResponse {
  const place = { region: layer.region, accountId: account.id };
  return {
    ...shownItem(account, layer, version),
    Content: {
      Location: downloadUrl({ ...layer, kind: 'layer', accountId: account.id }, version.code, call),
      CodeSha256: version.codeSha256,
      CodeSize: version.code.size,
    },
    LayerArn: layerArn(place, layer.name),
  };
}

export const publishLayerVersion: ProcessOperation<PublishLayerVersionRequest, PublishLayerVersionResponse> = {
  kind: 'process',
  *run(account, input, call) {
    const { region } = call.request;
    const { name } = readLayerName(input.LayerName ?? '');
    const code = yield* readCode(input.Content ?? {}, call);
    return yield* changing(account.id, (draft) => {
      const { layers } = draft.lambda;
      const key = regionalKey(region, name);
      const current: LayerState = own(layers, key) ?? {
        name,
        region,
        lastVersion: 0,
        downloadKey: hexOf(call.random.bytes(32)),
        versions: {},
      };
      if (current.lastVersion === 0 && Object.keys(layers).length >= lambdaLimits.layersPerAccount) {
        throw invalidParameter(`An account here has at most ${lambdaLimits.layersPerAccount} layers.`);
      }
      if (Object.keys(current.versions).length >= lambdaLimits.versionsPerLayer) {
        throw invalidParameter(`A layer here has at most ${lambdaLimits.versionsPerLayer} versions: delete some.`);
      }
      checkCodeStorage(draft.lambda, code.code);
      const version: LayerVersionState = {
        version: current.lastVersion + 1,
        description: input.Description ?? '',
        createdAt: call.now,
        ...code,
        runtimes: input.CompatibleRuntimes ?? [],
        architectures: input.CompatibleArchitectures ?? [],
        ...(input.LicenseInfo !== undefined && { licenseInfo: input.LicenseInfo }),
        revisionId: makeUuid(call.random),
      };
      const layer = {
        ...current,
        lastVersion: version.version,
        versions: { ...current.versions, [String(version.version)]: version },
      };
      layers[key] = layer as (typeof layers)[string];
      return shownVersion(account, layer, version, call);
    });
  },
};

/** @throws ResourceNotFoundException */
function findVersion(
  account: Account,
  named: { readonly name: string; readonly version: string },
  region: string,
): { layer: LayerState; version: LayerVersionState } {
  const layer = layerOf(account, named.name, region);
  const version = layer && own(layer.versions, named.version);
  if (layer === undefined || version === undefined) throw noSuchResource();
  return { layer, version };
}

export const getLayerVersion: ReadOperation<GetLayerVersionRequest, GetLayerVersionResponse> = {
  kind: 'read',
  handle(account, { LayerName: name = '', VersionNumber }, call) {
    const { layer, version } = findVersion(account, { name, version: String(VersionNumber) }, call.request.region);
    return shownVersion(account, layer, version, call);
  },
};

/** Needs `lambda:GetLayerVersion`, as the API Reference says of it. */
export const getLayerVersionByArn: ReadOperation<GetLayerVersionByArnRequest, GetLayerVersionResponse> = {
  kind: 'read',
  action: 'GetLayerVersion',
  handle(account, { Arn: arn = '' }, call) {
    const { version: number = '' } = readLayerName(arn);
    const { layer, version } = findVersion(account, { name: arn, version: number }, call.request.region);
    return shownVersion(account, layer, version, call);
  },
};

export const deleteLayerVersion: ChangeOperation<DeleteLayerVersionRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const key = regionalKey(call.request.region, readLayerName(input.LayerName ?? '').name);
    const layer = own(account.lambda.layers, key);
    // What is not there is deleted already.
    if (layer !== undefined) delete layer.versions[String(input.VersionNumber)];
    return {};
  },
};

interface Compatible {
  readonly CompatibleRuntime?: string | undefined;
  readonly CompatibleArchitecture?: string | undefined;
}

/** The versions that a request asks for, the newest first. */
function matching(layer: LayerState, wanted: Compatible): readonly LayerVersionState[] {
  const { CompatibleRuntime: runtime, CompatibleArchitecture: architecture } = wanted;
  return Object.values(layer.versions)
    .filter(({ runtimes }) => runtime === undefined || runtimes.includes(runtime))
    .filter(({ architectures }) => architecture === undefined || architectures.includes(architecture))
    .sort((a, b) => b.version - a.version);
}

export const listLayers: ReadOperation<ListLayersRequest, ListLayersResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { region } = call.request;
    const layers = Object.values(account.lambda.layers).flatMap((layer) => {
      const [latest] = layer.region === region ? matching(layer, input) : [];
      return latest === undefined ? [] : [{ layer, latest }];
    });
    const { page, NextMarker } = pageOf(layers, input, ({ layer }) => layer.name);
    return {
      Layers: page.map(({ layer, latest }) => ({
        LayerName: layer.name,
        LayerArn: layerArn({ region, accountId: account.id }, layer.name),
        LatestMatchingVersion: shownItem(account, layer, latest),
      })),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};

export const listLayerVersions: ReadOperation<ListLayerVersionsRequest, ListLayerVersionsResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const named = readLayerName(input.LayerName ?? '');
    if (named.accountId !== undefined && named.accountId !== account.id) throw notFound('The layer does not exist.');
    const layer = layerOf(account, named.name, call.request.region);
    if (layer === undefined) return { LayerVersions: [] };
    // The newest first: the key counts down.
    const { page, NextMarker } = pageOf(matching(layer, input), input, ({ version }) =>
      String(1_000_000 - version).padStart(7, '0'),
    );
    return {
      LayerVersions: page.map((version) => shownItem(account, layer, version)),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};
