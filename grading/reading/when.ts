/** Whether a condition key that a check gives is one of AWS's: a misspelt one is in no policy, so the check would ask something else. */
import { lookUpKey } from '../../iam/check/keys.ts';
import { SERVICES } from '../../iam/check/service-names.ts';
import type { Problem } from '../problem.ts';
import type { Path, YamlFile } from './document.ts';

/** Problems of the keys of a `when`. Keys of a service are known by their prefix alone: its own list of keys is not at hand here. */
export function whenProblems(yaml: YamlFile, path: Path, when: object | undefined): readonly Problem[] {
  return Object.keys(when ?? {}).flatMap((key) => {
    const { kind } = lookUpKey(new Map(), key, SERVICES);
    if (kind !== 'unknown-global' && kind !== 'unknown-service') return [];
    const right =
      kind === 'unknown-global'
        ? 'the keys that begin with aws: are listed under "AWS global condition context keys" in the IAM User Guide'
        : 'before the colon stands aws, the prefix of a service as in its actions, or an identity provider';
    return [yaml.keyProblem('wrong_value', [...path, key], `${key} is no condition key of AWS: ${right}.`)];
  });
}
