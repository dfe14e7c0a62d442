/** The outputs of a stack, and what its exports owe to other stacks. */
import { type Data, evaluate } from '../../templates/value.ts';
import type { Account } from '../../world.ts';
import { validationError } from './errors.ts';
import { exportsOf, importersOf } from './exports.ts';
import type { StackOutputState, StackState } from './state.ts';
import type { Wanted } from './wanted.ts';

/** @throws ValidationError where a value cannot be worked out, or an export is another's or in use */
export function outputsOf(
  { template, names }: Wanted,
  stack: Pick<StackState, 'id' | 'region' | 'outputs'>,
  account: Account,
): readonly StackOutputState[] {
  const outputs = [...template.outputs].flatMap(([key, output]): StackOutputState[] => {
    if (output.condition !== undefined && !names.condition(output.condition)) return [];
    const { description, exportName } = output;
    return [
      {
        key,
        value: textOf(evaluate(output.value, names)),
        ...(description !== undefined && { description }),
        ...(exportName !== undefined && { exportName: textOf(evaluate(exportName, names)) }),
      },
    ];
  });
  checkExports(outputs, stack, account);
  return outputs;
}

function textOf(data: Data | undefined): string {
  if (Array.isArray(data)) return data.map(String).join(',');
  return data === undefined || data === null ? '' : String(data);
}

function checkExports(
  outputs: readonly StackOutputState[],
  stack: Pick<StackState, 'id' | 'region' | 'outputs'>,
  account: Account,
): void {
  const others = exportsOf(account, stack.region);
  for (const { exportName } of outputs) {
    const other = exportName === undefined ? undefined : others.get(exportName)?.stack;
    if (other === undefined || other.id === stack.id) continue;
    throw validationError(`Export with name ${exportName} is already exported by stack ${other.name}.`);
  }
  const inUse = exportInUse(outputs, stack, account);
  if (inUse !== undefined) throw validationError(inUse);
}

/** Why exports of a stack may not become these; undefined where nobody uses what would change. */
export function exportInUse(
  outputs: readonly StackOutputState[],
  stack: Pick<StackState, 'region' | 'outputs'>,
  account: Account,
): string | undefined {
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue;
    const next = outputs.find((output) => output.exportName === exportName);
    if (next?.value === value) continue;
    const users = importersOf(account, stack.region, exportName);
    if (users.length === 0) continue;
    const act = next === undefined ? 'deleted' : 'updated';
    return `Export ${exportName} cannot be ${act} as it is in use by ${users.join(', ')}.`;
  }
  return undefined;
}
