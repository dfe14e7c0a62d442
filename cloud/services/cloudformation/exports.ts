/** The values that stacks export, and who uses them. */
import type {
  ListExportsInput,
  ListExportsOutput,
  ListImportsInput,
  ListImportsOutput,
} from '@aws-sdk/client-cloudformation';
import type { ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { validationError } from './errors.ts';
import { page } from './pages.ts';
import { deleted } from './stacks.ts';
import type { StackState } from './state.ts';

export interface Export {
  readonly value: string;
  readonly stack: StackState;
}

/** By name, of one region. */
export function exportsOf(account: Account, region: string): ReadonlyMap<string, Export> {
  const found = new Map<string, Export>();
  for (const stack of Object.values(account.cloudformation.stacks)) {
    if (stack.region !== region || stack.status === deleted) continue;
    for (const { exportName, value } of stack.outputs)
      if (exportName !== undefined) found.set(exportName, { value, stack });
  }
  return found;
}

/** The names of the stacks that use an export. */
export function importersOf(account: Account, region: string, exportName: string): readonly string[] {
  return Object.values(account.cloudformation.stacks)
    .filter((stack) => stack.region === region && stack.status !== deleted && stack.imports.includes(exportName))
    .map(({ name }) => name);
}

export const listExports: ReadOperation<ListExportsInput, ListExportsOutput> = {
  kind: 'read',
  handle(account, { NextToken }, call) {
    const found = [...exportsOf(account, call.request.region)].sort(([a], [b]) => (a < b ? -1 : 1));
    const { items, next } = page(found, NextToken, 100);
    return {
      Exports: items.map(([Name, { value, stack }]) => ({ ExportingStackId: stack.id, Name, Value: value })),
      ...(next !== undefined && { NextToken: next }),
    };
  },
};

export const listImports: ReadOperation<ListImportsInput, ListImportsOutput> = {
  kind: 'read',
  handle(account, { ExportName = '', NextToken }, call) {
    const found = importersOf(account, call.request.region, ExportName);
    if (found.length === 0) throw validationError(`Export '${ExportName}' is not imported by any stack.`);
    const { items, next } = page(found, NextToken, 100);
    return { Imports: [...items], ...(next !== undefined && { NextToken: next }) };
  },
};
