/** Many resources of one place as one pattern. */
import { parseArn } from '../arn.ts';

/** A resource as a statement names it, or a pattern for several of them. */
export interface Resource {
  /** As in a Resource element. */
  readonly pattern: string;
  /** What was asked for. */
  readonly recorded: readonly string[];
}

/**
 * Resources in the same folder, at least `from` of them, become `folder/*`; so do folders in the same folder, as far up as they are
 * that many. A pattern never stands for a whole kind of resources (`role/*`), nor for all buckets.
 */
export function foldResources(resources: readonly Resource[], from: number): readonly Resource[] {
  let folded = resources;
  for (;;) {
    const next = foldOnce(folded, from);
    if (next.length === folded.length) return folded;
    folded = next;
  }
}

function foldOnce(resources: readonly Resource[], from: number): readonly Resource[] {
  const byFolder = new Map<string, Resource[]>();
  for (const resource of resources) {
    const folder = folderOf(resource.pattern) ?? resource.pattern;
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), resource]);
  }
  return [...byFolder].flatMap(([folder, inside]) =>
    inside.length < Math.max(2, from)
      ? inside
      : [{ pattern: `${folder}*`, recorded: inside.flatMap(({ recorded }) => recorded) }],
  );
}

/** With its last slash; of `a/b/*` it is `a/`. Undefined where everything above is of another kind. */
function folderOf(pattern: string): string | undefined {
  const arn = parseArn(pattern);
  if (arn === undefined) return undefined;
  const inner = arn.resource.endsWith('/*') ? arn.resource.slice(0, -2) : arn.resource;
  const end = inner.lastIndexOf('/') + 1;
  const segments = inner.slice(0, end).split('/').length - 1;
  const kinds = arn.service === 's3' ? 0 : 1;
  if (segments <= kinds) return undefined;
  return pattern.slice(0, pattern.length - arn.resource.length + end);
}
