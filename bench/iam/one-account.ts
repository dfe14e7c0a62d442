/** Settings within one account: a user's identity policies alone. */
import { bea, CALL, OWN } from './people.ts';
import { type Asking, type Document, document, type Setting } from './workload.ts';

/** What a member of a team may do: read all that is the team's, and write some of it from the office and in its region. */
function teamStatements(team: string): readonly object[] {
  const bucket = `arn:aws:s3:::${team}`;
  return [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: [bucket, `${bucket}/*`] },
    {
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject'],
      Resource: `${bucket}/*/drafts/*`,
      Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.0/24'] } },
    },
    {
      Effect: 'Allow',
      Action: 'sqs:*',
      Resource: `arn:aws:sqs:*:${OWN}:${team}-*`,
      Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
    },
    {
      Effect: 'Allow',
      Action: ['dynamodb:Get*', 'dynamodb:Query', 'dynamodb:BatchGet*'],
      Resource: `arn:aws:dynamodb:eu-central-1:${OWN}:table/${team}`,
    },
  ];
}

/** A policy over several teams, with `statements` statements, a multiple of four. */
export function teamsPolicy(policy: number, statements: number): Document {
  const teams = Array.from({ length: statements / 4 }, (_, at) => `team-${policy}-${at}`);
  return document(...teams.flatMap(teamStatements).map((statement, at) => ({ Sid: `S${at}`, ...statement })));
}

function ask(action: string, resource: string, context: Readonly<Record<string, string>> = {}): Asking {
  return { caller: bea, action, resource, resourceAccountId: OWN, context: { ...CALL, ...context } };
}

function allowedOf(team: string): readonly Asking[] {
  return [
    ask('s3:GetObject', `arn:aws:s3:::${team}/2026/list.csv`),
    ask('s3:ListBucket', `arn:aws:s3:::${team}`, { 's3:prefix': '2026/' }),
    ask('s3:PutObject', `arn:aws:s3:::${team}/2026/drafts/list.csv`),
    ask('sqs:SendMessage', `arn:aws:sqs:eu-central-1:${OWN}:${team}-jobs`),
    ask('dynamodb:GetItem', `arn:aws:dynamodb:eu-central-1:${OWN}:table/${team}`),
  ];
}

/** Requests that no statement allows: another team's resource, another action, a key that does not fit. */
function missedOf(team: string): readonly Asking[] {
  return [
    ask('s3:GetObject', `arn:aws:s3:::other-${team}/2026/list.csv`),
    ask('s3:PutObject', `arn:aws:s3:::${team}/2026/list.csv`),
    ask('s3:PutObject', `arn:aws:s3:::${team}/2026/drafts/list.csv`, { 'aws:SourceIp': '192.0.2.1' }),
    ask('sqs:SendMessage', `arn:aws:sqs:us-east-1:${OWN}:${team}-jobs`, { 'aws:RequestedRegion': 'us-east-1' }),
    ask('dynamodb:PutItem', `arn:aws:dynamodb:eu-central-1:${OWN}:table/${team}`),
    ask('lambda:InvokeFunction', `arn:aws:lambda:eu-central-1:${OWN}:function:${team}`),
  ];
}

/** A user with so many policies of so many statements, a multiple of four. `of` says what is asked of each team. */
function userSetting(policies: number, statements: number, of: (team: string) => readonly Asking[]): Setting {
  const each = Array.from({ length: policies }, (_, policy) => policy);
  const teams = each.flatMap((policy) => Array.from({ length: statements / 4 }, (_, at) => `team-${policy}-${at}`));
  return {
    documents: { identity: each.map((policy) => teamsPolicy(policy, statements)) },
    requests: teams.flatMap((team) => of(team)),
  };
}

/** What is allowed to a user by so many policies of so many statements. */
export function allowedToUser(policies: number, statements: number): Setting {
  return userSetting(policies, statements, allowedOf);
}

/** What a user may not do by so many policies of so many statements, none of which denies. */
export function missedByUser(policies: number, statements: number): Setting {
  return userSetting(policies, statements, missedOf);
}

/** One statement, which allows. */
export const oneStatement: Setting = {
  documents: {
    identity: [document({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::archive/*' })],
  },
  requests: Array.from({ length: 16 }, (_, n) => ask('s3:GetObject', `arn:aws:s3:::archive/2026/${n}.csv`)),
};
