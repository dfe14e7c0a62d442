import type { AssumeRootRequest, AssumeRootResponse } from '@aws-sdk/client-sts';
import { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, PermissionFacts } from '../../service.ts';
import type { World } from '../../world.ts';
import { controlsOf } from '../organizations/controls.ts';
import { addSession, shownCredentials } from './credentials.ts';
import { notAuthorized } from './identity.ts';
import { sessionOf } from './session-tags.ts';

const action = 'sts:AssumeRoot';
const defaultSeconds = 900;
const taskPolicies = [
  'IAMAuditRootUserCredentials',
  'IAMCreateRootUserPassword',
  'IAMDeleteRootUserCredentials',
  'S3UnlockBucketPolicy',
  'SQSUnlockQueuePolicy',
].map((name) => `arn:aws:iam::aws:policy/root-task/${name}`);

/** The account whose root is meant. @throws ValidationError */
function targetOf({ TargetPrincipal = '' }: AssumeRootRequest): string {
  const id = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(TargetPrincipal)?.[1];
  if (id !== undefined) return id;
  throw new AwsError('ValidationError', `${TargetPrincipal} is invalid`, { status: 400 });
}

function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

/**
 * AssumeRoot: a session of a member account's root, limited to one task, for the management account and the delegated administrators of
 * IAM (the engine knows who they are). IAM User Guide, "Perform a privileged task on an AWS Organizations member account".
 */
export const assumeRoot: ChangeOperation<AssumeRootRequest, AssumeRootResponse> = {
  kind: 'change',
  owner: (request, { world, callerAccountId }) => {
    const target = targetOf(request);
    return own(world.accounts, target) === undefined ? callerAccountId : target;
  },
  permissions: (request, _facts: PermissionFacts) => {
    const target = targetOf(request);
    const task = request.TaskPolicyArn?.arn ?? '';
    return [{ action, resource: rootArn(target), resourceAccountId: target, context: { 'sts:TaskPolicyArn': task } }];
  },
  handle(account, request, call) {
    const target = targetOf(request);
    const task = request.TaskPolicyArn?.arn ?? '';
    if (!taskPolicies.includes(task)) {
      throw new AwsError('ValidationError', `${task} is not a supported task policy`, { status: 400 });
    }
    if (account.id !== target || !hasRootSessions(call.world)) {
      throw notAuthorized(call.caller, action, rootArn(target));
    }
    const sourceIdentity = sessionOf(call.caller, call.world)?.sourceIdentity;
    const session = addSession(
      account,
      {
        kind: 'assumed-root',
        policies: { documents: [], arns: [task] },
        tags: {},
        transitiveTagKeys: [],
        ...(sourceIdentity !== undefined && { sourceIdentity }),
        chained: false,
      },
      { now: call.now, seconds: request.DurationSeconds ?? defaultSeconds },
      call.random,
    );
    return {
      Credentials: shownCredentials(session, call.realNow),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    };
  },
};

/** Whether the organization has centralized root access switched on (EnableOrganizationsRootSessions). */
function hasRootSessions(world: World): boolean {
  const manager = controlsOf(world)?.organization.managementAccountId;
  return own(world.accounts, manager ?? '')?.iam.organizationsFeatures?.includes('RootSessions') === true;
}
