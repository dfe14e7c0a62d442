/** What tests of EC2 start from. */
import { allow, type Output, policy, type Sandbox } from '../../../testing/sandbox.ts';

/** Amazon Linux 2, which leaves version 1 of the metadata service on, and Amazon Linux 2023, which does not. */
export const oldImage = 'ami-0abcdef1234567892';
export const newImage = 'ami-0abcdef1234567890';

/** Launches one instance, as root unless another is named. */
export function launch(sandbox: Sandbox, more: object = {}, caller?: Parameters<Sandbox['call']>[2]): Output {
  const input = { ImageId: oldImage, InstanceType: 't2.micro', MinCount: 1, MaxCount: 1, ...more };
  return sandbox.call('ec2:RunInstances', input, caller).Instances[0];
}

/** The instance as it is described. */
export function described(sandbox: Sandbox, InstanceId: string): Output {
  return sandbox.call('ec2:DescribeInstances', { InstanceIds: [InstanceId] }).Reservations[0].Instances[0];
}

/** A role that EC2 may assume, in an instance profile of its name. */
export function profile(sandbox: Sandbox, name: string, ...statements: readonly object[]): void {
  sandbox.call('iam:CreateRole', {
    RoleName: name,
    AssumeRolePolicyDocument: policy({
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  });
  sandbox.call('iam:PutRolePolicy', {
    RoleName: name,
    PolicyName: 'p',
    PolicyDocument: policy(...(statements.length > 0 ? statements : [allow('s3:*')])),
  });
  sandbox.call('iam:CreateInstanceProfile', { InstanceProfileName: name });
  sandbox.call('iam:AddRoleToInstanceProfile', { InstanceProfileName: name, RoleName: name });
}
