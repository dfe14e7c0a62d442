/** The targets of rules. */
import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../iam/arn.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { stateKey } from '../../state-key.ts';
import { limitExceeded, validation } from './errors.ts';
import { eventsLimits } from './limits.ts';
import { EVENTS, ruleOf } from './names.ts';
import { pageOf } from './pages.ts';
import type { TargetState } from './state.ts';
import { RESERVED, readPath, VARIABLE } from './target-input.ts';

/** What can be a target here, by the beginning of the ARN's resource. */
const OFFERED: Readonly<Record<string, string>> = {
  sqs: '',
  sns: '',
  lambda: 'function:',
  events: 'event-bus/',
  logs: 'log-group:',
};

/** @throws ValidationException */
function checkArn(arn: string): void {
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  const beginning = Object.hasOwn(OFFERED, service) ? OFFERED[service] : undefined;
  if (beginning !== undefined && resource !== '' && resource.startsWith(beginning)) return;
  const reason =
    parseArn(arn) === undefined ? 'Provided Arn is not in correct format.' : 'No such target is offered here.';
  throw validation(`Parameter ${arn} is not valid. Reason: ${reason}`);
}

/** @throws ValidationException */
function readInput(target: Target): TargetState['input'] {
  const { Id: id, Input: text, InputPath: path, InputTransformer: transformer } = target;
  if ([text, path, transformer].filter((one) => one !== undefined).length > 1) {
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  if (text !== undefined) {
    if (!isJson(text)) throw validation(`JSON syntax error in input for target ${id}`);
    return { kind: 'constant', text };
  }
  if (path !== undefined) {
    if (readPath(path) === undefined) throw validation(`Invalid InputPath for target ${id} : [${path}]`);
    return { kind: 'path', path };
  }
  if (transformer === undefined) return undefined;
  const paths = transformer.InputPathsMap ?? {};
  const template = transformer.InputTemplate ?? '';
  for (const [name, one] of Object.entries(paths)) {
    if (/^aws\./i.test(name)) throw validation(`InputPathsMap for target ${id} contains reserved name ${name}.`);
    if (readPath(one) === undefined) throw validation(`Invalid InputPath for target ${id} : [${one}]`);
  }
  for (const [, name = ''] of template.matchAll(new RegExp(VARIABLE, 'g'))) {
    if (!Object.hasOwn(paths, name) && !RESERVED.includes(name)) {
      throw validation(`InputTemplate for target ${id} contains invalid placeholder ${name}.`);
    }
  }
  return { kind: 'template', paths: { ...paths }, template };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // No JSON.
    return false;
  }
}

/** @throws ValidationException */
function readTarget(target: Target): TargetState {
  const { Id: id = '', Arn: arn = '', RoleArn, SqsParameters, DeadLetterConfig, RetryPolicy } = target;
  checkArn(arn);
  const messageGroupId = SqsParameters?.MessageGroupId;
  if (parseArn(arn)?.service === 'sqs' && arn.endsWith('.fifo') && messageGroupId === undefined) {
    throw validation(`Parameter(s) SqsParameters must be specified for target: ${id}.`);
  }
  const deadLetterArn = DeadLetterConfig?.Arn;
  const { MaximumRetryAttempts: attempts, MaximumEventAgeInSeconds: seconds } = RetryPolicy ?? {};
  const input = readInput(target);
  return {
    id,
    arn,
    ...(RoleArn !== undefined && { roleArn: RoleArn }),
    ...(input && { input }),
    ...(messageGroupId !== undefined && { messageGroupId }),
    ...(deadLetterArn !== undefined && { deadLetterArn }),
    ...(RetryPolicy && {
      retries: { ...(attempts !== undefined && { attempts }), ...(seconds !== undefined && { seconds }) },
    }),
  };
}

/** A target of the same id is said anew. */
export const putTargets: ChangeOperation<PutTargetsRequest, PutTargetsResponse> = {
  kind: 'change',
  alsoNeeds: ({ Targets = [] }, facts) =>
    [...new Set(Targets.flatMap(({ RoleArn }) => RoleArn ?? []))].map((arn) => passRole(arn, EVENTS, facts)),
  handle(account, input, call) {
    const rule = ruleOf(account, { name: input.Rule, bus: input.EventBusName }, call.request.region);
    for (const target of (input.Targets ?? []).map(readTarget)) {
      rule.targets[stateKey(target.id)] = target as (typeof rule.targets)[string];
    }
    if (Object.keys(rule.targets).length > eventsLimits.targetsPerRule) throw limitExceeded();
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
};

export const removeTargets: ChangeOperation<RemoveTargetsRequest, RemoveTargetsResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const rule = ruleOf(account, { name: input.Rule, bus: input.EventBusName }, call.request.region);
    const FailedEntries = (input.Ids ?? [])
      .filter((id) => !Object.hasOwn(rule.targets, stateKey(id)))
      .map((TargetId) => ({
        TargetId,
        ErrorCode: 'ResourceNotFoundException',
        ErrorMessage: `Rule ${rule.name} does not have target(s) with the id ${TargetId}.`,
      }));
    for (const id of input.Ids ?? []) delete rule.targets[stateKey(id)];
    return { FailedEntryCount: FailedEntries.length, FailedEntries };
  },
};

function shownTarget({ id, arn, roleArn, input, messageGroupId, deadLetterArn, retries }: TargetState): Target {
  return {
    Id: id,
    Arn: arn,
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    ...shownInput(input),
    ...(messageGroupId !== undefined && { SqsParameters: { MessageGroupId: messageGroupId } }),
    ...(deadLetterArn !== undefined && { DeadLetterConfig: { Arn: deadLetterArn } }),
    ...(retries && {
      RetryPolicy: {
        ...(retries.attempts !== undefined && { MaximumRetryAttempts: retries.attempts }),
        ...(retries.seconds !== undefined && { MaximumEventAgeInSeconds: retries.seconds }),
      },
    }),
  };
}

function shownInput(input: TargetState['input']): Partial<Target> {
  switch (input?.kind) {
    case undefined:
      return {};
    case 'constant':
      return { Input: input.text };
    case 'path':
      return { InputPath: input.path };
    case 'template':
      return {
        InputTransformer: {
          ...(Object.keys(input.paths).length > 0 && { InputPathsMap: { ...input.paths } }),
          InputTemplate: input.template,
        },
      };
  }
}

export const listTargetsByRule: ReadOperation<ListTargetsByRuleRequest, ListTargetsByRuleResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const rule = ruleOf(account, { name: input.Rule, bus: input.EventBusName }, call.request.region);
    const { page, NextToken } = pageOf(Object.values(rule.targets), input, ({ id }) => id);
    return { Targets: page.map(shownTarget), ...(NextToken !== undefined && { NextToken }) };
  },
};
