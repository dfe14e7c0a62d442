/** Rows in which a service runs something as a role. */
import { allow, deny, roleArn, trusts, userArn, when } from '../testing/accounts.ts';
import { arn } from './arns.ts';
import { EVE, everything, forEve, nobody, people, type RowCase, ruledBy } from './case.ts';

const PASS = 'iam:PassRole';
const onNamedRole = { Resource: 'arn:aws:iam::111122223333:role/app/*' };

/** A way that passes a role: its fix names the roles that may be passed. */
function passing(path: string, service: string, actions: readonly string[], more: Partial<RowCase> = {}): RowCase {
  return {
    path,
    name: actions.join(' '),
    eve: { allows: [allow([PASS, ...actions])] },
    account: { roles: { Admin: ruledBy(service) } },
    reaches: roleArn('Admin'),
    fix: { eve: { allows: [allow(PASS, onNamedRole), allow(actions)] } },
    ...more,
  };
}

/** A way by a workload: its fix scopes the actions to other ones. */
function taking(path: string, workload: string, actions: readonly string[], more: Partial<RowCase> = {}): RowCase {
  return {
    path,
    name: actions.join(' '),
    eve: { allows: [allow(actions)] },
    account: { roles: { Admin: ruledBy('lambda') } },
    workloads: [{ arn: workload, role: roleArn('Admin') }],
    reaches: roleArn('Admin'),
    fix: { eve: { allows: [allow(actions, { Resource: `${workload}-other` })] } },
    ...more,
  };
}

const on = (...workloads: readonly string[]) =>
  workloads.map((workload) => ({ arn: workload, role: roleArn('Worker') }));
const worker = { Worker: nobody };
const instance = arn('ec2:instance/i-0aa');

