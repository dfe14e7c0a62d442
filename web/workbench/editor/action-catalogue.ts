import {
  type ActionCatalogue,
  readServiceActions,
  type ServiceData,
  servicesNamedIn,
} from '../../../iam/check/catalogue.ts';

const files = import.meta.glob<ServiceData>('../../../iam/generated/actions/*.json', { import: 'default' });
const loads = new Map(
  Object.entries(files).map(([path, load]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), load]),
);
/** The prefixes of all services. */
export const services: ReadonlySet<string> = new Set(loads.keys());
const loaded: Map<string, ReturnType<typeof readServiceActions>> = new Map();

/** The actions of the services that a document names, each fetched when it is first named. What cannot be fetched is not there. */
export async function catalogueFor(text: string): Promise<ActionCatalogue> {
  await Promise.allSettled(
    servicesNamedIn(text).map(async (service) => {
      const load = loads.get(service);
      if (load !== undefined && !loaded.has(service)) loaded.set(service, readServiceActions(await load()));
    }),
  );
  return loaded;
}
