/** Whether a call that a file names is one of the sandbox's, and takes such an input. */
import type { GivenCall } from '../check-words.ts';
import { readInput } from '../input.ts';
import { offeredOperation, offeredOperations, offeredServices } from '../operations.ts';
import type { Problem } from '../problem.ts';
import type { Path, YamlFile } from './document.ts';

/** Problems of a call, at its place in a file. */
export function operationProblems(
  yaml: YamlFile,
  path: Path,
  call: Pick<GivenCall, 'call' | 'with'>,
): readonly Problem[] {
  const operation = offeredOperation(call.call);
  if (operation === undefined) {
    const service = call.call.split(':')[0] ?? '';
    const known = offeredOperations(service);
    const right =
      known.length === 0 ? `the services are ${offeredServices().join(', ')}` : `${service} offers ${known.join(', ')}`;
    return [yaml.problem('wrong_value', [...path, 'call'], `${call.call} is no operation of the sandbox: ${right}.`)];
  }
  const input = readInput(operation.model.input, call.with ?? {});
  if (input.kind === 'ok') return [];
  return [yaml.problem('wrong_value', [...path, 'with', ...input.path], `${call.call}: ${input.message}`)];
}
