import type { Problem } from '../problem.ts';
import type { Path, YamlFile } from './document.ts';
import type { Fault } from './schema.ts';

/** Faults against a schema as problems of the file, without those at a place that was refused already. */
export function schemaProblems(
  yaml: YamlFile,
  faults: readonly Fault[],
  refused: readonly Problem[] = [],
): readonly Problem[] {
  return faults
    .map((fault) => {
      if (fault.kind === 'missing') {
        const parent: Path = fault.path.slice(0, -1);
        return { ...yaml.problem('missing_field', parent, fault.message) };
      }
      if (fault.kind === 'unknown') return yaml.keyProblem('unknown_field', fault.path, fault.message);
      return yaml.problem('wrong_value', fault.path, fault.message);
    })
    .filter(
      (problem) => !refused.some(({ field }) => field === problem.field || field.startsWith(`${problem.field}/`)),
    );
}
