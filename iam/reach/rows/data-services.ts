/** Rows of data, machine learning and other services that run code as a role. */
import type { Need, Row } from '../row.ts';

const onWorkload = (action: string): Need => ({ action, on: '$workload' });
const byGlue = ['glue.amazonaws.com'];
const bySageMaker = ['sagemaker.amazonaws.com'];
const byAgentCore = ['bedrock-agentcore.amazonaws.com'];
const JOB = 'arn:*:glue:*:*:job/{job}';
const SESSION = 'arn:*:glue:*:*:session/{session}';
const INTERPRETER = 'arn:*:bedrock-agentcore:*:*:code-interpreter-custom/{#interpreter}';
const BROWSER = 'arn:*:bedrock-agentcore:*:*:browser-custom/{#browser}';
const startRun: Need = { action: 'glue:StartJobRun', on: JOB };
const createTrigger: Need = { action: 'glue:CreateTrigger', on: 'arn:*:glue:*:*:trigger/{trigger}' };
const lifecycle: Need = {
  action: 'sagemaker:CreateNotebookInstanceLifecycleConfig',
  on: 'arn:*:sagemaker:*:*:notebook-instance-lifecycle-config/{configuration}',
};

export const DATA_SERVICE_ROWS: readonly Row[] = [
  {
    path: '68',
    title: 'A role passed to a development endpoint of AWS Glue, or the key of one updated',
    class: 'X',
    ways: [
      { kind: 'pass-role', services: byGlue, needs: [{ action: 'glue:CreateDevEndpoint', on: '*' }] },
      { kind: 'take-workload', workload: 'dev-endpoint', needs: [onWorkload('glue:UpdateDevEndpoint')] },
    ],
  },
  {
    path: '69',
    title: 'A role passed to a job of AWS Glue',
    class: 'X',
    ways: [startRun, createTrigger].flatMap((start) => [
      {
        kind: 'pass-role' as const,
        services: byGlue,
        needs: [{ action: 'glue:CreateJob', on: JOB }, start],
      },
      {
        kind: 'pass-role' as const,
        services: byGlue,
        workload: 'job' as const,
        needs: [onWorkload('glue:UpdateJob'), start === startRun ? onWorkload('glue:StartJobRun') : start],
      },
    ]),
  },
  {
    path: '70',
    title: 'A role passed to an interactive session of AWS Glue',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: byGlue,
        needs: [
          { action: 'glue:CreateSession', on: SESSION },
          { action: 'glue:RunStatement', on: SESSION },
        ],
      },
    ],
  },
  {
    path: '71',
    title: 'A role passed to a notebook or a job of SageMaker',
    class: 'X',
    ways: [
      ['sagemaker:CreateNotebookInstance', 'notebook-instance/{notebook}'],
      ['sagemaker:CreateTrainingJob', 'training-job/{job}'],
      ['sagemaker:CreateProcessingJob', 'processing-job/{job}'],
    ].map(([action = '', resource = '']) => ({
      kind: 'pass-role' as const,
      services: bySageMaker,
      needs: [{ action, on: `arn:*:sagemaker:*:*:${resource}` }],
    })),
  },
  {
    path: '72',
    title: 'A notebook of SageMaker opened, or its start script replaced',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'notebook',
        needs: [onWorkload('sagemaker:CreatePresignedNotebookInstanceUrl')],
      },
      {
        kind: 'take-workload',
        workload: 'notebook',
        needs: [
          lifecycle,
          onWorkload('sagemaker:StopNotebookInstance'),
          onWorkload('sagemaker:UpdateNotebookInstance'),
          onWorkload('sagemaker:StartNotebookInstance'),
        ],
      },
    ],
  },
  {
    path: '76',
    title: 'A role passed to an interpreter, a browser or a runtime of Bedrock AgentCore, or one used',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: byAgentCore,
        needs: [
          { action: 'bedrock-agentcore:CreateCodeInterpreter', on: '*' },
          { action: 'bedrock-agentcore:StartCodeInterpreterSession', on: INTERPRETER },
          { action: 'bedrock-agentcore:InvokeCodeInterpreter', on: INTERPRETER },
        ],
      },
      {
        kind: 'pass-role',
        services: byAgentCore,
        needs: [
          { action: 'bedrock-agentcore:CreateBrowser', on: '*' },
          { action: 'bedrock-agentcore:StartBrowserSession', on: BROWSER },
          { action: 'bedrock-agentcore:ConnectBrowserAutomationStream', on: '*' },
        ],
      },
      {
        kind: 'pass-role',
        services: byAgentCore,
        needs: [
          { action: 'bedrock-agentcore:CreateAgentRuntime', on: '*' },
          {
            action: 'bedrock-agentcore:InvokeAgentRuntime',
            on: 'arn:*:bedrock-agentcore:*:*:runtime/{#runtime}',
          },
        ],
      },
      {
        kind: 'take-workload',
        workload: 'code-interpreter',
        needs: [
          onWorkload('bedrock-agentcore:StartCodeInterpreterSession'),
          onWorkload('bedrock-agentcore:InvokeCodeInterpreter'),
        ],
      },
      {
        kind: 'take-workload',
        workload: 'browser',
        needs: [
          onWorkload('bedrock-agentcore:StartBrowserSession'),
          { action: 'bedrock-agentcore:ConnectBrowserAutomationStream', on: '*' },
        ],
      },
    ],
  },
  {
    path: '77',
    title: 'A role passed to a job of Amazon EMR',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: ['ec2.amazonaws.com'],
        profile: 'held',
        needs: [{ action: 'elasticmapreduce:RunJobFlow', on: '*' }],
      },
      {
        kind: 'pass-role',
        services: ['emr-serverless.amazonaws.com'],
        needs: [
          { action: 'emr-serverless:CreateApplication', on: '*' },
          { action: 'emr-serverless:StartJobRun', on: 'arn:*:emr-serverless:*:*:/applications/{#application}' },
        ],
      },
    ],
  },
  {
    path: '78',
    title: 'A role passed to Braket, GameLift, Image Builder, Managed Service for Apache Flink or HealthOmics',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: ['braket.amazonaws.com'],
        needs: [{ action: 'braket:CreateJob', on: 'arn:*:braket:*:*:job/{#job}' }],
      },
      {
        kind: 'pass-role',
        services: ['gamelift.amazonaws.com'],
        needs: [
          { action: 'gamelift:CreateBuild', on: '*' },
          { action: 'gamelift:CreateFleet', on: '*' },
        ],
      },
      {
        kind: 'pass-role',
        services: ['ec2.amazonaws.com'],
        profile: 'held',
        needs: [
          {
            action: 'imagebuilder:CreateInfrastructureConfiguration',
            on: 'arn:*:imagebuilder:*:*:infrastructure-configuration/{configuration}',
          },
          {
            action: 'imagebuilder:CreateComponent',
            on: 'arn:*:imagebuilder:*:*:component/{component}/{version}/{#build}',
          },
          { action: 'imagebuilder:CreateImageRecipe', on: 'arn:*:imagebuilder:*:*:image-recipe/{recipe}/{version}' },
          { action: 'imagebuilder:CreateImage', on: 'arn:*:imagebuilder:*:*:image/{image}/{version}/{#build}' },
        ],
      },
      {
        kind: 'pass-role',
        services: ['kinesisanalytics.amazonaws.com'],
        needs: [
          { action: 'kinesisanalytics:CreateApplication', on: '*' },
          {
            action: 'kinesisanalytics:StartApplication',
            on: 'arn:*:kinesisanalytics:*:*:application/{application}',
          },
        ],
      },
      {
        kind: 'pass-role',
        services: ['omics.amazonaws.com'],
        needs: [
          { action: 'omics:CreateWorkflow', on: '*' },
          { action: 'omics:StartRun', on: 'arn:*:omics:*:*:run/{#run}' },
        ],
      },
    ],
  },
  {
    path: '79',
    title: 'A role passed to an environment of Elastic Beanstalk, or keys in its settings',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: ['ec2.amazonaws.com'],
        profile: 'held',
        needs: [
          {
            action: 'elasticbeanstalk:CreateEnvironment',
            on: 'arn:*:elasticbeanstalk:*:*:environment/{application}/{environment}',
          },
        ],
      },
      {
        kind: 'pass-role',
        services: ['ec2.amazonaws.com'],
        profile: 'held',
        workload: 'environment',
        needs: [onWorkload('elasticbeanstalk:UpdateEnvironment')],
      },
      {
        kind: 'read-keys',
        workload: 'environment',
        needs: [onWorkload('elasticbeanstalk:DescribeConfigurationSettings')],
      },
    ],
  },
];
