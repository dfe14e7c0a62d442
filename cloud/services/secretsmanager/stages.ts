/** Staging labels: each is on one version at most; AWSCURRENT leaves AWSPREVIOUS behind. AWS Secrets Manager User Guide, "Secret versions". */

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

interface Staged {
  readonly id: string;
  stages: string[];
}

/** Moves labels to a version. Where AWSCURRENT moves, the version that had it becomes AWSPREVIOUS. */
export function moveStages(versions: readonly Staged[], id: string, stages: readonly string[]): void {
  const wasCurrent = versions.find((version) => version.stages.includes(CURRENT));
  for (const version of versions) {
    const others = version.stages.filter((stage) => !stages.includes(stage));
    version.stages = version.id === id ? [...others, ...stages].sort() : others;
  }
  if (!stages.includes(CURRENT) || wasCurrent === undefined || wasCurrent.id === id) return;
  for (const version of versions) {
    const others = version.stages.filter((stage) => stage !== PREVIOUS);
    version.stages = version.id === wasCurrent.id ? [...others, PREVIOUS].sort() : others;
  }
}

/** What a value that is written with these labels is under. */
export function stagesWanted(versions: readonly unknown[], asked: readonly string[] | undefined): readonly string[] {
  const stages = [...new Set(asked ?? [CURRENT])];
  // The first version of a secret is its current one.
  return versions.length === 0 && !stages.includes(CURRENT) ? [...stages, CURRENT] : stages;
}
