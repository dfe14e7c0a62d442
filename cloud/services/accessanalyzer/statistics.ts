/** Findings counted. IAM Access Analyzer API Reference, FindingsStatistics. */
import type { FindingsStatistics } from '@aws-sdk/client-accessanalyzer';
import type { AnalyzerState, FindingState } from './state.ts';

/** Accounts that are told of by themselves. */
const TOP = 10;

export function statisticsOf({ unused, findings }: AnalyzerState): FindingsStatistics {
  const all = Object.values(findings);
  const active = all.filter(({ status }) => status === 'ACTIVE');
  const totals = {
    totalActiveFindings: active.length,
    totalArchivedFindings: all.filter(({ status }) => status === 'ARCHIVED').length,
    totalResolvedFindings: all.filter(({ status }) => status === 'RESOLVED').length,
  };
  if (unused === undefined) {
    return { externalAccessFindingsStatistics: { resourceTypeStatistics: byType(active), ...totals } };
  }
  const topAccounts = [...countBy(active, ({ ownerAccountId }) => ownerAccountId)]
    .sort(([, a], [, b]) => b - a)
    .slice(0, TOP)
    .map(([account, numberOfActiveFindings]) => ({
      account,
      numberOfActiveFindings,
      details: Object.fromEntries(
        countBy(
          active.filter(({ ownerAccountId }) => ownerAccountId === account),
          ({ details }) => details.kind,
        ),
      ),
    }));
  const unusedAccessTypeStatistics = [...countBy(active, ({ details }) => details.kind)].map(
    ([unusedAccessType, total]) => ({ unusedAccessType, total }),
  );
  return { unusedAccessFindingsStatistics: { unusedAccessTypeStatistics, topAccounts, ...totals } };
}

function byType(active: readonly FindingState[]) {
  const isPublic = ({ details }: FindingState) => details.kind === 'ExternalAccess' && details.isPublic;
  const open = countBy(active.filter(isPublic), ({ resourceType }) => resourceType);
  return Object.fromEntries(
    [...countBy(active, ({ resourceType }) => resourceType)].map(([type, count]) => {
      const totalActivePublic = open.get(type) ?? 0;
      return [type, { totalActivePublic, totalActiveCrossAccount: count - totalActivePublic, totalActiveErrors: 0 }];
    }),
  );
}

function countBy(findings: readonly FindingState[], keyOf: (finding: FindingState) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}
