/** Stack policies and termination protection. */
import type {
  CancelUpdateStackInput,
  GetStackPolicyInput,
  GetStackPolicyOutput,
  SetStackPolicyInput,
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput,
} from '@aws-sdk/client-cloudformation';
import { own } from '../../own.ts';
import { changing, seeing } from '../../process.ts';
import type { ChangeOperation, ProcessOperation, ReadOperation } from '../../service.ts';
import { validationError } from './errors.ts';
import { givenPolicy } from './sources.ts';
import { readStackPolicy } from './stack-policy.ts';
import { deleted, requireStack, requireStackFor } from './stacks.ts';

export const setStackPolicy: ProcessOperation<SetStackPolicyInput, Record<string, never>> = {
  kind: 'process',
  *run({ id }, input, call) {
    const text = yield* givenPolicy({ body: input.StackPolicyBody, url: input.StackPolicyURL }, call);
    if (text === undefined) throw validationError('You must specify either StackPolicyBody or StackPolicyURL.');
    readStackPolicy(text);
    const account = own((yield* seeing()).accounts, id);
    if (account === undefined) throw new Error(`There is no account ${id}`);
    const stack = requireStackFor(account, input.StackName ?? '', call.request);
    yield* changing(id, ({ cloudformation }) => {
      const draft = own(cloudformation.stacks, stack.id);
      if (draft !== undefined) draft.policy = text;
    });
    return {};
  },
};

export const getStackPolicy: ReadOperation<GetStackPolicyInput, GetStackPolicyOutput> = {
  kind: 'read',
  handle(account, { StackName = '' }, call) {
    const { policy } = requireStackFor(account, StackName, call.request);
    return policy === undefined ? {} : { StackPolicyBody: policy };
  },
};

export const updateTerminationProtection: ChangeOperation<
  UpdateTerminationProtectionInput,
  UpdateTerminationProtectionOutput
> = {
  kind: 'change',
  handle(account, { StackName = '', EnableTerminationProtection = false }, call) {
    const { id, status, name } = requireStack(account, StackName, call.request);
    if (status === deleted) throw validationError(`Stack [${name}] does not exist`);
    const draft = own(account.cloudformation.stacks, id);
    if (draft !== undefined) draft.isProtected = EnableTerminationProtection;
    return { StackId: id };
  },
};

/** An update is over when its call is answered: there is never one to cancel. */
export const cancelUpdateStack: ReadOperation<CancelUpdateStackInput, Record<string, never>> = {
  kind: 'read',
  handle(account, { StackName = '' }, call) {
    const stack = requireStackFor(account, StackName, call.request);
    throw validationError(`CancelUpdateStack cannot be called from current stack status: ${stack.status}`);
  },
};
