/**
 * Policies written from what a user or role did. IAM User Guide, "IAM Access Analyzer policy generation": management events tell actions,
 * data events and last-accessed information only services.
 */
import type {
  CancelPolicyGenerationRequest,
  CloudTrailDetails,
  GetGeneratedPolicyRequest,
  GetGeneratedPolicyResponse,
  ListPolicyGenerationsRequest,
  ListPolicyGenerationsResponse,
  StartPolicyGenerationRequest,
  StartPolicyGenerationResponse,
} from '@aws-sdk/client-accessanalyzer';
import type { GetTrailResponse } from '@aws-sdk/client-cloudtrail';
import type { AnyCaller } from '../../../iam/model.ts';
import type { Call } from '../../call.ts';
import { hexOf } from '../../hex.ts';
import type { PastCall } from '../../ledger/past-call.ts';
import { own } from '../../own.ts';
import { passRole } from '../../permissions/pass-role.ts';
import { calling, changing, type Step } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { pastCalls } from '../cloudtrail/history.ts';
import { roleArn, userArn } from '../iam/arns.ts';
import { assuming } from '../sts/assuming.ts';
import { validationException } from './errors.ts';
import { generatedPolicies } from './generated-policy.ts';
import { accessAnalyzerLimits } from './limits.ts';
import { pageOf } from './pages.ts';
import type { GenerationState } from './state.ts';

const PRINCIPAL = 'access-analyzer.amazonaws.com';
const DAY = 86_400_000;
/** Days of a trail that are read at most, and days that a job is listed for. */
const PERIOD = 90;
const LISTED = 7;

type Failure = NonNullable<GenerationState['error']>;

export const startPolicyGeneration: ProcessOperation<StartPolicyGenerationRequest, StartPolicyGenerationResponse> = {
  kind: 'process',
  alsoNeeds: ({ cloudTrailDetails: details }, facts) =>
    details?.accessRole === undefined ? [] : [passRole(details.accessRole, PRINCIPAL, facts)],
  *run(account, { policyGenerationDetails, cloudTrailDetails, clientToken }, call) {
    const principalArn = policyGenerationDetails?.principalArn ?? '';
    const { generations } = account.accessanalyzer;
    const same = Object.values(generations).find((one) => clientToken !== undefined && one.clientToken === clientToken);
    if (same !== undefined) return { jobId: same.id };
    checkPrincipal(account, principalArn);
    const trails = cloudTrailDetails && readTrails(cloudTrailDetails, call.now);
    const error = cloudTrailDetails && (yield* refusalOf(account, cloudTrailDetails, call));
    const calls = error === undefined ? yield* callsOf(account.id, principalArn, trails, call.now) : [];
    const used = usedBy(calls, trails);
    const generation: GenerationState = {
      id: jobId(call),
      principalArn,
      status: error === undefined ? 'SUCCEEDED' : 'FAILED',
      startedAt: call.now,
      completedAt: call.now,
      ...(error && { error }),
      ...(trails && { trails }),
      ...used,
      ...(clientToken !== undefined && { clientToken }),
    };
    yield* changing(account.id, ({ accessanalyzer }) => {
      const kept = Object.values(accessanalyzer.generations).slice(1 - accessAnalyzerLimits.generations);
      Object.assign(accessanalyzer, {
        generations: Object.fromEntries([...kept, generation].map((one) => [one.id, one])),
      });
    });
    return { jobId: generation.id };
  },
};

/** @throws AwsError ValidationException where the account has no such user or role */
function checkPrincipal({ id, iam }: Account, arn: string): void {
  const isUser = Object.values(iam.users).some((user) => userArn(id, user) === arn);
  if (isUser || Object.values(iam.roles).some((role) => roleArn(id, role) === arn)) return;
  throw validationException('policyGenerationDetails.principalArn', `The principal ${arn} does not exist.`);
}

/** @throws AwsError ValidationException for a time range that cannot be */
function readTrails(
  { trails = [], startTime, endTime }: CloudTrailDetails,
  now: number,
): NonNullable<GenerationState['trails']> {
  const start = startTime?.getTime() ?? now;
  const end = endTime?.getTime() ?? now;
  if (end < start || end - start > PERIOD * DAY) {
    throw validationException('cloudTrailDetails.startTime', `The time range must be of 0 to ${PERIOD} days.`);
  }
  if (trails.length !== 1) throw validationException('cloudTrailDetails.trails', 'Name one trail.');
  const list = trails.map(({ cloudTrailArn = '', regions = [], allRegions = false }) => ({
    arn: cloudTrailArn,
    regions,
    allRegions,
  }));
  return { list, startTime: start, endTime: end };
}

