/** Archive rules: what new findings are archived by. IAM User Guide, "Archive rules". */
import type {
  ApplyArchiveRuleRequest,
  ArchiveRuleSummary,
  CreateArchiveRuleRequest,
  DeleteArchiveRuleRequest,
  GetArchiveRuleRequest,
  GetArchiveRuleResponse,
  InlineArchiveRule,
  ListArchiveRulesRequest,
  ListArchiveRulesResponse,
  UpdateArchiveRuleRequest,
} from '@aws-sdk/client-accessanalyzer';
import { own } from '../../own.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { conflict, quotaExceeded, resourceNotFound, validationException } from './errors.ts';
import { checkedFilter, meets } from './filter.ts';
import { accessAnalyzerLimits } from './limits.ts';
import { analyzerAt, analyzerOf, keepAnalyzer } from './names.ts';
import { pageOf } from './pages.ts';
import { scanning } from './scan.ts';
import type { AnalyzerState, ArchiveRuleState } from './state.ts';

/** The rules that an analyzer is made with. @throws AwsError ValidationException, ConflictException */
export function newRules(rules: readonly InlineArchiveRule[], now: number): AnalyzerState['rules'] {
  let all: AnalyzerState['rules'] = {};
  for (const { ruleName = '', filter = {} } of rules) all = withRule(all, newRule(ruleName, filter, now));
  return all;
}

function newRule(name: string, filter: Parameters<typeof checkedFilter>[0], now: number): ArchiveRuleState {
  const checked = checkedFilter(filter, 'rule');
  if (Object.keys(checked).length === 0) throw validationException('filter', 'An archive rule needs a criterion.');
  return { name, filter: checked, createdAt: now, updatedAt: now };
}

function withRule(rules: AnalyzerState['rules'], rule: ArchiveRuleState): AnalyzerState['rules'] {
  const key = stateKey(rule.name);
  if (own(rules, key) !== undefined) throw conflict('archive-rule', rule.name);
  if (Object.keys(rules).length >= accessAnalyzerLimits.archiveRules) {
    throw quotaExceeded('archive-rule', rule.name, 'The limit of archive rules of the analyzer was reached.');
  }
  return { ...rules, [key]: rule };
}

/** @throws AwsError ResourceNotFoundException */
function ruleOf({ rules }: AnalyzerState, name: string | undefined): ArchiveRuleState {
  const rule = own(rules, stateKey(name ?? ''));
  if (rule === undefined) throw resourceNotFound('archive-rule', name ?? '');
  return rule;
}

export const createArchiveRule: ChangeOperation<CreateArchiveRuleRequest, object> = {
  kind: 'change',
  handle(account, { analyzerName, ruleName = '', filter = {} }, call) {
    const analyzer = analyzerOf(account, call.request.region, analyzerName);
    keepAnalyzer(account, { ...analyzer, rules: withRule(analyzer.rules, newRule(ruleName, filter, call.now)) });
    return {};
  },
};

export const updateArchiveRule: ChangeOperation<UpdateArchiveRuleRequest, object> = {
  kind: 'change',
  handle(account, { analyzerName, ruleName, filter = {} }, call) {
    const analyzer = analyzerOf(account, call.request.region, analyzerName);
    const { name, createdAt } = ruleOf(analyzer, ruleName);
    const rule = { ...newRule(name, filter, call.now), createdAt };
    keepAnalyzer(account, { ...analyzer, rules: { ...analyzer.rules, [stateKey(name)]: rule } });
    return {};
  },
};

export const deleteArchiveRule: ChangeOperation<DeleteArchiveRuleRequest, object> = {
  kind: 'change',
  handle(account, { analyzerName, ruleName }, call) {
    const analyzer = analyzerOf(account, call.request.region, analyzerName);
    const { name } = ruleOf(analyzer, ruleName);
    const { [stateKey(name)]: _, ...rules } = analyzer.rules;
    keepAnalyzer(account, { ...analyzer, rules });
    return {};
  },
};

export const getArchiveRule: ReadOperation<GetArchiveRuleRequest, GetArchiveRuleResponse> = {
  kind: 'read',
  handle: (account, { analyzerName, ruleName }, call) => ({
    archiveRule: shownRule(ruleOf(analyzerOf(account, call.request.region, analyzerName), ruleName)),
  }),
};

export const listArchiveRules: ReadOperation<ListArchiveRulesRequest, ListArchiveRulesResponse> = {
  kind: 'read',
  handle(account, { analyzerName, ...place }, call) {
    const { rules } = analyzerOf(account, call.request.region, analyzerName);
    const all = Object.values(rules).sort((a, b) => (a.name < b.name ? -1 : 1));
    const { page, nextToken } = pageOf(all, place, ({ name }) => name);
    return { archiveRules: page.map(shownRule), ...(nextToken !== undefined && { nextToken }) };
  },
};

/** A rule looks at new findings; this has it look at those that there are. */
export const applyArchiveRule: ProcessOperation<ApplyArchiveRuleRequest, object> = {
  kind: 'process',
  *run(account, { analyzerArn: arn, ruleName }, call) {
    const analyzer = yield* scanning(account.id, analyzerAt(account, call.request.region, arn), call);
    const { filter } = ruleOf(analyzer, ruleName);
    const findings = Object.entries(analyzer.findings).map(([id, finding]) =>
      finding.status === 'ACTIVE' && meets(finding, filter)
        ? ([id, { ...finding, status: 'ARCHIVED', updatedAt: call.now }] as const)
        : ([id, finding] as const),
    );
    yield* changing(account.id, (draft) =>
      keepAnalyzer(draft, { ...analyzer, findings: Object.fromEntries(findings) }),
    );
    return {};
  },
};

function shownRule({ name, filter, createdAt, updatedAt }: ArchiveRuleState): ArchiveRuleSummary {
  return {
    ruleName: name,
    filter: Object.fromEntries(
      Object.entries(filter).map(([key, { eq, neq, contains, exists }]) => [
        key,
        {
          ...(eq && { eq: [...eq] }),
          ...(neq && { neq: [...neq] }),
          ...(contains && { contains: [...contains] }),
          ...(exists !== undefined && { exists }),
        },
      ]),
    ),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}
