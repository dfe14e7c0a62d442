import { beforeEach, expect, it, test } from 'vitest';
import { allow, deny, policy, Sandbox } from '../../../testing/sandbox.ts';
import { launch } from '../../ec2/testing/launch.ts';
import { agentActions, givenNode, instanceArn } from '../testing/nodes.ts';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});

const listed = (Filters: readonly object[] = []) =>
  sandbox
    .call('ssm:DescribeInstanceInformation', { Filters })
    .InstanceInformationList.map((each: { InstanceId: string; PingStatus: string }) => [
      each.InstanceId,
      each.PingStatus,
    ]);
const connected = (Target: string) => sandbox.call('ssm:GetConnectionStatus', { Target }).Status;

it('an instance whose role lets the agent through is a node', () => {
  const node = givenNode(sandbox);
  launch(sandbox);
  expect(listed()).toEqual([[node, 'Online']]);
  expect(connected(node)).toBe('connected');
  sandbox.call('ec2:StopInstances', { InstanceIds: [node] });
  expect(listed()).toEqual([[node, 'ConnectionLost']]);
  expect(connected(node)).toBe('notconnected');
  sandbox.call('ec2:TerminateInstances', { InstanceIds: [node] });
  expect(listed()).toEqual([]);
});

test.each<[string, (node: string) => void]>([
  ['without its role’s policy', () => sandbox.call('iam:DeleteRolePolicy', { RoleName: 'Node', PolicyName: 'p' })],
  [
    'without a role',
    () => sandbox.call('iam:RemoveRoleFromInstanceProfile', { RoleName: 'Node', InstanceProfileName: 'Node' }),
  ],
  [
    'whose role EC2 may not assume',
    () =>
      sandbox.call('iam:UpdateAssumeRolePolicy', {
        RoleName: 'Node',
        PolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
  ],
  [
    'whose metadata service is off',
    (InstanceId) => sandbox.call('ec2:ModifyInstanceMetadataOptions', { InstanceId, HttpEndpoint: 'disabled' }),
  ],
  [
    'that a policy denies',
    (node) =>
      sandbox.call('iam:PutRolePolicy', {
        RoleName: 'Node',
        PolicyName: 'no',
        PolicyDocument: policy(deny('ssm:UpdateInstanceInformation', instanceArn(node))),
      }),
  ],
])('one %s is none', (_what, change) => {
  const node = givenNode(sandbox);
  change(node);
  expect(listed()).toEqual([]);
  expect(connected(node)).toBe('notconnected');
});

it('takes commands by the older channel, and sessions by the newer alone', () => {
  const older = [
    'ssm:UpdateInstanceInformation',
    'ec2messages:GetMessages',
    'ec2messages:AcknowledgeMessage',
    'ec2messages:SendReply',
  ];
  const node = givenNode(sandbox, 'Older', {}, older);
  const input = { DocumentName: 'AWS-RunShellScript', InstanceIds: [node], Parameters: { commands: ['id'] } };
  expect(sandbox.call('ssm:SendCommand', input).Command.Status).toBe('Pending');
  expect(sandbox.fail('ssm:StartSession', { Target: node }).code).toBe('TargetNotConnected');
  const silent = givenNode(sandbox, 'Silent', {}, ['ssm:UpdateInstanceInformation']);
  expect(listed()).toContainEqual([silent, 'Online']);
  expect(sandbox.fail('ssm:SendCommand', { ...input, InstanceIds: [silent] }).code).toBe('InvalidInstanceId');
});

it('filters, and asks for the instance by its tags', () => {
  const web = givenNode(sandbox, 'Web', { role: 'web' });
  const db = givenNode(sandbox, 'Db', { role: 'db' }, [...agentActions]);
  expect(listed([{ Key: 'tag:role', Values: ['web'] }])).toEqual([[web, 'Online']]);
  expect(listed([{ Key: 'InstanceIds', Values: [db] }])).toEqual([[db, 'Online']]);
  expect(listed([{ Key: 'PingStatus', Values: ['ConnectionLost'] }])).toEqual([]);
  expect(sandbox.fail('ssm:DescribeInstanceInformation', { Filters: [{ Key: 'Colour', Values: ['x'] }] }).code).toBe(
    'InvalidFilterKey',
  );
  const onWeb = { Condition: { StringEquals: { 'aws:ResourceTag/role': 'web' } } };
  const eve = sandbox.user('eve', allow('ssm:GetConnectionStatus', '*', onWeb));
  sandbox.call('ssm:GetConnectionStatus', { Target: web }, eve);
  expect(sandbox.fail('ssm:GetConnectionStatus', { Target: db }, eve).code).toBe('AccessDeniedException');
});