/** Reads what it needs as the role that it was passed; why it cannot, where it cannot. */
function* refusalOf(
  account: Account,
  { trails = [], accessRole = '' }: CloudTrailDetails,
  call: Call,
): Generator<Step, Failure | undefined, unknown> {
  const source = { arn: `arn:aws:access-analyzer:${call.request.region}:${account.id}:*`, accountId: account.id };
  const assumed = yield* assuming({
    by: PRINCIPAL,
    roleArn: accessRole,
    sessionName: 'AccessAnalyzer',
    source,
    now: call.now,
  });
  if (assumed.kind === 'refused') return { code: 'AUTHORIZATION_ERROR', message: assumed.error.message };
  for (const { cloudTrailArn: Name = '' } of trails) {
    const trail = yield* asRole(assumed.caller, 'cloudtrail', 'GetTrail', { Name });
    if (trail.kind === 'failed') return trail.failure;
    const { S3BucketName: Bucket } = (trail.output as GetTrailResponse).Trail ?? {};
    const listed = yield* asRole(assumed.caller, 's3', 'ListObjectsV2', { Bucket, MaxKeys: 1 });
    if (listed.kind === 'failed') return listed.failure;
  }
  return undefined;
}

function* asRole(
  caller: AnyCaller,
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Generator<Step, { kind: 'ok'; output: unknown } | { kind: 'failed'; failure: Failure }, unknown> {
  const outcome = yield* calling({ by: PRINCIPAL, as: { kind: 'session', caller }, service, operation, input });
  if (outcome.kind === 'ok') return outcome;
  const code = outcome.error.code.includes('AccessDenied') ? 'AUTHORIZATION_ERROR' : 'RESOURCE_NOT_FOUND_ERROR';
  return { kind: 'failed', failure: { code, message: outcome.error.message } };
}

function callsOf(accountId: string, principalArn: string, trails: GenerationState['trails'], now: number) {
  return pastCalls(accountId, {
    since: trails?.startTime ?? now - PERIOD * DAY,
    until: trails?.endTime ?? now,
    atMost: Number.MAX_SAFE_INTEGER,
    matches: ({ entity, record }) => entity === principalArn && record.errorCode === undefined,
  });
}

function usedBy(
  calls: readonly PastCall[],
  trails: GenerationState['trails'],
): Pick<GenerationState, 'actions' | 'services'> {
  const actions = new Set<string>();
  const services = new Set<string>();
  const isRead = ({ awsRegion }: PastCall['record']) =>
    trails?.list.some(({ regions, allRegions }) => allRegions || regions.length === 0 || regions.includes(awsRegion));
  for (const { record, actions: asked } of calls) {
    const tellsActions = record.eventCategory === 'Management' && isRead(record) === true;
    for (const action of asked) {
      if (tellsActions) actions.add(action);
      else services.add(action.split(':')[0] ?? '');
    }
  }
  return { actions: [...actions].sort(), services: [...services].sort() };
}

function jobId({ random }: Call): string {
  const hex = hexOf(random.bytes(16));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function generationOf({ accessanalyzer }: Account, id: string | undefined): GenerationState {
  const generation = own(accessanalyzer.generations, id ?? '');
  if (generation === undefined) throw validationException('jobId', `The job ${id} does not exist.`);
  return generation;
}

export const getGeneratedPolicy: ReadOperation<GetGeneratedPolicyRequest, GetGeneratedPolicyResponse> = {
  kind: 'read',
  handle(account, { jobId: id, includeResourcePlaceholders = false, includeServiceLevelTemplate = false }) {
    const generation = generationOf(account, id);
    const { principalArn, status, startedAt, completedAt, error, trails } = generation;
    const policies =
      status === 'SUCCEEDED'
        ? generatedPolicies(generation, {
            placeholders: includeResourcePlaceholders,
            services: includeServiceLevelTemplate,
          })
        : [];
    return {
      jobDetails: {
        jobId: generation.id,
        status,
        startedOn: new Date(startedAt),
        completedOn: new Date(completedAt),
        ...(error && { jobError: { ...error } }),
      },
      generatedPolicyResult: {
        properties: {
          isComplete: generation.services.length === 0,
          principalArn,
          ...(trails && {
            cloudTrailProperties: {
              trailProperties: trails.list.map(({ arn, regions, allRegions }) => ({
                cloudTrailArn: arn,
                regions: [...regions],
                allRegions,
              })),
              startTime: new Date(trails.startTime),
              endTime: new Date(trails.endTime),
            },
          }),
        },
        generatedPolicies: policies.map((policy) => ({ policy })),
      },
    };
  },
};

/** A job is done when it is begun: there is nothing left to cancel. */
export const cancelPolicyGeneration: ChangeOperation<CancelPolicyGenerationRequest, object> = {
  kind: 'change',
  handle(account, { jobId: id }) {
    generationOf(account, id);
    return {};
  },
};

export const listPolicyGenerations: ReadOperation<ListPolicyGenerationsRequest, ListPolicyGenerationsResponse> = {
  kind: 'read',
  handle({ accessanalyzer }, { principalArn, ...place }, call) {
    const all = Object.values(accessanalyzer.generations).filter(
      (one) =>
        one.startedAt >= call.now - LISTED * DAY && (principalArn === undefined || one.principalArn === principalArn),
    );
    const { page, nextToken } = pageOf([...all].reverse(), place, ({ id }) => id);
    return {
      policyGenerations: page.map((one) => ({
        jobId: one.id,
        principalArn: one.principalArn,
        status: one.status,
        startedOn: new Date(one.startedAt),
        completedOn: new Date(one.completedAt),
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  },
};
