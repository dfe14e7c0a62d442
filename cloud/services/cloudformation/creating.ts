import type { CreateStackInput, CreateStackOutput } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { making } from './bringing-up.ts';
import { alreadyExists, limitExceeded, validationError } from './errors.ts';
import { uuidOf } from './ids.ts';
import { keeping } from './keeping.ts';
import { cloudFormationLimits } from './limits.ts';
import { checkRoom, planOf } from './planning.ts';
import { templateOf } from './reading-templates.ts';
import { siteFor } from './site.ts';
import { givenPolicy, givenTemplate, principal } from './sources.ts';
import { readStackPolicy } from './stack-policy.ts';
import { deleted, findStack } from './stacks.ts';
import type { StackPlan, StackState } from './state.ts';

/**
 * CreateStack. The resources are made at once, by the rights of the role that is passed, else by the caller's; a stack that fails is no
 * error of the call.
 */
export const createStack: ProcessOperation<CreateStackInput, CreateStackOutput> = {
  kind: 'process',
  alsoNeeds: ({ RoleARN }, facts) => (RoleARN === undefined ? [] : [passRole(RoleARN, principal, facts)]),
  *run(account, input, call) {
    const { StackName = '', OnFailure, DisableRollback } = input;
    if (OnFailure !== undefined && DisableRollback !== undefined) {
      throw validationError('Only one of OnFailure and DisableRollback can be specified.');
    }
    const text = yield* givenTemplate(input, call);
    if (text === undefined) throw validationError('Either Template URL or Template Body must be specified.');
    const policy = yield* givenPolicy({ body: input.StackPolicyBody, url: input.StackPolicyURL }, call);
    if (policy !== undefined) readStackPolicy(policy);
    const plan = planOf(input, text);
    checkRoom(Object.values(account.cloudformation.stacks), templateOf(text).resources.size);
    const stack: StackState = {
      ...newStack(account, StackName, plan, call),
      onFailure: OnFailure ?? (DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK'),
      isProtected: input.EnableTerminationProtection ?? false,
      ...(input.TimeoutInMinutes !== undefined && { timeoutMinutes: input.TimeoutInMinutes }),
      ...(policy !== undefined && { policy }),
    };
    const site = yield* siteFor(account.id, stack, plan.roleArn, input, call);
    yield* keeping(account.id, yield* making(site, stack, account));
    return { StackId: stack.id };
  },
};

/** A stack with nothing in it. @throws AlreadyExistsException, LimitExceededException, ValidationError for a wrong name */
export function newStack(account: Account, name: string, plan: StackPlan, call: Call): StackState {
  const { region } = call.request;
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name)) {
    throw validationError(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    );
  }
  if (findStack(account, name, { region }) !== undefined) throw alreadyExists(`Stack [${name}] already exists`);
  const there = Object.values(account.cloudformation.stacks).filter(({ status }) => status !== deleted);
  if (there.length >= cloudFormationLimits.stacks) {
    throw limitExceeded(`Limit for stack has been exceeded: ${cloudFormationLimits.stacks}`);
  }
  return {
    ...plan,
    id: `arn:aws:cloudformation:${region}:${account.id}:stack/${name}/${uuidOf(call.random)}`,
    name,
    region,
    status: 'CREATE_IN_PROGRESS',
    createdAt: call.now,
    onFailure: 'ROLLBACK',
    isProtected: false,
    resources: [],
    outputs: [],
    imports: [],
    events: [],
    changeSets: {},
  };
}
