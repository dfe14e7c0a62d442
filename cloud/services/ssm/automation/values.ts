/** What names between braces stand for in a runbook: parameters, outputs of steps, and what Automation knows by itself. */
import { own } from '../../../own.ts';
import type { Json } from '../documents/content.ts';
import type { ExecutionState } from './state.ts';

export function lookupIn({ parameters, steps, id, region }: ExecutionState, accountId: string, now: number) {
  const day = new Date(now).toISOString().slice(0, 10);
  const known: Readonly<Record<string, string>> = {
    'automation:EXECUTION_ID': id,
    'global:ACCOUNT_ID': accountId,
    'global:DATE': day,
    'global:DATE_TIME': `${day}_${new Date(now).toISOString().slice(11, 19).replaceAll(':', '.')}`,
    'global:REGION': region,
  };
  return (name: string): Json | undefined => {
    const dot = name.indexOf('.');
    if (dot === -1) return own(known, name) ?? parameters.find((parameter) => parameter.name === name)?.value;
    // The last run of a step counts.
    const step = steps.findLast((each) => each.name === name.slice(0, dot));
    return step?.outputs.find((output) => output.name === name.slice(dot + 1))?.value;
  };
}
