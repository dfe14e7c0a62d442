/** Instances in rows: what they are launched with, and what code on them finds at the metadata service. */
import { asks } from '../../cloud/metadata/testing/asking.ts';
import { role, trusts } from './documents.ts';
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

/** The credentials on an instance, which code on it takes. */
export function takesCredentials(of: string, name: string, runs?: string): PathStep {
  return { host: (answers) => ({ instanceId: launchedId(answers, of), ...(runs !== undefined && { runs }) }), name };
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** @throws where the instance has no role, or does not run what it is said to run */
export function askHost(sandbox: PathSandbox, { instanceId, runs }: ReturnType<HostStep['host']>): Answers[string] {
  const ask = (path: string) => {
    const { status, text } = asks(sandbox, instanceId, { path: `/latest/${path}` });
    if (status !== 200) throw new Error(`The metadata service of ${instanceId} answers ${status} to ${path}`);
    return text;
  };
  if (runs !== undefined && ask('user-data') !== runs)
    throw new Error(`${instanceId} does not run this as its user data`);
  const folder = 'meta-data/iam/security-credentials/';
  const answer = JSON.parse(ask(folder + ask(folder)));
  if (answer.Code !== 'Success') throw new Error(answer.Message);
  return answer;
}
