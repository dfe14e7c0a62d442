/** The parameters of a runbook as it is started with them, and the role that they name. */
import { AwsError } from '../../../errors.ts';
import { contentOf, type Json } from '../documents/content.ts';
import { filledIn, textOf } from '../documents/filling.ts';
import { type GivenValues, readValues } from '../documents/values.ts';
import { runbookOf } from './runbook.ts';

/** The values of a runbook's parameters. @throws InvalidAutomationExecutionParametersException */
export function valuesOf(content: string, given: GivenValues): ReadonlyMap<string, Json> {
  const { parameters } = contentOf('Automation', content);
  const read = readValues(parameters, given);
  if (read.kind === 'ok') return read.values;
  const names = read.names.join(', ');
  const message = {
    unknown: `Unknown parameters: ${names}`,
    missing: `Missing required parameters: ${names}`,
    value: `The values of these parameters are not valid: ${names}`,
  }[read.problem];
  throw invalidParameters(message);
}

export function invalidParameters(message: string): AwsError {
  return new AwsError('InvalidAutomationExecutionParametersException', message, { status: 400 });
}

/** The role that a runbook acts as; undefined for none. @throws InvalidAutomationExecutionParametersException */
export function roleOf(content: string, given: GivenValues): string | undefined {
  const values = valuesOf(content, given);
  const { assumeRole } = runbookOf(contentOf('Automation', content));
  const role = textOf(filledIn(assumeRole, (name) => values.get(name))).trim();
  return role === '' ? undefined : role;
}
