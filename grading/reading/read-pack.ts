/** From the text of a pack.yaml to the pack, or to everything that is wrong with it. */
import { type Pack, PackFile } from '../pack.ts';
import type { Problem } from '../problem.ts';
import { YamlFile } from './document.ts';
import { faultsOf } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';

export type ReadPack =
  | { readonly kind: 'ok'; readonly pack: Pack }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the text of a pack.yaml. */
export function readPack(text: string): ReadPack {
  const yaml = new YamlFile('pack.yaml', text);
  const faults = yaml.problems.length > 0 ? yaml.problems : schemaProblems(yaml, faultsOf(PackFile, yaml.value));
  if (faults.length > 0) return { kind: 'invalid', problems: faults };
  const pack = yaml.value as Pack;
  const twice = pack.challenges.flatMap((id, index) =>
    pack.challenges.indexOf(id) === index
      ? []
      : [yaml.problem('duplicate_name', ['challenges', index], `${id} stands here twice: name each challenge once.`)],
  );
  return twice.length > 0 ? { kind: 'invalid', problems: twice } : { kind: 'ok', pack };
}
