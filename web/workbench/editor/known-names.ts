/** The actions and condition keys that there are, as the Service Authorization Reference lists them: of each service when it is named. */
import globalKeys from '../../../iam/generated/global-keys.json' with { type: 'json' };
import { catalogueFor, services } from './action-catalogue.ts';

const prefixes = [...services].sort().map((service) => `${service}:`);

/** Words for an action as far as it is typed: services up to the colon, then this service's actions. */
export async function actionsFor(typed: string): Promise<readonly string[]> {
  const [service = '', action] = typed.toLowerCase().split(':');
  if (action === undefined) return prefixes;
  const known = (await catalogueFor(`"${service}:`)).get(service);
  return [...(known?.actions.values() ?? [])].map(({ name }) => `${service}:${name}`).sort();
}

/** Condition keys of all requests, and of the services that the document names. A tag's key is left open: `aws:RequestTag/`. */
export async function conditionKeysFor(document: string): Promise<readonly string[]> {
  const catalogue = await catalogueFor(document);
  const own = [...catalogue.values()].flatMap(({ conditionKeys }) => conditionKeys.map(({ name }) => name));
  const all = [...globalKeys.globalKeys.map(([name = '']) => name), ...own];
  return [...new Set(all.map((name) => name.replace(/\/(?:\$\{.*|tag-key)$/, '/')))].sort();
}
