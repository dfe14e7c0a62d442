/** Which services, and which of their actions, the Allow statements of policies speak of: all that reports on last accesses list. */
import type { ServiceActions } from '../../../iam/check/catalogue.ts';
import { compileGlob, type Glob, matchGlob } from '../../../iam/glob.ts';
import { actionPrefixes, actionsOf } from '../../action-catalogue.ts';
import { dataEventType } from '../../ledger/event-kinds.ts';
import type { AccessReportState } from './state.ts';

type Allows = AccessReportState['allows'];

/** A service by its prefix, with the names of its actions that are allowed. */
export interface AllowedService {
  readonly prefix: string;
  readonly actions: readonly string[];
}

/** The sandbox's services of which an action is allowed, by prefix. */
export function allowedServices(allows: Allows): readonly AllowedService[] {
  const elements = allows.map(({ not, values }) => ({
    not,
    globs: values.map((value) => compileGlob([{ pattern: value.toLowerCase() }], 'text')),
  }));
  return actionPrefixes.flatMap((prefix) => {
    const names = namesOf(actionsOf(prefix)).filter((name) => isAllowed(elements, `${prefix}:${name}`.toLowerCase()));
    return names.length === 0 ? [] : [{ prefix, actions: names }];
  });
}

function namesOf(service: ServiceActions | undefined): readonly string[] {
  return [...(service?.actions.values() ?? [])].map(({ name }) => name);
}

function isAllowed(elements: readonly { readonly not: boolean; readonly globs: readonly Glob[] }[], action: string) {
  return elements.some(({ not, globs }) => globs.some((glob) => matchGlob(glob, action)) !== not);
}

/** Whether a report of actions tells of it: management actions, PassRole aside, which is no call. */
export function isTracked(prefix: string, action: string): boolean {
  return dataEventType(prefix, action) === undefined && `${prefix}:${action}` !== 'iam:PassRole';
}
