/**
 * `{{ssm:name}}` in the values of a command: what Parameter Store holds under the name, read on behalf of who sends the command, who needs
 * `ssm:GetParameters` on it. SecureStrings are none (User Guide, "Using Parameter Store parameters in Run Command").
 */
import type { GetParametersResult } from '@aws-sdk/client-ssm';
import { callingOrThrow, type Process } from '../../../process.ts';
import { documentFailure } from '../documents/errors.ts';
import type { GivenValues } from '../documents/values.ts';

const reference = /\{\{\s*ssm:([A-Za-z0-9_.\-/:]+)\s*\}\}/g;
/** AWS's own: names of one GetParameters. */
const atOnce = 10;

/** The values with their references read. @throws InvalidParameters, AccessDeniedException */
export function* withReferences(given: GivenValues): Process<GivenValues> {
  const texts = Object.values(given).flat();
  const names = [...new Set(texts.flatMap((text) => [...text.matchAll(reference)].map(([, name = '']) => name)))];
  if (names.length === 0) return given;
  if (names.length > atOnce) {
    throw documentFailure('InvalidParameters', `A command names ${atOnce} parameters of Parameter Store at most.`);
  }
  const found = (yield* callingOrThrow({
    by: 'ssm.amazonaws.com',
    as: { kind: 'caller' },
    service: 'ssm',
    operation: 'GetParameters',
    input: { Names: names },
  })) as GetParametersResult;
  const values = new Map<string, string>();
  for (const { Name = '', Selector = '', Type, Value = '' } of found.Parameters ?? []) {
    if (Type === 'SecureString') {
      throw documentFailure(
        'InvalidParameters',
        `The parameter ${Name} is a SecureString, which commands cannot name.`,
      );
    }
    values.set(`${Name}${Selector}`, Value);
  }
  const missing = names.filter((name) => !values.has(name));
  if (missing.length > 0) {
    throw documentFailure('InvalidParameters', `Parameters: [${missing.join(', ')}] not found.`);
  }
  const read = (text: string) => text.replace(reference, (_place, name: string) => values.get(name) ?? '');
  return Object.fromEntries(Object.entries(given).map(([name, list]) => [name, list.map(read)]));
}
