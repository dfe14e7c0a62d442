/** The resources of a stack, as references and changes see them. */
import type { Made, Properties } from '../../templates/resource-type.ts';
import type { StackResourceState } from './state.ts';

/** What takes back one thing that was done. */
export type Undo =
  | { readonly kind: 'remove'; readonly resource: StackResourceState }
  | { readonly kind: 'restore'; readonly before: StackResourceState; readonly after: StackResourceState };

/** Whether a resource of a stack is there: it was made, and not removed again. */
export function isThere(
  resource: StackResourceState | undefined,
): resource is StackResourceState & { readonly physicalId: string } {
  return resource?.physicalId !== undefined && resource.status !== 'DELETE_COMPLETE';
}

/** What a resource of a stack was brought to. */
export function propertiesIn({ properties }: StackResourceState): Properties {
  return JSON.parse(properties) as Properties;
}

/** What references to a resource of a stack come to. */
export function madeOf({ physicalId = '', attributes }: StackResourceState): Made {
  return { ref: physicalId, attributes };
}
