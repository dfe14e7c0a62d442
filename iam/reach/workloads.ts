/** What runs with a role, told by its ARN. */
import type { AccountRole, Estate } from '../account/account.ts';
import { parseArn } from '../arn.ts';
import type { Foothold, Setting, WorkloadFacts } from './foothold.ts';
import { WORKLOAD_ARNS, type WorkloadKind } from './row.ts';

/** The known workloads of a kind; none where nobody says what runs. */
export function workloadsOfKind({ workloads = [] }: Setting, kind: WorkloadKind): readonly WorkloadFacts[] {
  return workloads.filter(({ arn }) => isOfKind(arn, kind));
}

function isOfKind(arn: string, kind: WorkloadKind): boolean {
  const parsed = parseArn(arn);
  const name = parsed === undefined ? '' : `${parsed.service}:${parsed.resource}`;
  return WORKLOAD_ARNS[kind].some((prefix) => name.startsWith(prefix));
}

/** An ARN of the kind as a row writes it, for workloads that nobody has told of. */
export function someWorkload(kind: WorkloadKind): string {
  return SOME[kind];
}

const SOME: Readonly<Record<WorkloadKind, string>> = {
  function: 'arn:*:lambda:*:*:function:{function}',
  instance: 'arn:*:ec2:*:*:instance/{instance}',
  'launch-template': 'arn:*:ec2:*:*:launch-template/{template}',
  'auto-scaling-group': 'arn:*:autoscaling:*:*:autoScalingGroup:{id}:autoScalingGroupName/{group}',
  stack: 'arn:*:cloudformation:*:*:stack/{stack}/{id}',
  'stack-set': 'arn:*:cloudformation:*:*:stackset/{stackset}:{id}',
  bucket: 'arn:*:s3:::{bucket}',
  'state-machine': 'arn:*:states:*:*:stateMachine:{machine}',
  project: 'arn:*:codebuild:*:*:project/{project}',
  'deployment-group': 'arn:*:codedeploy:*:*:deploymentgroup:{application}/{group}',
  'task-definition': 'arn:*:ecs:*:*:task-definition/{definition}:{revision}',
  cluster: 'arn:*:ecs:*:*:cluster/{cluster}',
  task: 'arn:*:ecs:*:*:task/{cluster}/{task}',
  'kubernetes-cluster': 'arn:*:eks:*:*:cluster/{cluster}',
  'dev-endpoint': 'arn:*:glue:*:*:devEndpoint/{endpoint}',
  job: 'arn:*:glue:*:*:job/{job}',
  notebook: 'arn:*:sagemaker:*:*:notebook-instance/{notebook}',
  'web-service': 'arn:*:apprunner:*:*:service/{service}/{id}',
  'job-definition': 'arn:*:batch:*:*:job-definition/{definition}',
  'code-interpreter': 'arn:*:bedrock-agentcore:*:*:code-interpreter-custom/{interpreter}',
  browser: 'arn:*:bedrock-agentcore:*:*:browser-custom/{browser}',
  environment: 'arn:*:elasticbeanstalk:*:*:environment/{application}/{environment}',
};

/** The role that a workload runs with: named by its ARN, by the ARN of an instance profile that holds it, or by its name. */
export function roleOfWorkload({ accounts }: Estate, { arn, role }: WorkloadFacts): AccountRole | undefined {
  if (role === undefined) return undefined;
  const owner = parseArn(arn)?.accountId ?? '';
  for (const { accountId, roles } of accounts) {
    const isNear = owner === '' || owner === accountId;
    const found = roles.find(
      (candidate) =>
        candidate.arn === role || candidate.instanceProfiles?.includes(role) || (isNear && candidate.name === role),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The instance profiles of an account, with the roles that they hold. */
export function profilesOf({ estate }: Setting, { principal }: Foothold): ReadonlyMap<string, AccountRole> {
  const account = estate.accounts.find(({ accountId }) => accountId === principal.accountId);
  const roles = account?.roles ?? [];
  return new Map(roles.flatMap((role) => (role.instanceProfiles ?? []).map((profile) => [profile, role] as const)));
}
