/** Findings as they are listed and archived. IAM Access Analyzer API Reference, ListFindingsV2, GetFindingV2, UpdateFindings. */
import type {
  FindingDetails,
  GetFindingRequest,
  GetFindingResponse,
  GetFindingV2Request,
  GetFindingV2Response,
  ListFindingsRequest,
  ListFindingsResponse,
  ListFindingsV2Request,
  ListFindingsV2Response,
  ResourceType,
  UpdateFindingsRequest,
} from '@aws-sdk/client-accessanalyzer';
import type { Call } from '../../call.ts';
import { own } from '../../own.ts';
import { changing, type Step } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import { shownByName } from '../../state-key.ts';
import type { Account } from '../../world.ts';
import { resourceNotFound, validationException } from './errors.ts';
import { checkedFilter, meets, restrictionOf, valueFor } from './filter.ts';
import { analyzerAt, keepAnalyzer } from './names.ts';
import { pageOf } from './pages.ts';
import { scanning } from './scan.ts';
import type { AnalyzerState, ExternalAccess, FindingState } from './state.ts';

function* looking(account: Account, arn: string | undefined, call: Call): Generator<Step, AnalyzerState, unknown> {
  return yield* scanning(account.id, analyzerAt(account, call.request.region, arn), call);
}

/** Those of the first version know external access only. @throws AwsError ValidationException */
function refuseUnused({ unused }: AnalyzerState): void {
  if (unused === undefined) return;
  throw validationException('analyzerArn', 'Findings of unused access are listed by ListFindingsV2 and GetFindingV2.');
}

const times: Readonly<Record<string, 'createdAt' | 'updatedAt'>> = { createdAt: 'createdAt', updatedAt: 'updatedAt' };

/** Filtered and in order: by the attribute that is asked for, else those updated last first. */
function selected(
  analyzer: AnalyzerState,
  { filter = {}, sort }: Pick<ListFindingsV2Request, 'filter' | 'sort'>,
): readonly FindingState[] {
  const checked = checkedFilter(filter, 'list');
  const { attributeName = 'updatedAt', orderBy = sort === undefined ? 'DESC' : 'ASC' } = sort ?? {};
  const time = own(times, attributeName);
  const placeOf = (finding: FindingState) =>
    time === undefined ? (valueFor(finding, attributeName) ?? '') : String(finding[time]).padStart(16, '0');
  const direction = orderBy === 'DESC' ? -1 : 1;
  return Object.values(analyzer.findings)
    .filter((finding) => meets(finding, checked))
    .map((finding) => ({ finding, place: placeOf(finding) }))
    .sort((a, b) =>
      a.place === b.place ? (a.finding.id < b.finding.id ? -1 : 1) : a.place < b.place ? -direction : direction,
    )
    .map(({ finding }) => finding);
}

