/** Instances whose user data runs, as tests start them. */
import { expect, vi } from 'vitest';
import { policy } from '../../../cloud/testing/sandbox.ts';
import type { CodeSandbox } from './code-platform.ts';

/** Amazon Linux 2, which leaves version 1 of the metadata service on. */
const image = 'ami-0abcdef1234567892';

/** A role that EC2 may assume, in an instance profile of its name. */
export async function hostProfile(sandbox: CodeSandbox, name: string, ...statements: readonly object[]): Promise<void> {
  const Principal = { Service: 'ec2.amazonaws.com' };
  await sandbox.call('iam:CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }),
  });
  await sandbox.call('iam:PutRolePolicy', { RoleName: name, PolicyName: 'p', PolicyDocument: policy(...statements) });
  await sandbox.call('iam:CreateInstanceProfile', { InstanceProfileName: name });
  await sandbox.call('iam:AddRoleToInstanceProfile', { InstanceProfileName: name, RoleName: name });
}

export function userDataOf(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Launches one instance; answers its id. */
export async function launchHost(sandbox: CodeSandbox, more: object): Promise<string> {
  const input = { ImageId: image, InstanceType: 't2.micro', MinCount: 1, MaxCount: 1, ...more };
  return (await sandbox.call('ec2:RunInstances', input)).Instances[0].InstanceId;
}

/** What stands on the console of an instance when so many starts are done. */
export async function writtenBy(sandbox: CodeSandbox, InstanceId: string, starts = 1): Promise<string> {
  return vi.waitFor(
    async () => {
      const { Output } = await sandbox.call('ec2:GetConsoleOutput', { InstanceId });
      const text = Buffer.from(Output, 'base64').toString('utf8');
      expect(text.match(/ finished at /g)).toHaveLength(starts);
      return text;
    },
    { timeout: 20_000, interval: 50 },
  );
}
