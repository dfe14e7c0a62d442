/**
 * Time to name who can, among 500 users with three AWS managed policies and conditions of their own. The
 * floor is one decision for each of them: what it takes to ask the same question for one context alone.
 */
import { readFileSync } from 'node:fs';
import { callerOf, decide, type Estate, policiesIn, readAccountDetails, whoCan } from '../iam/index.ts';

const ACCOUNT = '111122223333';
const PRINCIPALS = 500;
const BUCKETS = 20;
const ROUNDS = 30;

interface Row {
  readonly arn: string;
  readonly document: object;
}

const rows = JSON.parse(
  readFileSync(new URL('../cloud/generated/managed-policies.json', import.meta.url), 'utf8'),
) as Row[];
const documents = new Map(rows.map(({ arn, document }) => [arn, JSON.stringify(document)]));

function user(at: number) {
  const own = [
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket'],
      Resource: `arn:aws:s3:::bucket-${at % BUCKETS}/*`,
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  ];
  return {
    Arn: `arn:aws:iam::${ACCOUNT}:user/user-${at}`,
    UserId: `AIDA${String(at).padStart(17, '0')}`,
    UserPolicyList: [{ PolicyName: 'Own', PolicyDocument: { Version: '2012-10-17', Statement: own } }],
    AttachedManagedPolicies: [0, 1, 2].map((place) => ({ PolicyArn: rows[(at * 7 + place * 131) % rows.length]?.arn })),
  };
}

const before = performance.now();
const read = readAccountDetails({ UserDetailList: Array.from({ length: PRINCIPALS }, (_, at) => user(at)) }, (arn) =>
  documents.get(arn),
);
if (read.kind === 'invalid') throw new Error(`${read.message} ${read.pointer}`);
console.log(`reading the account: ${(performance.now() - before).toFixed(0)} ms`);

const { users } = read.account;
const estate: Estate = { accounts: [read.account], resourcePolicies: [], serviceControl: {} };
const questions = Array.from({ length: BUCKETS }, (_, at) => ({
  action: 's3:GetObject',
  resource: `arn:aws:s3:::bucket-${at}/list.csv`,
}));

function timeOf(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** Of the rounds after the first third, in which everything is compiled. */
function median(times: readonly number[]): number {
  const warm = times.slice(ROUNDS / 3).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)] ?? Number.NaN;
}

let named = 0;
const times = Array.from({ length: ROUNDS }, (_, round) => {
  const question = questions[round % BUCKETS] ?? { action: '', resource: '' };
  const asking = timeOf(() => {
    named = whoCan(estate, question).length;
  });
  const deciding = timeOf(() => {
    for (const one of users) {
      const request = { caller: callerOf(one), ...question, resourceAccountId: ACCOUNT, context: {} };
      decide(request, policiesIn(estate, request));
    }
  });
  return { asking, deciding };
});
const asking = median(times.map((time) => time.asking));
const deciding = median(times.map((time) => time.deciding));
console.log(
  `who can, of ${PRINCIPALS} users: ${asking.toFixed(1)} ms (${named} named); one decision for each: ${deciding.toFixed(1)} ms; ratio: ${(asking / deciding).toFixed(1)} of the floor`,
);
