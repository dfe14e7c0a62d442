/** An account of 500 principals, and the matrix of what each may do: every cell one request, decided with the principal's own policies. */
import type { AnyRequest, Estate } from '../../iam/index.ts';
import { callerOf, decide, parsePolicy, policiesIn, readAccountDetails } from './built-engine.ts';
import { heapInUse } from './memory.ts';
import { teamsPolicy } from './one-account.ts';
import { CALL, OWN } from './people.ts';
import { processorTime } from './rounds.ts';
import { type Document, document } from './workload.ts';

const USERS = 400;
const ROLES = 100;
const GROUPS = 20;
const TEAMS = 10;
const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:ListBucket',
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteQueue',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'lambda:InvokeFunction',
  'lambda:UpdateFunctionCode',
  'secretsmanager:GetSecretValue',
  'kms:Decrypt',
  'ssm:GetParameter',
  'iam:PassRole',
  'iam:CreateUser',
  'ec2:RunInstances',
  'logs:PutLogEvents',
  'sns:Publish',
];

const arnOf = (kind: string, name: string) => `arn:aws:iam::${OWN}:${kind}/${name}`;
const TRUST = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
const BOUNDARY = document({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' });
const GUARDRAIL = document({
  Effect: 'Deny',
  NotAction: ['iam:*', 'sts:*', 'organizations:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
});
const FULL_ACCESS = document({ Effect: 'Allow', Action: '*', Resource: '*' });

function managed(name: string, policy: Document) {
  const versions = [{ VersionId: 'v1', IsDefaultVersion: true, Document: policy }];
  return { PolicyName: name, Arn: arnOf('policy', name), DefaultVersionId: 'v1', PolicyVersionList: versions };
}

const attached = (...names: string[]) => names.map((name) => ({ PolicyName: name, PolicyArn: arnOf('policy', name) }));

/** The account as iam:GetAccountAuthorizationDetails tells it. */
function details(): object {
  const teams = Array.from({ length: TEAMS }, (_, team) => managed(`Team${team}`, teamsPolicy(team, 20)));
  const own = (n: number) => [{ PolicyName: 'Own', PolicyDocument: teamsPolicy(100 + n, 4) }];
  return {
    UserDetailList: Array.from({ length: USERS }, (_, n) => ({
      UserName: `User${n}`,
      UserId: `AIDA${n}`,
      Arn: arnOf('user', `User${n}`),
      GroupList: [`Group${n % GROUPS}`],
      UserPolicyList: own(n),
      AttachedManagedPolicies: attached(`Team${n % TEAMS}`),
      ...(n % 4 === 0 ? { PermissionsBoundary: { PermissionsBoundaryArn: arnOf('policy', 'Boundary') } } : {}),
    })),
    GroupDetailList: Array.from({ length: GROUPS }, (_, n) => ({
      GroupName: `Group${n}`,
      GroupId: `AGPA${n}`,
      Arn: arnOf('group', `Group${n}`),
      GroupPolicyList: [],
      AttachedManagedPolicies: attached(`Team${(n + 1) % TEAMS}`, `Team${(n + 2) % TEAMS}`),
    })),
    RoleDetailList: Array.from({ length: ROLES }, (_, n) => ({
      RoleName: `Role${n}`,
      RoleId: `AROA${n}`,
      Arn: arnOf('role', `Role${n}`),
      AssumeRolePolicyDocument: TRUST,
      RolePolicyList: own(1000 + n),
      AttachedManagedPolicies: attached(`Team${n % TEAMS}`),
    })),
    Policies: [...teams, managed('Boundary', BOUNDARY)],
  };
}

function attach(policy: Document) {
  const parsed = parsePolicy(JSON.stringify(policy), 'identity');
  if (parsed.kind === 'malformed') throw new Error(parsed.awsMessage);
  return { layer: 'service-control', name: 'scp', kind: 'managed', attachedTo: 'root', policy: parsed.policy } as const;
}

function estate(): Estate {
  const read = readAccountDetails(details(), () => undefined);
  if (read.kind === 'invalid') throw new Error(`${read.pointer}: ${read.message}`);
  const levels = [[attach(FULL_ACCESS), attach(GUARDRAIL)], [attach(FULL_ACCESS)]];
  return { accounts: [read.account], resourcePolicies: [], serviceControl: { [OWN]: levels } };
}

/** Ten resources of the kind that an action is about. */
function resourcesOf(action: string): readonly string[] {
  const [service = ''] = action.split(':');
  return Array.from({ length: 10 }, (_, n) => {
    const team = `team-${n}-0`;
    if (service === 's3') return `arn:aws:s3:::${team}${action === 's3:ListBucket' ? '' : '/2026/drafts/list.csv'}`;
    if (service === 'iam') return arnOf(action === 'iam:PassRole' ? 'role' : 'user', `team/${team}`);
    return `arn:aws:${service}:eu-central-1:${OWN}:${service === 'dynamodb' ? 'table/' : ''}${team}`;
  });
}

export interface MatrixFigures {
  readonly principals: number;
  readonly cells: number;
  /** Milliseconds to read the account, and to decide all cells for the first time: all that is compiled is compiled in it. */
  readonly read: number;
  readonly decide: number;
  readonly allowed: number;
  /** Bytes that the account holds, its compiled policies included. */
  readonly heap: number;
}

/** Reads the account and decides its matrix, once. */
export async function timeMatrix(): Promise<MatrixFigures> {
  const before = await heapInUse();
  const start = processorTime();
  const whole = estate();
  const read = processorTime() - start;
  const callers = whole.accounts.flatMap(({ users, roles }) => [...users, ...roles]).map(callerOf);
  const columns = ACTIONS.flatMap((action) => resourcesOf(action).map((resource) => ({ action, resource })));
  const first = processorTime();
  let cells = 0;
  let allowed = 0;
  for (const caller of callers) {
    for (const { action, resource } of columns) {
      const request: AnyRequest = { caller, action, resource, resourceAccountId: OWN, context: CALL };
      if (decide(request, policiesIn(whole, request)).verdict === 'allowed') allowed += 1;
      cells += 1;
    }
  }
  const took = processorTime() - first;
  const heap = (await heapInUse()) - before;
  // Counted in the account itself, which is so kept until its memory has been measured.
  const principals = whole.accounts.reduce((sum, { users, roles }) => sum + users.length + roles.length, 0);
  return { principals, cells, read, decide: took, allowed, heap };
}
