import type { ServiceActions } from '../../../iam/check/catalogue.ts';
import { servicesNamedIn } from '../../../iam/check/catalogue.ts';
import { actionsOf } from '../../action-catalogue.ts';

/** The actions of the services that a text names, and of these, as far as the sandbox knows them. */
export function actionsNamedIn(text: string, more: readonly string[] = []): ReadonlyMap<string, ServiceActions> {
  const found = new Map<string, ServiceActions>();
  for (const service of [...servicesNamedIn(text), ...more]) {
    const actions = actionsOf(service);
    if (actions !== undefined) found.set(service, actions);
  }
  return found;
}
