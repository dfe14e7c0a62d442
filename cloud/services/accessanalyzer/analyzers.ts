/** Making, changing and describing analyzers. IAM Access Analyzer API Reference, CreateAnalyzer. */
import type {
  AnalyzerConfiguration,
  AnalyzerSummary,
  CreateAnalyzerRequest,
  CreateAnalyzerResponse,
  DeleteAnalyzerRequest,
  GetAnalyzerRequest,
  GetAnalyzerResponse,
  ListAnalyzersRequest,
  ListAnalyzersResponse,
  UpdateAnalyzerRequest,
  UpdateAnalyzerResponse,
} from '@aws-sdk/client-accessanalyzer';
import { own } from '../../own.ts';
import { calling, changing, type Step } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import { keptByKey, shownByName } from '../../state-key.ts';
import type { Account } from '../../world.ts';
import { controlsOf } from '../organizations/controls.ts';
import { newRules } from './archive-rules.ts';
import { conflict, quotaExceeded, validationException } from './errors.ts';
import { accessAnalyzerLimits } from './limits.ts';
import { analyzerArn, analyzerKey, analyzerOf, keepAnalyzer } from './names.ts';
import { pageOf } from './pages.ts';
import { scanning } from './scan.ts';
import type { AnalyzerState, AnalyzerType, UnusedConfiguration } from './state.ts';
import { checkedTags } from './tags.ts';

const PRINCIPAL = 'access-analyzer.amazonaws.com';
const LINKED_ROLE = 'AWSServiceRoleForAccessAnalyzer';
/** Days, where none are given. */
const UNUSED_AGE = 90;

const offered: ReadonlySet<string> = new Set<AnalyzerType>([
  'ACCOUNT',
  'ORGANIZATION',
  'ACCOUNT_UNUSED_ACCESS',
  'ORGANIZATION_UNUSED_ACCESS',
]);

export const createAnalyzer: ProcessOperation<CreateAnalyzerRequest, CreateAnalyzerResponse> = {
  kind: 'process',
  *run(account, input, call) {
    const { analyzerName: name = '', type = '', archiveRules = [], tags = {}, configuration } = input;
    const { region } = call.request;
    if (!isOffered(type)) {
      throw validationException(
        'type',
        `Analyzers of the type ${type} are not offered: internal access is not analyzed.`,
      );
    }
    if (type.startsWith('ORGANIZATION')) checkOrganization(controlsOf(call.world)?.organization, account.id);
    const analyzer: AnalyzerState = {
      region,
      name,
      type,
      createdAt: call.now,
      tags: checkedTags({}, tags),
      rules: newRules(archiveRules, call.now),
      ...(type.endsWith('UNUSED_ACCESS') && { unused: readConfiguration(configuration) }),
      analyzedAt: call.now,
      findings: {},
    };
    if (!type.endsWith('UNUSED_ACCESS') && configuration !== undefined) {
      throw validationException('configuration', 'Only analyzers of unused access have a configuration.');
    }
    checkRoom(account, analyzer);
    yield* linking(account);
    yield* changing(account.id, (draft) => keepAnalyzer(draft, analyzer));
    yield* scanning(account.id, analyzer, call);
    return { arn: analyzerArn(account.id, analyzer) };
  },
};

function isOffered(type: string): type is AnalyzerType {
  return offered.has(type);
}

/** "Access Analyzer for organizations": the management account, or one that it has delegated to. */
function checkOrganization(
  organization: { readonly managementAccountId: string } | undefined,
  accountId: string,
): void {
  if (organization?.managementAccountId === accountId) return;
  throw validationException('type', 'You must create an organization before you can create an organization analyzer.');
}

function checkRoom({ accessanalyzer }: Account, analyzer: AnalyzerState): void {
  if (own(accessanalyzer.analyzers, analyzerKey(analyzer)) !== undefined) throw conflict('analyzer', analyzer.name);
  const { region, type } = analyzer;
  const alike = Object.values(accessanalyzer.analyzers).filter((one) => one.region === region && one.type === type);
  if (alike.length < accessAnalyzerLimits.analyzersPerType) return;
  throw quotaExceeded('analyzer', analyzer.name, `The limit of analyzers of the type ${type} was reached.`);
}

