/** What analyzers of external access look at, one by one. IAM Access Analyzer API Reference, AnalyzedResource. */
import type {
  GetAnalyzedResourceRequest,
  GetAnalyzedResourceResponse,
  GetFindingsStatisticsRequest,
  GetFindingsStatisticsResponse,
  ListAnalyzedResourcesRequest,
  ListAnalyzedResourcesResponse,
  ResourceType,
  StartResourceScanRequest,
} from '@aws-sdk/client-accessanalyzer';
import type { ProcessOperation, ReadOperation } from '../../service.ts';
import type { World } from '../../world.ts';
import { type AnalyzedResource, analyzedResources } from './analyzed-resources.ts';
import { resourceNotFound, validationException } from './errors.ts';
import { analyzerAt } from './names.ts';
import { pageOf } from './pages.ts';
import { scanning, zoneOf } from './scan.ts';
import type { AnalyzerState, FindingState } from './state.ts';
import { statisticsOf } from './statistics.ts';

/** In the order of their ARNs. @throws AwsError ValidationException of an analyzer of unused access */
function resourcesOf(world: World, accountId: string, analyzer: AnalyzerState): readonly AnalyzedResource[] {
  if (analyzer.unused !== undefined) {
    throw validationException('analyzerArn', 'Only analyzers of external access look at resources.');
  }
  return zoneOf(world, accountId, analyzer)
    .accountIds.flatMap((id) =>
      world.accounts[id] === undefined ? [] : analyzedResources(world.accounts[id], analyzer.region),
    )
    .sort((a, b) => (a.arns[0] < b.arns[0] ? -1 : 1));
}

export const listAnalyzedResources: ReadOperation<ListAnalyzedResourcesRequest, ListAnalyzedResourcesResponse> = {
  kind: 'read',
  handle(account, { analyzerArn: arn, resourceType, ...place }, call) {
    const analyzer = analyzerAt(account, call.request.region, arn);
    const all = resourcesOf(call.world, account.id, analyzer).filter(
      ({ type }) => resourceType === undefined || type === resourceType,
    );
    const { page, nextToken } = pageOf(all, place, ({ arns }) => arns[0]);
    return {
      analyzedResources: page.map(({ arns, type, accountId }) => ({
        resourceArn: arns[0],
        resourceType: type as ResourceType,
        resourceOwnerAccount: accountId,
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

export const getAnalyzedResource: ProcessOperation<GetAnalyzedResourceRequest, GetAnalyzedResourceResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, { analyzerArn: arn, resourceArn = '' }, call) {
    const analyzer = analyzerAt(account, call.request.region, arn);
    const resource = resourcesOf(call.world, account.id, analyzer).find(({ arns }) => arns[0] === resourceArn);
    if (resource === undefined) throw resourceNotFound('resource', resourceArn);
    const { findings } = yield* scanning(account.id, analyzer, call);
    const about = Object.values(findings).filter((finding) => finding.resource === resourceArn);
    return { resource: shownResource(resource, about, call.now) };
  },
};

/** With what its findings say; one that nobody outside can reach has none. */
function shownResource({ arns, type, accountId }: AnalyzedResource, findings: readonly FindingState[], now: number) {
  const open = findings.filter(({ status }) => status !== 'RESOLVED');
  const external = open.flatMap(({ details }) => (details.kind === 'ExternalAccess' ? [details] : []));
  const times = findings.flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]);
  const [first] = [...open, ...findings];
  return {
    resourceArn: arns[0],
    resourceType: type as ResourceType,
    resourceOwnerAccount: accountId,
    createdAt: new Date(Math.min(now, ...times)),
    updatedAt: new Date(times.length === 0 ? now : Math.max(...times)),
    analyzedAt: new Date(now),
    isPublic: external.some(({ isPublic }) => isPublic),
    actions: [...new Set(external.flatMap(({ actions }) => actions))].sort(),
    sharedVia: [...new Set(external.flatMap(({ sources = [] }) => sources))].sort(),
    ...(first && { status: open.some(({ status }) => status === 'ACTIVE') ? ('ACTIVE' as const) : first.status }),
  };
}

/** At AWS it takes a while; findings are brought up to date when they are asked for anyway. */
export const startResourceScan: ProcessOperation<StartResourceScanRequest, object> = {
  kind: 'process',
  *run(account, { analyzerArn: arn, resourceArn = '' }, call) {
    const analyzer = analyzerAt(account, call.request.region, arn);
    const isThere = resourcesOf(call.world, account.id, analyzer).some(({ arns }) => arns[0] === resourceArn);
    if (!isThere) throw resourceNotFound('resource', resourceArn);
    yield* scanning(account.id, analyzer, call);
    return {};
  },
};

export const getFindingsStatistics: ProcessOperation<GetFindingsStatisticsRequest, GetFindingsStatisticsResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, { analyzerArn: arn }, call) {
    const analyzer = yield* scanning(account.id, analyzerAt(account, call.request.region, arn), call);
    return { findingsStatistics: [statisticsOf(analyzer)], lastUpdatedAt: new Date(call.now) };
  },
};
