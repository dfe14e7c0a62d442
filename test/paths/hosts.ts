/** Instances in rows: what they are launched with, and scripts that run on them. */
import { everything, role, trusts } from './documents.ts';
import type { Answers, CallStep, HostStep, PathStep } from './row.ts';
import { accountId, type PathSandbox } from './sandbox.ts';

const toEc2 = trusts({ Service: 'ec2.amazonaws.com' });
/** Amazon Linux 2: both versions of the metadata service are on. */
const image = 'ami-0abcdef1234567892';

export const instanceArn = (id = '*') => `arn:aws:ec2:us-east-1:${accountId}:instance/${id}`;

/** A role that EC2 may assume, in an instance profile of its name. */
export function hostRole(name: string, ...statements: readonly object[]): readonly CallStep[] {
  return [
    ...role(name, toEc2, ...statements),
    { call: 'iam:CreateInstanceProfile', with: { InstanceProfileName: name } },
    { call: 'iam:AddRoleToInstanceProfile', with: { InstanceProfileName: name, RoleName: name } },
  ];
}

/** Launches an instance; the answer stands under `name`. */
export function launches(name: string, more: object = {}): CallStep {
  return {
    call: 'ec2:RunInstances',
    with: { ImageId: image, InstanceType: 't2.micro', MinCount: 1, MaxCount: 1, ...more },
    name,
  };
}

export function launchedId(answers: Answers, name: string): string {
  return answers[name].Instances[0].InstanceId;
}

/** A script that gives Eve everything, by whatever role its instance has. */
export const malice = `#!/bin/bash
aws iam put-user-policy --user-name Eve --policy-name gift --policy-document '${everything}'
`;

/** Who holds the instance that was launched under a name runs a script on it. */
export function runsOn(name: string, script: string): PathStep {
  return { host: (answers) => ({ instanceId: launchedId(answers, name), script }) };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** @throws where it does not end well */
export async function runScript(
  sandbox: PathSandbox,
  { instanceId, script }: ReturnType<HostStep['host']>,
  part: string,
): Promise<void> {
  const ran = await sandbox.onHost({
    accountId,
    region: 'us-east-1',
    instanceId,
    user: 'root',
    directory: '/root',
    script,
    timeoutMilliseconds: 10_000,
  });
  if (ran.kind !== 'finished' || ran.exitCode !== 0)
    throw new Error(`${part}: on ${instanceId}: ${JSON.stringify(ran)}`);
}
