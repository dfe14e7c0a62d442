/**
 * The credential report: a CSV file of all users with their credentials. IAM User Guide, "Generate credential reports for your AWS
 * account".
 */
import type { GenerateCredentialReportResponse, GetCredentialReportResponse } from '@aws-sdk/client-iam';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { rootArn, userArn } from './arns.ts';
import { onAll } from './permissions.ts';
import type { AccessKeyState, UserState } from './state.ts';
import { shownTime } from './times.ts';

/** A report is made anew after four hours. */
const FRESH = 4 * 3_600_000;
const DAY = 86_400_000;
const NONE = 'N/A';

const KEY_COLUMNS = ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'];
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...KEY_COLUMNS.map((column) => `access_key_1_${column}`),
  ...KEY_COLUMNS.map((column) => `access_key_2_${column}`),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];
const NO_CERTIFICATES = ['false', NONE, 'false', NONE];

const generateCredentialReport: ChangeOperation<object, GenerateCredentialReportResponse> = {
  kind: 'change',
  permissions: (_request, facts) => [onAll('GenerateCredentialReport', facts)],
  handle(account, _request, call) {
    const { credentialReport: report } = account.iam;
    if (report !== undefined && call.now - report.generatedAt < FRESH) return { State: 'COMPLETE' };
    account.iam.credentialReport = { generatedAt: call.now, content: reportOf(account) };
    return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
  },
};

const getCredentialReport: ReadOperation<object, GetCredentialReportResponse> = {
  kind: 'read',
  permissions: (_request, facts) => [onAll('GetCredentialReport', facts)],
  handle({ iam: { credentialReport: report } }, _request, call) {
    if (report === undefined) throw new AwsError('ReportNotPresent', 'No report exists.', { status: 410 });
    if (call.now - report.generatedAt >= FRESH) {
      throw new AwsError('ReportExpired', 'The most recent report has expired.', { status: 410 });
    }
    return {
      Content: new TextEncoder().encode(report.content),
      ReportFormat: 'text/csv',
      GeneratedTime: shownTime(report.generatedAt),
    };
  },
};

function reportOf(account: Account): string {
  const users = Object.values(account.iam.users).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = [COLUMNS, rootRow(account), ...users.map((user) => userRow(account, user))];
  return rows.map((row) => row.join(',')).join('\n');
}

/** The account itself began with the oldest of what is in it. */
function rootRow(account: Account): readonly string[] {
  const { users, roles, virtualMfaDevices, rootPasswordLastUsed } = account.iam;
  const created = [...Object.values(users), ...Object.values(roles)].map(({ createdAt }) => createdAt);
  return [
    '<root_account>',
    rootArn(account.id),
    created.length === 0 ? NONE : csvTime(Math.min(...created)),
    'not_supported',
    rootPasswordLastUsed === undefined ? 'no_information' : csvTime(rootPasswordLastUsed),
    'not_supported',
    'not_supported',
    String(Object.values(virtualMfaDevices).some(({ user }) => user === 'root')),
    ...keyColumns(account, undefined),
    ...NO_CERTIFICATES,
  ];
}

function userRow(account: Account, user: UserState): readonly string[] {
  const { loginProfile: login, passwordLastUsed } = user;
  const age = account.iam.passwordPolicy?.maxPasswordAge;
  const rotation = login === undefined || age === undefined ? NONE : csvTime(login.createdAt + age * DAY);
  return [
    user.name,
    userArn(account.id, user),
    csvTime(user.createdAt),
    String(login !== undefined),
    login === undefined ? NONE : passwordLastUsed === undefined ? 'no_information' : csvTime(passwordLastUsed),
    login === undefined ? NONE : csvTime(login.createdAt),
    rotation,
    String(user.mfaDevices.length > 0),
    ...keyColumns(account, user.name),
    ...NO_CERTIFICATES,
  ];
}

/** Both keys of a user, the older first. @param user undefined for root */
function keyColumns(account: Account, user: string | undefined): readonly string[] {
  const keys = Object.values(account.iam.accessKeys)
    .filter((key) => key.user === user)
    .sort((a, b) => a.createdAt - b.createdAt);
  return [0, 1].flatMap((n) => keyColumnsOf(keys[n]));
}

function keyColumnsOf(key: AccessKeyState | undefined): readonly string[] {
  if (key === undefined) return ['false', NONE, NONE, NONE, NONE];
  const { status, createdAt, lastUsed } = key;
  const used = lastUsed === undefined ? [NONE, NONE, NONE] : [csvTime(lastUsed.at), lastUsed.region, lastUsed.service];
  return [String(status === 'Active'), csvTime(createdAt), ...used];
}

/** `2026-01-05T12:00:00+00:00`. */
function csvTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
}

export const credentialReportOperations = {
  GenerateCredentialReport: generateCredentialReport,
  GetCredentialReport: getCredentialReport,
};
