/** StartAutomationExecution and StopAutomationExecution. */
import type {
  StartAutomationExecutionRequest,
  StartAutomationExecutionResult,
  StopAutomationExecutionRequest,
} from '@aws-sdk/client-ssm';
import type { Call, Draft } from '../../../call.ts';
import { AwsError } from '../../../errors.ts';
import { own } from '../../../own.ts';
import { newRequestId } from '../../../request-id.ts';
import type { ChangeOperation } from '../../../service.ts';
import { mayAssume } from '../../sts/may-assume.ts';
import { contentOf } from '../documents/content.ts';
import { documentNamed, versionOf } from '../documents/finding.ts';
import { validationException } from '../errors.ts';
import { ssmLimits } from '../limits.ts';
import { makeRoom } from '../room.ts';
import { checkTags } from '../tags.ts';
import { AUTOMATION, executionArn } from './names.ts';
import { invalidParameters, roleOf, valuesOf } from './parameters.ts';
import { onExecution, startingPermissions } from './permissions.ts';
import { runbookOf } from './runbook.ts';
import type { ExecutionState } from './state.ts';

export const startAutomationExecution: ChangeOperation<
  StartAutomationExecutionRequest,
  StartAutomationExecutionResult
> = {
  kind: 'change',
  owner: (_input, facts) => facts.callerAccountId,
  permissions: startingPermissions,
  handle(account, input, call) {
    refuseOtherTargets(input);
    const { executions } = account.ssm;
    const { ClientToken: token } = input;
    const earlier =
      token === undefined ? undefined : Object.values(executions).find((each) => each.clientToken === token);
    if (earlier !== undefined && earlier.documentName !== input.DocumentName) {
      throw new AwsError(
        'IdempotentParameterMismatch',
        'An execution with this client token was started of another runbook.',
        { status: 400 },
      );
    }
    if (earlier !== undefined) return { AutomationExecutionId: earlier.id };
    const { content, version } = versionIn(input, account.id, call);
    const values = valuesOf(content, input.Parameters ?? {});
    const roleArn = roleOf(content, input.Parameters ?? {});
    const { region } = call.request;
    const id = newRequestId(call.random);
    const source = { arn: executionArn(region, account.id, id), accountId: account.id };
    if (roleArn !== undefined && !mayAssume(AUTOMATION, roleArn, source, call.world, call)) {
      throw invalidParameters('The defined assume role is unable to be assumed.');
    }
    const room = { count: ssmLimits.executionsPerAccount, characters: ssmLimits.executionCharactersPerAccount };
    if (!makeRoom(executions, room, keptOf)) {
      throw new AwsError(
        'AutomationExecutionLimitExceededException',
        'The number of simultaneously running Automation executions exceeded the allowable limit.',
        { status: 400 },
      );
    }
    const execution: ExecutionState = {
      id,
      region,
      documentName: input.DocumentName ?? '',
      documentVersion: String(version),
      content,
      parameters: [...values].map(([name, value]) => ({ name, value })),
      caller: call.caller,
      ...(roleArn !== undefined && { roleArn }),
      ...(token !== undefined && { clientToken: token }),
      tags: checkTags(input.Tags ?? [], []),
      startedAt: call.now,
      status: 'InProgress',
      outputs: [],
      steps: [],
      next: runbookOf(contentOf('Automation', content)).steps[0]?.name ?? '',
      dueAt: call.now,
      work: 'waiting',
    };
    executions[id] = execution as Draft<ExecutionState>;
    return { AutomationExecutionId: id };
  },
};

/** @throws ValidationException for what Automation does with many targets, regions or by hand */
function refuseOtherTargets(input: StartAutomationExecutionRequest): void {
  if (input.Mode === 'Interactive') throw validationException('Executions step by step are not offered here.');
  const lists = [input.Targets, input.TargetMaps, input.TargetLocations];
  if (lists.some((list) => (list ?? []).length > 0) || input.TargetLocationsURL !== undefined) {
    throw validationException('Executions on targets, and in other regions or accounts, are not offered here.');
  }
}

/** @throws AutomationDefinitionNotFoundException */
function definition(input: StartAutomationExecutionRequest, accountId: string, call: Call) {
  const { DocumentName: name = '' } = input;
  const missing = () =>
    new AwsError('AutomationDefinitionNotFoundException', `Automation definition ${name} not found`, { status: 400 });
  try {
    const named = documentNamed(name, { world: call.world, accountId, region: call.request.region });
    if (named.document.type !== 'Automation') throw missing();
    return named.document;
  } catch (error) {
    throw error instanceof AwsError && error.code === 'InvalidDocument' ? missing() : error;
  }
}

/** @throws AutomationDefinitionNotFoundException, AutomationDefinitionVersionNotFoundException */
function versionIn(input: StartAutomationExecutionRequest, accountId: string, call: Call) {
  const document = definition(input, accountId, call);
  try {
    return versionOf(document, input);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('AutomationDefinitionVersionNotFoundException', error.message, { status: 400 });
  }
}

function keptOf({ id, startedAt, endedAt }: Draft<ExecutionState>) {
  return { id, begunAt: startedAt, endedAt };
}

/** @throws AutomationExecutionNotFoundException */
export function executionNamed<Execution extends ExecutionState | Draft<ExecutionState>>(
  executions: Readonly<Record<string, Execution>>,
  id: string,
  region: string,
): Execution {
  const execution = own(executions, id);
  if (execution !== undefined && execution.region === region) return execution;
  throw new AwsError('AutomationExecutionNotFoundException', `Automation execution ${id} not found`, { status: 400 });
}

/** The step that runs is let end; nothing comes after it. */
export const stopAutomationExecution: ChangeOperation<StopAutomationExecutionRequest, Record<string, never>> = {
  kind: 'change',
  permissions: onExecution('ssm:StopAutomationExecution'),
  handle(account, input, call) {
    const id = input.AutomationExecutionId ?? '';
    const execution = executionNamed(account.ssm.executions, id, call.request.region);
    if (execution.endedAt !== undefined) {
      throw new AwsError(
        'InvalidAutomationStatusUpdateException',
        `The automation execution ${id} is over: its status is ${execution.status}.`,
        { status: 400 },
      );
    }
    execution.status = input.Type === 'Complete' ? 'Success' : 'Cancelled';
    execution.endedAt = call.now;
    for (const step of execution.steps) {
      if (step.endedAt !== undefined) continue;
      step.status = execution.status;
      step.endedAt = call.now;
    }
    return {};
  },
};
