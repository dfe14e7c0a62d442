/** The actions of the sandbox's services with their resource types and condition keys, for analysis. */
import { actionPrefixes, actionsOf } from '../cloud/action-catalogue.ts';
import type { KnownActions } from '../iam/index.ts';

export type { KnownActions } from '../iam/index.ts';

let read: KnownActions | undefined;

/** Read once, when it is first asked for. */
export function knownActions(): KnownActions {
  read ??= new Map(
    actionPrefixes.flatMap((prefix) => {
      const actions = actionsOf(prefix);
      return actions === undefined ? [] : [[prefix, actions] as const];
    }),
  );
  return read;
}