/** Makes the role that the service works with, on behalf of the caller, where there is none yet. @throws AwsError of IAM */
function* linking({ iam }: Account): Generator<Step, void, unknown> {
  if (own(iam.roles, LINKED_ROLE) !== undefined) return;
  const outcome = yield* calling({
    by: PRINCIPAL,
    as: { kind: 'caller' },
    service: 'iam',
    operation: 'CreateServiceLinkedRole',
    input: { AWSServiceName: PRINCIPAL },
  });
  if (outcome.kind === 'error') throw outcome.error;
}

/** @throws AwsError ValidationException */
function readConfiguration(configuration: AnalyzerConfiguration | undefined): UnusedConfiguration {
  const { unusedAccessAge: age = UNUSED_AGE, analysisRule } = configuration?.unusedAccess ?? {};
  if (age < 1 || age > 365) {
    throw validationException('configuration.unusedAccess.unusedAccessAge', 'Must be from 1 to 365 days.');
  }
  const exclusions = (analysisRule?.exclusions ?? []).map(({ accountIds, resourceTags }) => ({
    ...(accountIds && { accountIds }),
    ...(resourceTags && { tags: resourceTags.map(keptByKey) }),
  }));
  return { age, exclusions };
}

export const updateAnalyzer: ProcessOperation<UpdateAnalyzerRequest, UpdateAnalyzerResponse> = {
  kind: 'process',
  *run(account, { analyzerName, configuration }, call) {
    const { unused, ...analyzer } = analyzerOf(account, call.request.region, analyzerName);
    if (unused === undefined) {
      throw validationException('analyzerName', 'An analyzer of external access has no configuration to update.');
    }
    const updated = { ...analyzer, unused: configuration === undefined ? unused : readConfiguration(configuration) };
    yield* changing(account.id, (draft) => keepAnalyzer(draft, updated));
    yield* scanning(account.id, updated, call);
    return { configuration: shownConfiguration(updated.unused) };
  },
};

export const deleteAnalyzer: ChangeOperation<DeleteAnalyzerRequest, object> = {
  kind: 'change',
  handle(account, { analyzerName }, call) {
    delete account.accessanalyzer.analyzers[analyzerKey(analyzerOf(account, call.request.region, analyzerName))];
    return {};
  },
};

export const getAnalyzer: ReadOperation<GetAnalyzerRequest, GetAnalyzerResponse> = {
  kind: 'read',
  handle(account, { analyzerName }, call) {
    const analyzer = analyzerOf(account, call.request.region, analyzerName);
    const configuration = analyzer.unused && shownConfiguration(analyzer.unused);
    return { analyzer: { ...shownAnalyzer(account.id, analyzer), ...(configuration && { configuration }) } };
  },
};

export const listAnalyzers: ReadOperation<ListAnalyzersRequest, ListAnalyzersResponse> = {
  kind: 'read',
  handle({ id, accessanalyzer }, { type, ...place }, call) {
    const all = Object.values(accessanalyzer.analyzers).filter(
      (analyzer) => analyzer.region === call.request.region && (type === undefined || analyzer.type === type),
    );
    const { page, nextToken } = pageOf(
      all.sort((a, b) => (a.name < b.name ? -1 : 1)),
      place,
      ({ name }) => name,
    );
    return {
      analyzers: page.map((analyzer) => shownAnalyzer(id, analyzer)),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};

function shownAnalyzer(accountId: string, analyzer: AnalyzerState): AnalyzerSummary {
  return {
    arn: analyzerArn(accountId, analyzer),
    name: analyzer.name,
    type: analyzer.type,
    createdAt: new Date(analyzer.createdAt),
    lastResourceAnalyzedAt: new Date(analyzer.analyzedAt),
    tags: shownByName(analyzer.tags),
    status: 'ACTIVE',
  };
}

function shownConfiguration({ age, exclusions }: UnusedConfiguration): AnalyzerConfiguration {
  return {
    unusedAccess: {
      unusedAccessAge: age,
      ...(exclusions.length > 0 && {
        analysisRule: {
          exclusions: exclusions.map(({ accountIds, tags }) => ({
            ...(accountIds && { accountIds: [...accountIds] }),
            ...(tags && { resourceTags: tags.map(shownByName) }),
          })),
        },
      }),
    },
  };
}
