import type { AnyOperation, ChangeOperation, ReadOperation } from '../../service.ts';
import { dryRunOperation } from './errors.ts';

interface Dry {
  readonly DryRun?: boolean | undefined;
}

/**
 * The operation with the `DryRun` that EC2's operations have: everything is decided and checked, then a call that would succeed ends with
 * the error `DryRunOperation` and nothing is changed.
 */
export function withDryRun(operation: AnyOperation): AnyOperation {
  switch (operation.kind) {
    case 'read': {
      const handle: ReadOperation<Dry, unknown>['handle'] = (account, input, call) =>
        unlessDry(input, operation.handle(account, input, call));
      return { ...operation, handle };
    }
    case 'change': {
      const handle: ChangeOperation<Dry, unknown>['handle'] = (account, input, call) =>
        unlessDry(input, operation.handle(account, input, call));
      return { ...operation, handle };
    }
    case 'process':
      return operation;
  }
}

function unlessDry<Output>(input: Dry, output: Output): Output {
  if (input.DryRun === true) throw dryRunOperation();
  return output;
}