export const SERVICE_CASES: readonly RowCase[] = [
  passing('32', 'lambda', ['cognito-identity:SetIdentityPoolRoles'], {
    account: {
      roles: {
        Admin: {
          allows: everything,
          trusts: [
            trusts({ Federated: 'cognito-identity.amazonaws.com' }, 'sts:AssumeRoleWithWebIdentity', {
              Condition: {
                StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0a0a' },
                'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' },
              },
            }),
          ],
        },
      },
    },
  }),
  passing('35', 'rolesanywhere', ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile']),
  passing('35', 'rolesanywhere', ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile'], {
    name: 'its anchor pinned',
    fix: {
      account: {
        roles: {
          Admin: {
            allows: everything,
            trusts: [
              trusts({ Service: 'rolesanywhere.amazonaws.com' }, 'sts:AssumeRole', {
                ...when('ArnEquals', 'aws:SourceArn', arn('rolesanywhere:trust-anchor/ours')),
              }),
            ],
          },
        },
      },
    },
  }),
  passing('36', 'lambda', ['lambda:CreateFunction', 'lambda:InvokeFunction']),
  passing('36', 'lambda', ['lambda:CreateFunction', 'lambda:InvokeFunction'], {
    name: 'for another service',
    fix: {
      eve: {
        allows: [
          allow(PASS, when('StringEquals', 'iam:PassedToService', 'ec2.amazonaws.com')),
          allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
        ],
      },
    },
  }),
  passing('36', 'ec2', ['lambda:CreateFunction', 'lambda:InvokeFunction'], {
    name: 'to a function of a name',
    account: { roles: { Admin: ruledBy('lambda') } },
    eve: {
      allows: [
        allow(PASS),
        allow(['lambda:CreateFunction', 'lambda:InvokeFunction'], {
          Resource: 'arn:aws:lambda:eu-west-1:*:function:dev-*',
        }),
      ],
    },
    fix: { account: { roles: { Admin: ruledBy('ec2') } } },
  }),
  passing('37', 'lambda', ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping']),
  passing('38', 'lambda', ['lambda:CreateFunction', 'lambda:AddPermission']),
  taking('39', arn('lambda:function:app'), ['lambda:UpdateFunctionCode']),
  taking('40', arn('lambda:function:app'), ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']),
  taking('40', arn('lambda:function:app'), ['lambda:UpdateFunctionCode', 'lambda:AddPermission']),
  taking('41', arn('lambda:function:app'), ['lambda:UpdateFunctionConfiguration']),
  passing('41', 'lambda', ['lambda:UpdateFunctionConfiguration'], {
    name: 'with another role',
    account: { roles: { Admin: ruledBy('lambda'), ...worker } },
    workloads: on(arn('lambda:function:app')),
  }),
  passing('42', 'ec2', ['ec2:RunInstances']),
  passing('42', 'ec2', ['ec2:RunInstances', 'iam:CreateInstanceProfile', 'iam:AddRoleToInstanceProfile'], {
    account: { roles: { Admin: { ...ruledBy('ec2'), profile: 'none' } } },
  }),
  passing('43', 'ec2', ['ec2:RequestSpotInstances']),
  taking('44', instance, ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances']),
  taking('45', arn('ec2:launch-template/lt-0aa'), ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate']),
  taking('45', arn('autoscaling:autoScalingGroup:0aa:autoScalingGroupName/web'), [
    'ec2:CreateLaunchTemplateVersion',
    'ec2:ModifyLaunchTemplate',
  ]),
  passing('46', 'ec2', ['iam:RemoveRoleFromInstanceProfile', 'iam:AddRoleToInstanceProfile', 'ec2:RunInstances'], {
    account: { roles: { Admin: { ...ruledBy('ec2'), profile: 'none' }, Worker: { ...nobody, profile: 'own' } } },
  }),
  passing('46', 'ec2', ['iam:RemoveRoleFromInstanceProfile', 'iam:AddRoleToInstanceProfile'], {
    name: 'of an instance at hand',
    account: { roles: { Admin: { ...ruledBy('ec2'), profile: 'none' }, Worker: { ...nobody, profile: 'own' } } },
    workloads: on(instance),
  }),
  passing('47', 'ec2', ['ec2:AssociateIamInstanceProfile'], {
    account: { roles: { Admin: ruledBy('ec2'), ...worker } },
    workloads: [{ arn: instance }],
  }),
  passing('47', 'ec2', ['ec2:ReplaceIamInstanceProfileAssociation'], { workloads: [{ arn: instance }] }),
  passing('48', 'ec2', ['autoscaling:CreateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration']),
  passing('48', 'ec2', ['autoscaling:CreateAutoScalingGroup', 'ec2:CreateLaunchTemplate']),
  passing('48', 'ec2', ['autoscaling:UpdateAutoScalingGroup', 'ec2:CreateLaunchTemplate'], {
    workloads: [{ arn: arn('autoscaling:autoScalingGroup:0aa:autoScalingGroupName/web') }],
  }),
  taking('49', instance, ['ec2-instance-connect:SendSSHPublicKey']),
  taking('M10', instance, ['ec2-instance-connect:SendSerialConsoleSSHPublicKey']),
  taking('50', instance, ['ssm:StartSession']),
  taking('50', instance, ['ssm:StartSession'], {
    name: 'by tag',
    workloads: [{ arn: instance, role: roleArn('Admin'), tags: { env: 'dev' } }],
    eve: { allows: [allow('ssm:StartSession', when('StringEquals', 'ssm:resourceTag/env', 'dev'))] },
    fix: { workloads: [{ arn: instance, role: roleArn('Admin'), tags: { env: 'prod' } }] },
  }),
  taking('51', instance, ['ssm:SendCommand']),
  passing('52', 'ssm', ['ssm:CreateDocument', 'ssm:StartAutomationExecution']),
  passing('53', 'cloudformation', ['cloudformation:CreateStack']),
  passing('53', 'cloudformation', ['cloudformation:CreateStack'], {
    name: 'with a role of a list',
    fix: {
      eve: {
        allows: [
          allow(PASS),
          allow('cloudformation:CreateStack', when('ArnEquals', 'cloudformation:RoleArn', roleArn('Deployer'))),
        ],
      },
    },
  }),
  taking('54', arn('cloudformation:stack/app/0aa'), ['cloudformation:UpdateStack']),
  taking('55', arn('cloudformation:stack/app/0aa'), [
    'cloudformation:CreateChangeSet',
    'cloudformation:ExecuteChangeSet',
  ]),
  passing('55', 'cloudformation', ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet']),
  passing('29', 'cloudformation', ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'], {
    name: 'to the execution role of a stack set (row 56)',
    after: ['56'],
    account: {
      roles: {
        Administration: { allows: [allow('sts:AssumeRole')], trusts: ruledBy('cloudformation').trusts },
        Admin: { allows: everything, trusts: [trusts({ AWS: roleArn('Administration') })] },
      },
    },
  }),
  passing('56', 'cloudformation', ['cloudformation:UpdateStackSet'], {
    admin: 'no',
    workloads: [{ arn: arn('cloudformation:stackset/app:0aa') }],
    account: { roles: { Admin: { ...forEve, trusts: ruledBy('cloudformation').trusts } } },
  }),
  taking('56', arn('cloudformation:stackset/app:0aa'), ['cloudformation:UpdateStackSet']),
  taking('57', 'arn:aws:s3:::templates', ['s3:PutObject'], {
    fix: { eve: { allows: [allow('s3:PutObject', { Resource: 'arn:aws:s3:::others/*' })] } },
  }),
  passing('58', 'scheduler', ['scheduler:CreateSchedule']),
  passing('58', 'scheduler', ['scheduler:CreateSchedule'], {
    name: 'in the group that the role trusts',
    account: {
      roles: {
        Admin: {
          allows: everything,
          trusts: [
            trusts({ Service: 'scheduler.amazonaws.com' }, 'sts:AssumeRole', {
              ...when('ArnLike', 'aws:SourceArn', arn('scheduler:schedule/default/*')),
            }),
          ],
        },
      },
    },
    fix: {
      eve: { allows: [allow(PASS), allow('scheduler:CreateSchedule', { Resource: arn('scheduler:schedule/dev/*') })] },
    },
  }),
  passing('59', 'states', ['states:CreateStateMachine', 'states:StartExecution']),
  taking('59', arn('states:stateMachine:app'), ['states:UpdateStateMachine', 'states:StartExecution']),
  passing('M4', 'states', ['states:TestState']),
  passing('M8', 'credentials.iot', ['iot:CreateRoleAlias']),
  passing('M8', 'pipes', ['pipes:CreatePipe']),
  passing('M8', 'ssm', ['config:PutRemediationConfigurations']),
  passing('60', 'codebuild', ['codebuild:CreateProject', 'codebuild:StartBuild']),
  passing('60', 'codebuild', ['codebuild:CreateProject', 'codebuild:StartBuildBatch']),
  taking('61', arn('codebuild:project/app'), ['codebuild:StartBuild']),
  taking('61', arn('codebuild:project/app'), ['codebuild:StartBuildBatch'], {
    name: 'with the override denied',
    fix: {
      eve: {
        allows: [
          allow('codebuild:StartBuildBatch'),
          deny('codebuild:StartBuildBatch', when('Null', 'codebuild:source.buildspec', 'false')),
        ],
      },
    },
  }),
  taking('62', arn('codedeploy:deploymentgroup:app/web'), [
    'codedeploy:CreateDeployment',
    'codedeploy:RegisterApplicationRevision',
    'codedeploy:GetDeploymentConfig',
  ]),
  taking('62', instance, [
    'codedeploy:CreateDeployment',
    'codedeploy:RegisterApplicationRevision',
    'codedeploy:GetDeploymentConfig',
  ]),
  passing('64', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:RunTask']),
  passing('64', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:StartTask']),
  passing('64', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:CreateService']),
  passing('65', 'ecs-tasks', ['ecs:RunTask'], { workloads: [{ arn: arn('ecs:task-definition/app:3') }] }),
  passing('65', 'ecs-tasks', ['ecs:RunTask'], { name: 'on a cluster', workloads: [{ arn: arn('ecs:cluster/main') }] }),
  passing('65', 'ecs-tasks', ['ecs:StartTask'], { workloads: [{ arn: arn('ecs:task-definition/app:3') }] }),
  passing('66', 'ecs-tasks', ['ecs:StartTask', 'ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance'], {
    workloads: [{ arn: arn('ecs:cluster/main') }],
  }),
  taking('67', arn('ecs:task/main/0aa'), ['ecs:ExecuteCommand', 'ecs:DescribeTasks']),
  taking('67', arn('ecs:task/main/0aa'), ['ssm:StartSession']),
  passing('68', 'glue', ['glue:CreateDevEndpoint']),
  taking('68', arn('glue:devEndpoint/dev'), ['glue:UpdateDevEndpoint']),
  passing('69', 'glue', ['glue:CreateJob', 'glue:StartJobRun']),
  passing('69', 'glue', ['glue:CreateJob', 'glue:CreateTrigger']),
  passing('69', 'glue', ['glue:UpdateJob', 'glue:StartJobRun'], { workloads: [{ arn: arn('glue:job/nightly') }] }),
  passing('69', 'glue', ['glue:UpdateJob', 'glue:CreateTrigger'], { workloads: [{ arn: arn('glue:job/nightly') }] }),
  passing('70', 'glue', ['glue:CreateSession', 'glue:RunStatement']),
  passing('71', 'sagemaker', ['sagemaker:CreateNotebookInstance']),
  passing('71', 'sagemaker', ['sagemaker:CreateTrainingJob']),
  passing('71', 'sagemaker', ['sagemaker:CreateProcessingJob']),
  taking('72', arn('sagemaker:notebook-instance/lab'), ['sagemaker:CreatePresignedNotebookInstanceUrl']),
  taking('72', arn('sagemaker:notebook-instance/lab'), [
    'sagemaker:CreateNotebookInstanceLifecycleConfig',
    'sagemaker:StopNotebookInstance',
    'sagemaker:UpdateNotebookInstance',
    'sagemaker:StartNotebookInstance',
  ]),
  passing('74', 'tasks.apprunner', ['apprunner:CreateService']),
  taking('74', arn('apprunner:service/web/0aa'), ['apprunner:UpdateService']),
  passing('75', 'ecs-tasks', ['batch:RegisterJobDefinition', 'batch:SubmitJob']),
  taking('75', arn('batch:job-definition/nightly:1'), ['batch:SubmitJob']),
  passing('76', 'bedrock-agentcore', [
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ]),
  passing('76', 'bedrock-agentcore', [
    'bedrock-agentcore:CreateBrowser',
    'bedrock-agentcore:StartBrowserSession',
    'bedrock-agentcore:ConnectBrowserAutomationStream',
  ]),
  passing('76', 'bedrock-agentcore', ['bedrock-agentcore:CreateAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntime']),
  taking('76', arn('bedrock-agentcore:code-interpreter-custom/lab'), [
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ]),
  taking('76', arn('bedrock-agentcore:browser-custom/lab'), [
    'bedrock-agentcore:StartBrowserSession',
    'bedrock-agentcore:ConnectBrowserAutomationStream',
  ]),
  passing('77', 'ec2', ['elasticmapreduce:RunJobFlow']),
  passing('77', 'emr-serverless', ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun']),
  passing('78', 'braket', ['braket:CreateJob']),
  passing('78', 'gamelift', ['gamelift:CreateBuild', 'gamelift:CreateFleet']),
  passing('78', 'ec2', [
    'imagebuilder:CreateInfrastructureConfiguration',
    'imagebuilder:CreateComponent',
    'imagebuilder:CreateImageRecipe',
    'imagebuilder:CreateImage',
  ]),
  passing('78', 'kinesisanalytics', ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication']),
  passing('78', 'omics', ['omics:CreateWorkflow', 'omics:StartRun']),
  passing('79', 'ec2', ['elasticbeanstalk:CreateEnvironment']),
  {
    path: '79',
    name: 'by keys in its settings',
    eve: { allows: [allow('elasticbeanstalk:DescribeConfigurationSettings')] },
    account: { users: people, roles: {} },
    workloads: [{ arn: arn('elasticbeanstalk:environment/shop/live'), keysOf: [userArn('Ada')] }],
    reaches: userArn('Ada'),
    fix: { workloads: [{ arn: arn('elasticbeanstalk:environment/shop/live') }] },
  },
  passing('79', 'ec2', ['elasticbeanstalk:UpdateEnvironment'], {
    workloads: [{ arn: arn('elasticbeanstalk:environment/shop/live') }],
  }),
  taking('M9', arn('eks:cluster/main'), ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy']),
  taking('85', arn('lambda:function:deputy'), ['lambda:InvokeFunction'], {
    account: { roles: { Worker: { ...nobody, allows: [allow('iam:AttachUserPolicy')] } } },
    workloads: on(arn('lambda:function:deputy')),
    reaches: EVE,
    fix: {
      account: {
        roles: {
          Worker: {
            ...nobody,
            allows: [allow('iam:AttachUserPolicy', { Resource: userArn('Someone') })],
          },
        },
      },
    },
  }),
];

const bucket = 'arn:aws:s3:::archive';
const opening = (path: string, resource: string, actions: readonly string[], more: Partial<RowCase> = {}): RowCase => ({
  path,
  name: actions.join(' '),
  eve: { allows: [allow(actions)] },
  account: {},
  workloads: [{ arn: resource }],
  reaches: resource,
  admin: 'no',
  fix: { eve: { allows: [allow(actions, { Resource: `${resource}-other` })] } },
  ...more,
});

export const RESOURCE_CASES: readonly RowCase[] = [
  opening('80', arn('kms:key/0aa'), ['kms:CreateGrant']),
  opening('80', arn('kms:key/0aa'), ['kms:CreateGrant'], {
    name: 'to a grantee of a list',
    fix: {
      eve: { allows: [allow('kms:CreateGrant', when('ArnEquals', 'kms:GranteePrincipal', roleArn('Backup')))] },
    },
  }),
  opening('80', arn('kms:key/0aa'), ['kms:PutKeyPolicy']),
  opening('81', bucket, ['s3:PutBucketPolicy']),
  opening('81', bucket, ['s3:PutBucketPolicy'], {
    name: 'SCP',
    fix: { scps: [[everything, [deny(['s3:*Object', 's3:List*'])]]] },
  }),
  opening('81', arn('lambda:function:app'), ['lambda:AddPermission']),
  opening('81', arn('sqs:jobs'), ['sqs:SetQueueAttributes']),
  opening('81', arn('sqs:jobs'), ['sqs:AddPermission']),
  opening('81', arn('sns:news'), ['sns:AddPermission']),
  opening('81', arn('secretsmanager:secret:db-0aa'), ['secretsmanager:PutResourcePolicy']),
];
