/** Rows of builds, deployments and containers. */
import type { Need, Row } from '../row.ts';

const onWorkload = (action: string, context: Need['context'] = {}): Need => ({ action, on: '$workload', context });
const PROJECT = 'arn:*:codebuild:*:*:project/{project}';
const TASK_DEFINITION = 'arn:*:ecs:*:*:task-definition/{definition}:{#revision}';
/** One that is there. */
const USED_DEFINITION = 'arn:*:ecs:*:*:task-definition/{definition}:{revision}';
const CLUSTER = 'arn:*:ecs:*:*:cluster/{cluster}';
const JOB_QUEUE = 'arn:*:batch:*:*:job-queue/{queue}';
const JOB_DEFINITION = 'arn:*:batch:*:*:job-definition/{definition}';
const builds = ['codebuild:StartBuild', 'codebuild:StartBuildBatch'];
const inTasks = ['ecs-tasks.amazonaws.com'];
const revision: readonly Need[] = [
  { action: 'codedeploy:RegisterApplicationRevision', on: 'arn:*:codedeploy:*:*:application:{application}' },
  { action: 'codedeploy:GetDeploymentConfig', on: 'arn:*:codedeploy:*:*:deploymentconfig:{configuration}' },
];
/** The key is there where a build brings its own build specification. */
const ownBuildSpec = { 'codebuild:source.buildspec': 'version: 0.2' };

export const BUILD_AND_CONTAINER_ROWS: readonly Row[] = [
  {
    path: '60',
    title: 'A role passed to a new build project',
    class: 'X',
    ways: builds.map((start) => ({
      kind: 'pass-role' as const,
      services: ['codebuild.amazonaws.com'],
      needs: [
        { action: 'codebuild:CreateProject', on: PROJECT, context: { 'codebuild:serviceRole': '$target' } },
        { action: start, on: PROJECT },
      ],
    })),
  },
  {
    path: '61',
    title: 'A build of an existing project with another build specification',
    class: 'X',
    ways: builds.map((start) => ({
      kind: 'take-workload' as const,
      workload: 'project' as const,
      needs: [onWorkload(start, ownBuildSpec)],
    })),
  },
  {
    path: '62',
    title: 'A deployment whose hooks run on the hosts',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'deployment-group',
        needs: [onWorkload('codedeploy:CreateDeployment'), ...revision],
      },
      {
        kind: 'take-workload',
        workload: 'instance',
        needs: [
          { action: 'codedeploy:CreateDeployment', on: 'arn:*:codedeploy:*:*:deploymentgroup:{application}/{group}' },
          ...revision,
        ],
      },
    ],
  },
  {
    path: '64',
    title: 'A role passed to a new task definition, which is run',
    class: 'X',
    ways: [
      { action: 'ecs:RunTask', on: TASK_DEFINITION },
      { action: 'ecs:StartTask', on: TASK_DEFINITION },
      { action: 'ecs:CreateService', on: 'arn:*:ecs:*:*:service/{cluster}/{service}' },
    ].map((launch) => ({
      kind: 'pass-role' as const,
      services: inTasks,
      needs: [{ action: 'ecs:RegisterTaskDefinition', on: TASK_DEFINITION }, launch],
    })),
  },
  {
    path: '65',
    title: 'A task run with another command and another role',
    class: 'X',
    ways: ['ecs:RunTask', 'ecs:StartTask'].flatMap((run) => [
      {
        kind: 'pass-role' as const,
        services: inTasks,
        workload: 'task-definition' as const,
        needs: [onWorkload(run)],
      },
      {
        kind: 'pass-role' as const,
        services: inTasks,
        workload: 'cluster' as const,
        needs: [{ action: run, on: USED_DEFINITION, context: { 'ecs:cluster': '$workload' } }],
      },
    ]),
  },
  {
    path: '66',
    title: 'A task started on a container instance of one’s own',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: inTasks,
        workload: 'cluster',
        needs: [
          onWorkload('ecs:RegisterContainerInstance'),
          onWorkload('ecs:DeregisterContainerInstance'),
          { action: 'ecs:StartTask', on: USED_DEFINITION, context: { 'ecs:cluster': '$workload' } },
        ],
      },
    ],
  },
  {
    path: '67',
    title: 'A shell in a task',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'task',
        needs: [
          onWorkload('ecs:ExecuteCommand'),
          { action: 'ecs:ExecuteCommand', on: CLUSTER },
          onWorkload('ecs:DescribeTasks'),
        ],
      },
      { kind: 'take-workload', workload: 'task', needs: [onWorkload('ssm:StartSession')] },
    ],
  },
  {
    path: '74',
    title: 'A role passed to a service of App Runner, or one updated',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: ['tasks.apprunner.amazonaws.com'],
        passedTo: ['apprunner.amazonaws.com', 'tasks.apprunner.amazonaws.com'],
        needs: [{ action: 'apprunner:CreateService', on: 'arn:*:apprunner:*:*:service/{service}/{#service}' }],
      },
      { kind: 'take-workload', workload: 'web-service', needs: [onWorkload('apprunner:UpdateService')] },
    ],
  },
  {
    path: '75',
    title: 'A role passed to a job of AWS Batch, or a job of an existing definition',
    class: 'X',
    ways: [
      {
        kind: 'pass-role',
        services: inTasks,
        needs: [
          { action: 'batch:RegisterJobDefinition', on: JOB_DEFINITION },
          { action: 'batch:SubmitJob', on: JOB_DEFINITION },
          { action: 'batch:SubmitJob', on: JOB_QUEUE },
        ],
      },
      {
        kind: 'take-workload',
        workload: 'job-definition',
        needs: [onWorkload('batch:SubmitJob'), { action: 'batch:SubmitJob', on: JOB_QUEUE }],
      },
    ],
  },
  {
    path: 'M9',
    title: 'Administration of a Kubernetes cluster, and so the roles of its pods and nodes',
    class: 'X',
    ways: [
      {
        kind: 'take-workload',
        workload: 'kubernetes-cluster',
        needs: [
          onWorkload('eks:CreateAccessEntry', { 'eks:principalArn': '$self' }),
          {
            action: 'eks:AssociateAccessPolicy',
            on: 'arn:*:eks:*:*:access-entry/{cluster}/{identity}/{account}/{name}/{#entry}',
            context: { 'eks:policyArn': 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' },
          },
        ],
      },
    ],
  },
];
