/** Rows of Amazon EC2 and AWS Systems Manager: a command on a host gets the credentials of the role in its instance profile. */
import type { Need, Row } from '../row.ts';

const services = ['ec2.amazonaws.com'];
const IMAGE = 'arn:*:ec2:*::image/ami-{image}';
const SUBNET = 'arn:*:ec2:*:*:subnet/subnet-{subnet}';
const SECURITY_GROUP = 'arn:*:ec2:*:*:security-group/sg-{group}';
const PROFILE = 'arn:*:iam::*:instance-profile/{profile}';
const run = (on: string, context: Need['context'] = {}): Need => ({ action: 'ec2:RunInstances', on, context });
/** EC2 User Guide, "Launch instances (RunInstances)": the resources that every launch names. */
const runInstances: readonly Need[] = [
  run('arn:*:ec2:*:*:instance/i-{#instance}', { 'ec2:InstanceProfile': '$profile' }),
  run(IMAGE),
  run('arn:*:ec2:*:*:network-interface/eni-{#interface}'),
  run(SECURITY_GROUP),
  run(SUBNET),
  run('arn:*:ec2:*:*:volume/vol-{#volume}'),
];
const spot = (on: string): Need => ({ action: 'ec2:RequestSpotInstances', on });
const ownProfile: readonly Need[] = [
  { action: 'iam:CreateInstanceProfile', on: PROFILE },
  { action: 'iam:AddRoleToInstanceProfile', on: PROFILE },
];
const swap: readonly Need[] = [
  { action: 'iam:RemoveRoleFromInstanceProfile', on: '$profile' },
  { action: 'iam:AddRoleToInstanceProfile', on: '$profile' },
];
const associate = (action: string): Need => ({
  action,
  on: '$workload',
  context: { 'ec2:NewInstanceProfile': '$profile' },
});
const onInstance = (action: string): Need => ({ action, on: '$workload' });
const GROUP = 'arn:*:autoscaling:*:*:autoScalingGroup:{#group}:autoScalingGroupName/{group}';
/** One that is there: its id is whatever the policies name. */
const USED_TEMPLATE = 'arn:*:ec2:*:*:launch-template/{template}';
const launchTemplate: Need = { action: 'ec2:CreateLaunchTemplate', on: 'arn:*:ec2:*:*:launch-template/lt-{#template}' };
const launchConfiguration: Need = {
  action: 'autoscaling:CreateLaunchConfiguration',
  on: 'arn:*:autoscaling:*:*:launchConfiguration:{#configuration}:launchConfigurationName/{configuration}',
};

export const HOST_ROWS: readonly Row[] = [
  {
    path: '42',
    title: 'A role passed to a new instance',
    class: 'X',
    ways: [
      { kind: 'pass-role', services, profile: 'held', needs: runInstances },
      { kind: 'pass-role', services, profile: 'made', needs: [...ownProfile, ...runInstances] },
    ],
  },
  {
    path: '43',
    title: 'A role passed to a spot instance',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services,
        profile: 'held',
        needs: [
          spot('arn:*:ec2:*:*:spot-instances-request/sir-{#request}'),
          spot(IMAGE),
          spot(SUBNET),
          spot(SECURITY_GROUP),
        ],
      },
    ],
  },
  {
    path: '44',
    title: 'The user data of an instance rewritten',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'instance',
        needs: [
          onInstance('ec2:StopInstances'),
          { ...onInstance('ec2:ModifyInstanceAttribute'), context: { 'ec2:Attribute': 'UserData' } },
          onInstance('ec2:StartInstances'),
        ],
      },
    ],
  },
  {
    path: '45',
    title: 'A new version of a launch template',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'launch-template',
        needs: [onInstance('ec2:CreateLaunchTemplateVersion'), onInstance('ec2:ModifyLaunchTemplate')],
      },
      {
        kind: 'take-workload',
        workload: 'auto-scaling-group',
        needs: [
          { action: 'ec2:CreateLaunchTemplateVersion', on: USED_TEMPLATE },
          { action: 'ec2:ModifyLaunchTemplate', on: USED_TEMPLATE },
        ],
      },
    ],
  },
  {
    path: '46',
    title: 'The role in an instance profile swapped',
    class: 'C',
    ways: [
      { kind: 'pass-role', services, profile: 'swapped', needs: [...swap, ...runInstances] },
      { kind: 'pass-role', services, profile: 'own', needs: swap },
      { kind: 'pass-role', services, profile: 'swapped', workload: 'instance', needs: swap },
    ],
  },
  {
    path: '47',
    title: 'An instance profile attached to an instance at hand',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services,
        profile: 'held',
        workload: 'instance',
        needs: [associate('ec2:AssociateIamInstanceProfile')],
      },
      {
        kind: 'pass-role',
        services,
        profile: 'held',
        workload: 'instance',
        needs: [associate('ec2:ReplaceIamInstanceProfileAssociation')],
      },
    ],
  },
  {
    path: '48',
    title: 'A role passed to the instances of an Auto Scaling group',
    class: 'X',
    ways: [launchTemplate, launchConfiguration].flatMap((launch) => [
      {
        kind: 'pass-role' as const,
        services,
        profile: 'held' as const,
        needs: [launch, { action: 'autoscaling:CreateAutoScalingGroup', on: GROUP }],
      },
      {
        kind: 'pass-role' as const,
        services,
        profile: 'held' as const,
        workload: 'auto-scaling-group' as const,
        needs: [launch, { action: 'autoscaling:UpdateAutoScalingGroup', on: '$workload' }],
      },
    ]),
  },
  {
    path: '49',
    title: 'An SSH key pushed to an instance',
    class: 'X',
    ways: [
      { kind: 'take-workload', workload: 'instance', needs: [onInstance('ec2-instance-connect:SendSSHPublicKey')] },
    ],
  },
  {
    path: '50',
    title: 'A session on an instance',
    class: 'X',
    ways: [{ kind: 'take-workload', workload: 'instance', needs: [onInstance('ssm:StartSession')] }],
  },
  {
    path: '51',
    title: 'A command run on an instance',
    class: 'X',
    ways: ['AWS-RunShellScript', 'AWS-RunPowerShellScript'].map((document) => ({
      kind: 'take-workload' as const,
      workload: 'instance' as const,
      needs: [onInstance('ssm:SendCommand'), { action: 'ssm:SendCommand', on: `arn:*:ssm:*::document/${document}` }],
    })),
  },
  {
    path: 'M10',
    title: 'An SSH key pushed to the serial console of an instance',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'instance',
        needs: [onInstance('ec2-instance-connect:SendSerialConsoleSSHPublicKey')],
      },
    ],
  },
];