export const listFindings: ProcessOperation<ListFindingsRequest, ListFindingsResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, { analyzerArn: arn, ...request }, call) {
    const analyzer = yield* looking(account, arn, call);
    refuseUnused(analyzer);
    const { page, nextToken } = pageOf(selected(analyzer, request), request, ({ id }) => id);
    return {
      findings: page.map((finding) => shownFinding(finding, analyzer)),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

export const listFindingsV2: ProcessOperation<ListFindingsV2Request, ListFindingsV2Response> = {
  kind: 'process',
  readOnly: true,
  action: 'ListFindings',
  *run(account, { analyzerArn: arn, ...request }, call) {
    const analyzer = yield* looking(account, arn, call);
    const { page, nextToken } = pageOf(selected(analyzer, request), request, ({ id }) => id);
    return {
      findings: page.map((finding) => ({ ...shownFacts(finding, analyzer), findingType: finding.details.kind })),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

export const getFinding: ProcessOperation<GetFindingRequest, GetFindingResponse> = {
  kind: 'process',
  readOnly: true,
  *run(account, { analyzerArn: arn, id }, call) {
    const analyzer = yield* looking(account, arn, call);
    refuseUnused(analyzer);
    return { finding: shownFinding(findingOf(analyzer, id), analyzer) };
  },
};

export const getFindingV2: ProcessOperation<GetFindingV2Request, GetFindingV2Response> = {
  kind: 'process',
  readOnly: true,
  action: 'GetFinding',
  *run(account, { analyzerArn: arn, id, ...place }, call) {
    const analyzer = yield* looking(account, arn, call);
    const finding = findingOf(analyzer, id);
    const details = shownDetails(finding).map((each, index) => ({ each, key: String(index) }));
    const { page, nextToken } = pageOf(details, place, ({ key }) => key);
    return {
      ...shownFacts(finding, analyzer),
      findingType: finding.details.kind,
      findingDetails: page.map(({ each }) => each),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

/** By their ids, or all of a resource. What is resolved stays so. */
export const updateFindings: ProcessOperation<UpdateFindingsRequest, object> = {
  kind: 'process',
  *run(account, { analyzerArn: arn, status = '', ids, resourceArn }, call) {
    if ((ids === undefined) === (resourceArn === undefined)) {
      throw validationException('ids', 'Name findings by their ids or by the ARN of their resource.');
    }
    const analyzer = yield* looking(account, arn, call);
    const named =
      ids?.map((id) => findingOf(analyzer, id)) ??
      Object.values(analyzer.findings).filter(({ resource }) => resource === resourceArn);
    const updated = named
      .filter((finding) => finding.status !== 'RESOLVED' && finding.status !== status)
      .map((finding) => [finding.id, { ...finding, status: status as 'ACTIVE' | 'ARCHIVED', updatedAt: call.now }]);
    const findings = { ...analyzer.findings, ...(Object.fromEntries(updated) as AnalyzerState['findings']) };
    yield* changing(account.id, (draft) => keepAnalyzer(draft, { ...analyzer, findings }));
    return {};
  },
};

/** @throws AwsError ResourceNotFoundException */
function findingOf({ findings }: AnalyzerState, id: string | undefined): FindingState {
  const finding = own(findings, id ?? '');
  if (finding === undefined) throw resourceNotFound('finding', id ?? '');
  return finding;
}

function shownFacts(finding: FindingState, { analyzedAt }: AnalyzerState) {
  return {
    id: finding.id,
    resource: finding.resource,
    resourceType: finding.resourceType as ResourceType,
    resourceOwnerAccount: finding.ownerAccountId,
    status: finding.status,
    createdAt: new Date(finding.createdAt),
    updatedAt: new Date(finding.updatedAt),
    analyzedAt: new Date(finding.status === 'RESOLVED' ? finding.updatedAt : analyzedAt),
  };
}

function shownFinding(finding: FindingState, analyzer: AnalyzerState) {
  const { details } = finding;
  const external = details.kind === 'ExternalAccess' ? shownExternal(details) : { condition: {} };
  return { ...shownFacts(finding, analyzer), ...external };
}

function shownExternal({ principal, actions, condition, isPublic, sources, hasControlPolicies }: ExternalAccess) {
  return {
    principal: { [principal.kind]: principal.id },
    action: [...actions],
    condition: shownByName(condition),
    isPublic,
    ...(sources && { sources: sources.map((type) => ({ type })) }),
    resourceControlPolicyRestriction: restrictionOf(hasControlPolicies),
  };
}

function shownDetails({ details }: FindingState): readonly FindingDetails[] {
  switch (details.kind) {
    case 'ExternalAccess':
      return [{ externalAccessDetails: shownExternal(details) }];
    case 'UnusedIAMRole':
      return [{ unusedIamRoleDetails: shownAccess(details) }];
    case 'UnusedIAMUserAccessKey':
      return [{ unusedIamUserAccessKeyDetails: { accessKeyId: details.accessKeyId, ...shownAccess(details) } }];
    case 'UnusedIAMUserPassword':
      return [{ unusedIamUserPasswordDetails: shownAccess(details) }];
    case 'UnusedPermission':
      return details.services.map(({ prefix, actions, ...last }) => ({
        unusedPermissionDetails: {
          serviceNamespace: prefix,
          ...shownAccess(last),
          ...(actions && { actions: actions.map(({ action, ...used }) => ({ action, ...shownAccess(used) })) }),
        },
      }));
  }
}

function shownAccess({ lastAccessed }: { readonly lastAccessed?: number }): { lastAccessed?: Date } {
  return lastAccessed === undefined ? {} : { lastAccessed: new Date(lastAccessed) };
}
