/** Time to live, continuous backups, limits and endpoints. */
import type {
  DescribeContinuousBackupsInput,
  DescribeContinuousBackupsOutput,
  DescribeEndpointsResponse,
  DescribeLimitsOutput,
  DescribeTimeToLiveInput,
  DescribeTimeToLiveOutput,
  UpdateContinuousBackupsInput,
  UpdateContinuousBackupsOutput,
  UpdateTimeToLiveInput,
  UpdateTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { validation } from './errors.ts';
import type { TableState } from './state.ts';
import { tableOf } from './tables.ts';

/** For how many days a table can be restored where none are said. */
const recoveryDays = 35;
const day = 86_400_000;
/** Restoring reaches up to five minutes before now. */
const restoreGap = 300_000;

export const describeTimeToLive: ReadOperation<DescribeTimeToLiveInput, DescribeTimeToLiveOutput> = {
  kind: 'read',
  handle(account, { TableName }, { request: { region } }) {
    const { timeToLive } = tableOf(account, TableName, region);
    return {
      TimeToLiveDescription:
        timeToLive === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
    };
  },
};

/** DynamoDB deletes what has expired within a few days: here it stays, as it does there until then. */
export const updateTimeToLive: ChangeOperation<UpdateTimeToLiveInput, UpdateTimeToLiveOutput> = {
  kind: 'change',
  handle(account, { TableName, TimeToLiveSpecification: specification }, { request: { region } }) {
    const table = tableOf(account, TableName, region);
    const { Enabled = false, AttributeName = '' } = specification ?? {};
    if (Enabled && table.timeToLive !== undefined) throw validation('TimeToLive is already enabled');
    if (!Enabled && table.timeToLive === undefined) throw validation('TimeToLive is already disabled');
    if (!Enabled && table.timeToLive !== AttributeName) {
      throw validation(
        `TimeToLive is active on a different AttributeName: current AttributeName is ${table.timeToLive}`,
      );
    }
    if (Enabled) table.timeToLive = AttributeName;
    else delete table.timeToLive;
    return { TimeToLiveSpecification: { Enabled, AttributeName } };
  },
};

function backups({ recovery }: TableState, now: number) {
  return {
    ContinuousBackupsStatus: 'ENABLED' as const,
    PointInTimeRecoveryDescription:
      recovery === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' as const }
        : {
            PointInTimeRecoveryStatus: 'ENABLED' as const,
            RecoveryPeriodInDays: recovery.days,
            EarliestRestorableDateTime: new Date(Math.max(recovery.since, now - recovery.days * day)),
            LatestRestorableDateTime: new Date(Math.max(recovery.since, now - restoreGap)),
          },
  };
}

/** Also the tables of DynamoDB's backups: `TableNotFoundException`. */
function tableToBackUp<Table>(find: () => Table, name: string): Table {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  }
}

export const describeContinuousBackups: ReadOperation<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput> =
  {
    kind: 'read',
    handle(account, { TableName = '' }, { now, request: { region } }) {
      const table = tableToBackUp(() => tableOf(account, TableName, region), TableName);
      return { ContinuousBackupsDescription: backups(table, now) };
    },
  };

export const updateContinuousBackups: ChangeOperation<UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput> = {
  kind: 'change',
  handle(account, { TableName = '', PointInTimeRecoverySpecification: wanted }, { now, request: { region } }) {
    const table = tableToBackUp(() => tableOf(account, TableName, region), TableName);
    if (wanted?.PointInTimeRecoveryEnabled === true) {
      table.recovery = { since: table.recovery?.since ?? now, days: wanted.RecoveryPeriodInDays ?? recoveryDays };
    } else delete table.recovery;
    return { ContinuousBackupsDescription: backups(table, now) };
  },
};

/** AWS's own quotas of capacity (Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB"). */
export const describeLimits: ReadOperation<object, DescribeLimitsOutput> = {
  kind: 'read',
  handle: () => ({
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  }),
};

export const describeEndpoints: ReadOperation<object, DescribeEndpointsResponse> = {
  kind: 'read',
  // Observed: it answers even under an explicit deny.
  permissions: () => [],
  handle: (_account, _input, { request: { region } }) => ({
    Endpoints: [{ Address: `dynamodb.${region}.amazonaws.com`, CachePeriodInMinutes: 1440 }],
  }),
};
