import type { UpdateStackInput, UpdateStackOutput } from '@aws-sdk/client-cloudformation';
import type { Call } from '../../call.ts';
import { passRole } from '../../permissions/pass-role.ts';
import type { Process } from '../../process.ts';
import type { ProcessOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { type Change, changing } from './bringing-up.ts';
import { changesOf } from './changes.ts';
import { validationError } from './errors.ts';
import { keeping } from './keeping.ts';
import { checkRoom, planOf } from './planning.ts';
import { templateOf } from './reading-templates.ts';
import { siteFor, type WorkInput } from './site.ts';
import { givenPolicy, givenTemplate, principal } from './sources.ts';
import { readStackPolicy } from './stack-policy.ts';
import { requireStackFor } from './stacks.ts';
import type { StackState } from './state.ts';

/** States in which a stack can be changed (CloudFormation User Guide, "Understand stack status codes"). */
const updatable = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED', 'CREATE_FAILED'];

export function isUpdatable({ status }: StackState): boolean {
  return updatable.includes(status);
}

/** @throws ValidationError */
export function checkUpdatable(stack: StackState): void {
  if (isUpdatable(stack)) return;
  throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

/**
 * UpdateStack. Without a role in the call the stack's own goes on making the calls, whoever makes this one; no right to pass it is asked
 * for (row 54).
 */
export const updateStack: ProcessOperation<UpdateStackInput, UpdateStackOutput> = {
  kind: 'process',
  alsoNeeds: ({ RoleARN }, facts) => (RoleARN === undefined ? [] : [passRole(RoleARN, principal, facts)]),
  *run(account, input, call) {
    const given = yield* givenTemplate(input, call);
    const saved = yield* givenPolicy({ body: input.StackPolicyBody, url: input.StackPolicyURL }, call);
    const meanwhile = yield* givenPolicy(
      { body: input.StackPolicyDuringUpdateBody, url: input.StackPolicyDuringUpdateURL },
      call,
    );
    const stack = requireStackFor(account, input.StackName ?? '', call.request);
    checkUpdatable(stack);
    const plan = planOf(input, templateText(given, input.UsePreviousTemplate, stack), stack);
    if (saved !== undefined) readStackPolicy(saved);
    const policy = meanwhile ?? stack.policy;
    const change: Change = {
      plan,
      policy: policy === undefined ? undefined : readStackPolicy(policy),
      onFailure: input.DisableRollback === true ? 'DO_NOTHING' : 'ROLLBACK',
    };
    if (changesOf(plan, stack, account).isEmpty) throw validationError('No updates are to be performed.');
    const after = yield* changed(account, stack, change, input, call);
    yield* keeping(account.id, saved === undefined ? after : { ...after, policy: saved });
    return { StackId: stack.id };
  },
};

/** @throws ValidationError where the call gives no template, or two */
export function templateText(given: string | undefined, usesPrevious: boolean | undefined, stack: StackState): string {
  if (usesPrevious === true && given !== undefined) {
    throw validationError('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  }
  if (usesPrevious === true) return stack.template;
  if (given === undefined) throw validationError('Either Template URL or Template Body must be specified.');
  return given;
}

/** Changes a stack. Change sets that were made of what it was are of no use any more. */
export function* changed(
  account: Account,
  stack: StackState,
  change: Change,
  input: WorkInput,
  call: Call,
): Process<StackState> {
  const more = templateOf(change.plan.template).resources.size - stack.resources.length;
  checkRoom(Object.values(account.cloudformation.stacks), Math.max(more, 0));
  const site = yield* siteFor(account.id, stack, change.plan.roleArn, input, call);
  const after = yield* changing(site, stack, change, account);
  const changeSets = Object.fromEntries(
    Object.entries(stack.changeSets).map(([name, set]) => [
      name,
      set.executionStatus === 'AVAILABLE' ? { ...set, executionStatus: 'OBSOLETE' as const } : set,
    ]),
  );
  return { ...after, changeSets };
}
