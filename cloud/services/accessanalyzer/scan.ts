/** Looking at the resources of an analyzer's zone, and what becomes of its findings by it. */
import type { Call } from '../../call.ts';
import { changing, type Step, seeing } from '../../process.ts';
import type { World } from '../../world.ts';
import { pastCalls } from '../cloudtrail/history.ts';
import { controlsOf } from '../organizations/controls.ts';
import { analyzedResources } from './analyzed-resources.ts';
import { externalAccess, type ZoneOfTrust } from './external-access.ts';
import { meets } from './filter.ts';
import { accessAnalyzerLimits } from './limits.ts';
import { keepAnalyzer } from './names.ts';
import type { AnalyzerState, Finding, FindingState } from './state.ts';
import { unusedAccess } from './unused-access.ts';

/** How long calls are known for: IAM User Guide, "Last accessed information", tracking period. */
const TRACKED = 400 * 86_400_000;

type Scanning<Value> = Generator<Step, Value, unknown>;

/** The accounts that an analyzer looks at, and whose principals it trusts: its own, or those of its organization. */
export function zoneOf(world: World, accountId: string, { type }: Pick<AnalyzerState, 'type'>): ZoneOfTrust {
  const organization = type.startsWith('ORGANIZATION') ? controlsOf(world)?.organization : undefined;
  if (organization === undefined) return { accountIds: [accountId] };
  return { accountIds: Object.keys(organization.paths ?? {}), organizationId: organization.id };
}

/**
 * Looks at everything, keeps what is new and marks what is gone. At AWS this takes up to 30 minutes after a policy was changed; here it is done
 * when findings are asked for. Answers the analyzer as it is then.
 */
export function* scanning(accountId: string, analyzer: AnalyzerState, call: Call): Scanning<AnalyzerState> {
  const world = yield* seeing();
  const found = yield* findingsOf(world, accountId, analyzer, call);
  const scanned = afterScan(analyzer, found, call.now);
  if (scanned !== analyzer) yield* changing(accountId, (account) => keepAnalyzer(account, scanned));
  return { ...scanned, analyzedAt: call.now };
}

function* findingsOf(
  world: World,
  accountId: string,
  analyzer: AnalyzerState,
  call: Call,
): Scanning<readonly Finding[]> {
  const zone = zoneOf(world, accountId, analyzer);
  const accounts = zone.accountIds.flatMap((id) => world.accounts[id] ?? []);
  const { unused } = analyzer;
  if (unused === undefined) {
    return accounts.flatMap((account) =>
      analyzedResources(account, analyzer.region).flatMap((resource) =>
        externalAccess(world, resource, zone, call.hashes),
      ),
    );
  }
  const found: Finding[] = [];
  for (const account of accounts) {
    const calls = yield* pastCalls(account.id, {
      since: call.now - TRACKED,
      until: call.now,
      atMost: Number.MAX_SAFE_INTEGER,
      matches: ({ entity }) => entity !== undefined,
    });
    const { now, hashes, managedPolicies } = call;
    found.push(...unusedAccess(account, { world, configuration: unused, calls, now, hashes, managedPolicies }));
  }
  return found;
}

/** The analyzer with its findings brought up to what was found; the same object where nothing is new. */
function afterScan(analyzer: AnalyzerState, found: readonly Finding[], now: number): AnalyzerState {
  const before = analyzer.findings;
  const after: Record<string, FindingState> = {};
  let isChanged = false;
  const foundIds = new Set(found.map(({ id }) => id));
  for (const finding of Object.values(before)) {
    const isGone = !foundIds.has(finding.id) && finding.status !== 'RESOLVED';
    isChanged ||= isGone;
    after[finding.id] = isGone ? { ...finding, status: 'RESOLVED', updatedAt: now } : finding;
  }
  for (const finding of found) {
    const known = after[finding.id];
    if (known !== undefined && known.status !== 'RESOLVED') {
      if (JSON.stringify(known.details) === JSON.stringify(finding.details)) continue;
      after[finding.id] = { ...known, details: finding.details, updatedAt: now };
    } else {
      const active: FindingState = { ...finding, status: 'ACTIVE', createdAt: known?.createdAt ?? now, updatedAt: now };
      const isArchived = Object.values(analyzer.rules).some(({ filter }) => meets(active, filter));
      after[finding.id] = isArchived ? { ...active, status: 'ARCHIVED' } : active;
    }
    isChanged = true;
  }
  return isChanged ? { ...analyzer, findings: bounded(after), analyzedAt: now } : analyzer;
}

function bounded(findings: Record<string, FindingState>): Record<string, FindingState> {
  const all = Object.values(findings);
  if (all.length <= accessAnalyzerLimits.findings) return findings;
  const rank = ({ status, updatedAt }: FindingState) => (status === 'RESOLVED' ? 0 : 1e15) + updatedAt;
  const kept = all.sort((a, b) => rank(b) - rank(a)).slice(0, accessAnalyzerLimits.findings);
  return Object.fromEntries(kept.map((finding) => [finding.id, finding]));
}
