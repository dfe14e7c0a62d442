/** Reserved concurrency, and what Lambda does with functions that call themselves in a circle. */
import type {
  Concurrency,
  DeleteFunctionConcurrencyRequest,
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse,
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse,
  PutFunctionConcurrencyRequest,
  PutFunctionRecursionConfigRequest,
} from '@aws-sdk/client-lambda';
import type { AccountDraft } from '../../call.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { invalidParameter } from './errors.ts';
import { findFunction } from './finding.ts';

/** Of 1,000 executions that an account may have at once, 100 are left for functions without a reservation (Lambda quotas). */
const reservable = 900;
const left = 100;

export const putFunctionConcurrency: ChangeOperation<PutFunctionConcurrencyRequest, Concurrency> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found } = findFunction(account, input, call.request.region);
    const wanted = input.ReservedConcurrentExecutions ?? 0;
    const others = Object.values(account.lambda.functions).reduce(
      (sum, other) => sum + (other === found ? 0 : (other.reservedConcurrency ?? 0)),
      0,
    );
    if (others + wanted > reservable) {
      throw invalidParameter(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${left}].`,
      );
    }
    found.reservedConcurrency = wanted;
    return { ReservedConcurrentExecutions: wanted };
  },
};

export const getFunctionConcurrency: ReadOperation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse> = {
  kind: 'read',
  handle(account, input, call) {
    const { reservedConcurrency } = findFunction(account, input, call.request.region).found;
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  },
};

export const deleteFunctionConcurrency: ChangeOperation<DeleteFunctionConcurrencyRequest, Record<string, never>> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    delete findFunction(account, input, call.request.region).found.reservedConcurrency;
    return {};
  },
};

export const putFunctionRecursionConfig: ChangeOperation<
  PutFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse
> = {
  kind: 'change',
  handle(account: AccountDraft, input, call) {
    const { found } = findFunction(account, input, call.request.region);
    found.recursiveLoop = input.RecursiveLoop ?? 'Terminate';
    return { RecursiveLoop: found.recursiveLoop };
  },
};

export const getFunctionRecursionConfig: ReadOperation<
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse
> = {
  kind: 'read',
  handle(account, input, call) {
    return { RecursiveLoop: findFunction(account, input, call.request.region).found.recursiveLoop ?? 'Terminate' };
  },
};
