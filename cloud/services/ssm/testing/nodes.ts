/** Managed nodes for tests, and scripts that come to what a test says. */
import type { RunOrder, RunResult } from '../../../process.ts';
import { accountId, allow, type Sandbox } from '../../../testing/sandbox.ts';
import { launch, profile } from '../../ec2/testing/launch.ts';

/** What the agent needs. */
export const agentActions: readonly string[] = [
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

export const instanceArn = (id: string) => `arn:aws:ec2:us-east-1:${accountId}:instance/${id}`;

/** The ARN of a document of the account's own, or of AWS's. */
export const documentArn = (name: string) =>
  `arn:aws:ssm:us-east-1:${name.startsWith('AWS-') ? '' : accountId}:document/${name}`;

/** An instance whose role lets the agent do what `actions` say; its id. */
export function givenNode(
  sandbox: Sandbox,
  name = 'Node',
  tags: Readonly<Record<string, string>> = {},
  actions = agentActions,
): string {
  profile(sandbox, name, allow(actions));
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const more = Tags.length > 0 ? { TagSpecifications: [{ ResourceType: 'instance', Tags }] } : {};
  return String(launch(sandbox, { IamInstanceProfile: { Name: name }, ...more }).InstanceId);
}

export type Shell = Extract<RunOrder, { kind: 'shell' }>;

interface Ran {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  readonly session?: string;
}

/** Has scripts run: each comes to what `run` makes of it. Gives the orders as they come. */
export function withScripts(sandbox: Sandbox, run: (order: Shell) => Ran | 'timed-out'): readonly Shell[] {
  const orders: Shell[] = [];
  sandbox.runs = (order): RunResult => {
    if (order.kind !== 'shell') throw new Error('Only scripts run here');
    orders.push(order);
    const ran = run(order);
    if (ran === 'timed-out') return { kind: 'timed-out', log: 'so far' };
    const { stdout = '', stderr = '', exitCode = 0, session = '' } = ran;
    return { kind: 'finished', output: stdout, log: stderr, exitCode, host: { session } };
  };
  return orders;
}
