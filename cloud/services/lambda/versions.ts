/** Published versions of functions. */
import type {
  FunctionConfiguration,
  ListVersionsByFunctionRequest,
  ListVersionsByFunctionResponse,
  PublishVersionRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft, Call } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { checkCodeStorage } from './code.ts';
import { allVersions, inList, shownConfiguration } from './configuration.ts';
import { invalidParameter } from './errors.ts';
import { checkRevision, findFunction } from './finding.ts';
import { lambdaLimits } from './limits.ts';
import { makeUuid, regionalKey } from './names.ts';
import { pageOf } from './pages.ts';
import type { FunctionState, VersionState } from './state.ts';

/** A function with one version more, or as it was where nothing has changed since the last one. @throws InvalidParameterValueException */
export function withPublished(
  found: FunctionState,
  description: string,
  call: Pick<Call, 'random'>,
): { readonly found: FunctionState; readonly version: VersionState } {
  const last = own(found.versions, String(found.lastVersion));
  if (last !== undefined && isSame(last, found.latest)) return { found, version: last };
  if (Object.keys(found.versions).length >= lambdaLimits.versionsPerFunction) {
    throw invalidParameter(`A function here has at most ${lambdaLimits.versionsPerFunction} versions: delete some.`);
  }
  const number = found.lastVersion + 1;
  const version: VersionState = {
    ...found.latest,
    version: String(number),
    revisionId: makeUuid(call.random),
    ...(description !== '' && { description }),
  };
  return {
    found: { ...found, lastVersion: number, versions: { ...found.versions, [String(number)]: version } },
    version,
  };
}

function isSame(published: VersionState, latest: VersionState): boolean {
  const fixed = { version: '', revisionId: '', modifiedAt: 0, description: '' };
  return JSON.stringify(sorted({ ...published, ...fixed })) === JSON.stringify(sorted({ ...latest, ...fixed }));
}

function sorted(version: VersionState): readonly (readonly [string, unknown])[] {
  return Object.entries(version).sort(([a], [b]) => (a < b ? -1 : 1));
}

export const publishVersion: ChangeOperation<PublishVersionRequest, FunctionConfiguration> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { region } = call.request;
    const { found } = findFunction(account, input, region);
    checkRevision(input.RevisionId, found.latest.revisionId);
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== found.latest.codeSha256) {
      throw invalidParameter(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${found.latest.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    }
    const published = withPublished(found, input.Description ?? '', call);
    if (published.found !== found) {
      checkCodeStorage(account.lambda, published.version.code);
      const { functions } = account.lambda;
      functions[regionalKey(region, found.name)] = published.found as (typeof functions)[string];
    }
    return shownConfiguration(found, published.version, {
      accountId: account.id,
      qualifier: published.version.version,
    });
  },
};

export const listVersionsByFunction: ReadOperation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { found } = findFunction(account, input, call.request.region);
    const { page, NextMarker } = pageOf(allVersions(found), input, ({ version }) => version.padStart(10, '0'));
    return {
      Versions: page.map((version) =>
        inList(shownConfiguration(found, version, { accountId: account.id, qualifier: version.version })),
      ),
      ...(NextMarker !== undefined && { NextMarker }),
    };
  },
};
