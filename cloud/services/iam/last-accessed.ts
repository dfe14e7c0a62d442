/**
 * What users and roles last accessed, whether they were allowed to or not, of what their permissions policies allow. IAM User Guide,
 * "Refine permissions in AWS using last accessed information".
 */
import type {
  EntityDetails,
  GenerateServiceLastAccessedDetailsRequest,
  GenerateServiceLastAccessedDetailsResponse,
  GetServiceLastAccessedDetailsRequest,
  GetServiceLastAccessedDetailsResponse,
  GetServiceLastAccessedDetailsWithEntitiesRequest,
  GetServiceLastAccessedDetailsWithEntitiesResponse,
  ServiceLastAccessed,
} from '@aws-sdk/client-iam';
import type { Random } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import type { PastCall } from '../../ledger/past-call.ts';
import { own } from '../../own.ts';
import { changing } from '../../process.ts';
import type { ProcessOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { pastCalls } from '../cloudtrail/history.ts';
import { type AllowedService, allowedServices, isTracked } from './allowed-actions.ts';
import { roleArn, userArn } from './arns.ts';
import { noSuchEntity } from './errors.ts';
import { pageOf } from './pages.ts';
import { onAll } from './permissions.ts';
import { reportSubject } from './report-subject.ts';
import { serviceName } from './service-names.ts';
import type { AccessReportState, AccessState, ServiceAccessState } from './state.ts';
import { shownTime } from './times.ts';

const PERIOD = 400 * 86_400_000;
/** Reports that an account keeps: AWS keeps each for days, but counts them too. */
const KEPT = 20;

const generate: ProcessOperation<
  GenerateServiceLastAccessedDetailsRequest,
  GenerateServiceLastAccessedDetailsResponse
> = {
  kind: 'process',
  *run(account, { Arn = '', Granularity = 'SERVICE_LEVEL' }, call) {
    const subject = reportSubject(call.world, account, Arn, call.managedPolicies);
    const id = jobId(call.random);
    const entities = new Set(subject.entities);
    const calls = yield* pastCalls(account.id, {
      since: call.now - PERIOD,
      until: call.now,
      atMost: Number.MAX_SAFE_INTEGER,
      matches: ({ entity }) => entity !== undefined && entities.has(entity),
    });
    const report: AccessReportState = {
      id,
      createdAt: call.now,
      granularity: Granularity === 'ACTION_LEVEL' ? 'ACTION_LEVEL' : 'SERVICE_LEVEL',
      ...subject,
      accessed: accessedBy(calls),
    };
    yield* changing(account.id, ({ iam }) => {
      const newest = Object.values(iam.accessReports ?? {}).slice(1 - KEPT);
      iam.accessReports = Object.fromEntries([...newest, report].map((each) => [each.id, each])) as never;
    });
    return { JobId: id };
  },
};

/** What calls accessed. @param calls newest first: the first of each kind is the last access */
export function accessedBy(calls: readonly PastCall[]): AccessReportState['accessed'] {
  type Noted = { -readonly [K in keyof ServiceAccessState]: ServiceAccessState[K] } & {
    byEntity: Record<string, number>;
    byAction: Record<string, AccessState>;
  };
  const accessed: Record<string, Noted> = {};
  for (const { at, record, entity = '', actions } of calls) {
    for (const action of actions) {
      const [prefix = '', name = ''] = action.split(':');
      const access = { at, entity, region: record.awsRegion };
      const noted = accessed[prefix] ?? { ...access, byEntity: {}, byAction: {} };
      accessed[prefix] = noted;
      noted.byEntity[entity] ??= at;
      noted.byAction[name] ??= access;
    }
  }
  return accessed;
}

function jobId(random: Random): string {
  const hex = hexOf(random.bytes(16));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function reportOf(account: Account, id: string | undefined): AccessReportState {
  const report = own(account.iam.accessReports ?? {}, id ?? '');
  if (report === undefined) throw noSuchEntity(`Job with ID ${id} cannot be found.`);
  return report;
}

const getDetails: ReadOperation<GetServiceLastAccessedDetailsRequest, GetServiceLastAccessedDetailsResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('GetServiceLastAccessedDetails', facts)],
  handle(account, request, call) {
    const report = reportOf(account, request.JobId);
    const { items, position } = pageOf(allowedServices(report.allows), request, ({ prefix }) => prefix);
    return {
      JobStatus: 'COMPLETED',
      JobType: report.granularity,
      JobCreationDate: shownTime(report.createdAt),
      JobCompletionDate: shownTime(Math.min(report.createdAt, call.now)),
      ServicesLastAccessed: items.map((service) => shownService(service, report)),
      ...position,
    };
  },
};

function shownService({ prefix, actions }: AllowedService, report: AccessReportState): ServiceLastAccessed {
  const accessed = own(report.accessed, prefix);
  return {
    ServiceName: serviceName(prefix),
    ServiceNamespace: prefix,
    ...(accessed && {
      LastAuthenticated: shownTime(accessed.at),
      LastAuthenticatedEntity: accessed.entity,
      LastAuthenticatedRegion: accessed.region,
    }),
    TotalAuthenticatedEntities: Object.keys(accessed?.byEntity ?? {}).length,
    ...(report.granularity === 'ACTION_LEVEL' && {
      TrackedActionsLastAccessed: actions
        .filter((action) => isTracked(prefix, action))
        .map((action) => {
          const last = own(accessed?.byAction ?? {}, action);
          return {
            ActionName: action,
            ...(last && {
              LastAccessedEntity: last.entity,
              LastAccessedTime: shownTime(last.at),
              LastAccessedRegion: last.region,
            }),
          };
        }),
    }),
  };
}

const getDetailsWithEntities: ReadOperation<
  GetServiceLastAccessedDetailsWithEntitiesRequest,
  GetServiceLastAccessedDetailsWithEntitiesResponse
> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('GetServiceLastAccessedDetailsWithEntities', facts)],
  handle(account, request) {
    const report = reportOf(account, request.JobId);
    const accessed = own(report.accessed, request.ServiceNamespace ?? '');
    const details = report.entities.flatMap((arn) => detailsOf(account, arn, own(accessed?.byEntity ?? {}, arn)));
    const { items, position } = pageOf(details, request, ({ EntityInfo }) => EntityInfo?.Arn ?? '');
    return {
      JobStatus: 'COMPLETED',
      JobCreationDate: shownTime(report.createdAt),
      JobCompletionDate: shownTime(report.createdAt),
      EntityDetailsList: items,
      ...position,
    };
  },
};

/** Those that are no more are not told of. */
function detailsOf(account: Account, arn: string, at: number | undefined): readonly EntityDetails[] {
  const { users, roles } = account.iam;
  const user = Object.values(users).find((each) => userArn(account.id, each) === arn);
  const role = Object.values(roles).find((each) => roleArn(account.id, each) === arn);
  const entity = user ?? role;
  if (entity === undefined) return [];
  return [
    {
      EntityInfo: {
        Arn: arn,
        Name: entity.name,
        Type: user === undefined ? 'ROLE' : 'USER',
        Id: entity.id,
        Path: entity.path,
      },
      ...(at !== undefined && { LastAuthenticated: shownTime(at) }),
    },
  ];
}

export const lastAccessedOperations = {
  GenerateServiceLastAccessedDetails: generate,
  GetServiceLastAccessedDetails: getDetails,
  GetServiceLastAccessedDetailsWithEntities: getDetailsWithEntities,
};
