/** Rows of services that call AWS as a role that they are given: templates, schedules, state machines, automation, pools. */
import type { Need, Row } from '../row.ts';

const DOCUMENT = 'arn:*:ssm:*:*:document/{document}';
const STACK = 'arn:*:cloudformation:*:*:stack/{stack}/{#stack}';
const STACK_SET = 'arn:*:cloudformation:*:*:stackset/{stackset}:{#stackset}';
const MACHINE = 'arn:*:states:*:*:stateMachine:{machine}';
const byCloudFormation = { 'cloudformation:RoleArn': '$target' };
const onWorkload = (action: string, context: Need['context'] = {}): Need => ({ action, on: '$workload', context });

export const AUTOMATION_ROWS: readonly Row[] = [
  {
    path: '32',
    title: 'A role given to the guests of a Cognito identity pool',
    class: 'C',
    ways: [
      {
        kind: 'pass-role',
        services: ['cognito-identity.amazonaws.com'],
        trusted: 'by-pool',
        needs: [{ action: 'cognito-identity:SetIdentityPoolRoles', on: '*' }],
      },
    ],
  },
  {
    path: '35',
    title: 'A trust anchor of one’s own in IAM Roles Anywhere',
    class: 'C',
    ways: [
      {
        kind: 'pass-role',
        services: ['rolesanywhere.amazonaws.com'],
        source: 'arn:*:rolesanywhere:*:*:trust-anchor/{#anchor}',
        needs: [
          { action: 'rolesanywhere:CreateTrustAnchor', on: '*' },
          { action: 'rolesanywhere:CreateProfile', on: '*' },
        ],
      },
    ],
  },
  {
    path: '52',
    title: 'A role passed to an automation of Systems Manager',
    class: 'C*',
    ways: [
      {
        kind: 'pass-role',
        services: ['ssm.amazonaws.com'],
        source: 'arn:*:ssm:*:*:automation-execution/{#execution}',
        needs: [
          { action: 'ssm:CreateDocument', on: DOCUMENT },
          { action: 'ssm:StartAutomationExecution', on: 'arn:*:ssm:*:*:automation-definition/{document}:1' },
        ],
      },
    ],
  },
  {
    path: '53',
    title: 'A role passed to a new stack',
    class: 'C*',
    ways: [
      {
        kind: 'pass-role',
        services: ['cloudformation.amazonaws.com'],
        needs: [{ action: 'cloudformation:CreateStack', on: STACK, context: byCloudFormation }],
      },
    ],
  },
  {
    path: '54',
    title: 'A stack updated with the role that it keeps',
    class: 'C*',
    ways: [{ kind: 'take-workload', workload: 'stack', needs: [onWorkload('cloudformation:UpdateStack')] }],
  },
  {
    path: '55',
    title: 'A change set of a stack',
    class: 'C*',
    ways: [
      {
        kind: 'take-workload',
        workload: 'stack',
        needs: [onWorkload('cloudformation:CreateChangeSet'), onWorkload('cloudformation:ExecuteChangeSet')],
      },
      {
        kind: 'pass-role',
        services: ['cloudformation.amazonaws.com'],
        needs: [
          { action: 'cloudformation:CreateChangeSet', on: STACK, context: byCloudFormation },
          { action: 'cloudformation:ExecuteChangeSet', on: STACK },
        ],
      },
    ],
  },
  {
    path: '56',
    title: 'A stack set, whose administration role assumes execution roles',
    class: 'C*',
    ways: [
      {
        kind: 'pass-role',
        services: ['cloudformation.amazonaws.com'],
        only: ['sts:AssumeRole'],
        needs: [
          { action: 'cloudformation:CreateStackSet', on: '*', context: byCloudFormation },
          { action: 'cloudformation:CreateStackInstances', on: STACK_SET },
        ],
      },
      {
        kind: 'pass-role',
        services: ['cloudformation.amazonaws.com'],
        only: ['sts:AssumeRole'],
        workload: 'stack-set',
        needs: [onWorkload('cloudformation:UpdateStackSet', byCloudFormation)],
      },
      { kind: 'take-workload', workload: 'stack-set', needs: [onWorkload('cloudformation:UpdateStackSet')] },
    ],
  },
  {
    path: '57',
    title: 'The template of a stack overwritten in its bucket',
    class: 'C*',
    ways: [{ kind: 'take-workload', workload: 'bucket', needs: [{ action: 's3:PutObject', on: '$workload/{key}' }] }],
  },
  {
    path: '58',
    title: 'A role passed to a schedule',
    class: 'C*',
    ways: [
      {
        kind: 'pass-role',
        services: ['scheduler.amazonaws.com'],
        needs: [{ action: 'scheduler:CreateSchedule', on: 'arn:*:scheduler:*:*:schedule/{group}/{schedule}' }],
      },
    ],
  },
  {
    path: '59',
    title: 'A role passed to a state machine',
    class: 'C*',
    ways: [
      {
        kind: 'pass-role',
        services: ['states.amazonaws.com'],
        needs: [
          { action: 'states:CreateStateMachine', on: MACHINE },
          { action: 'states:StartExecution', on: MACHINE },
        ],
      },
      {
        kind: 'take-workload',
        workload: 'state-machine',
        needs: [onWorkload('states:UpdateStateMachine'), onWorkload('states:StartExecution')],
      },
      {
        kind: 'pass-role',
        services: ['states.amazonaws.com'],
        workload: 'state-machine',
        needs: [onWorkload('states:UpdateStateMachine'), onWorkload('states:StartExecution')],
      },
    ],
  },
  {
    path: 'M4',
    title: 'A role passed to the test of a state',
    class: 'C',
    ways: [
      {
        kind: 'pass-role',
        services: ['states.amazonaws.com'],
        needs: [{ action: 'states:TestState', on: '*' }],
      },
    ],
  },
  {
    path: 'M8',
    title: 'A role passed to a role alias, a pipe or a remediation',
    class: 'C*',
    ways: [
      {
        kind: 'pass-role',
        services: ['credentials.iot.amazonaws.com'],
        needs: [{ action: 'iot:CreateRoleAlias', on: 'arn:*:iot:*:*:rolealias/{alias}' }],
      },
      {
        kind: 'pass-role',
        services: ['pipes.amazonaws.com'],
        needs: [{ action: 'pipes:CreatePipe', on: 'arn:*:pipes:*:*:pipe/{pipe}' }],
      },
      {
        kind: 'pass-role',
        services: ['ssm.amazonaws.com'],
        needs: [
          {
            action: 'config:PutRemediationConfigurations',
            on: 'arn:*:config:*:*:remediation-configuration/{#remediation}',
          },
        ],
      },
    ],
  },
];
