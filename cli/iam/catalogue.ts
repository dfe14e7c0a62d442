/** What is known of the actions of services, read from the project's files as it is asked for. */
import { existsSync, readFileSync } from 'node:fs';
import { type ActionCatalogue, readServiceActions, type ServiceActions, type ServiceData } from '../../iam/index.ts';
import { projectPath } from '../../server/config/root.ts';

const known = new Map<string, ServiceActions>();

/** The services of that prefix as far as AWS lists them. Each is read once. */
export function catalogueOf(services: readonly string[]): ActionCatalogue {
  const catalogue = new Map<string, ServiceActions>();
  for (const service of services) {
    const actions = known.get(service) ?? readService(service);
    if (actions === undefined) continue;
    known.set(service, actions);
    catalogue.set(service, actions);
  }
  return catalogue;
}

function readService(service: string): ServiceActions | undefined {
  if (!/^[a-z0-9-]+$/.test(service)) return undefined;
  const file = projectPath(`iam/generated/actions/${service}.json`);
  return existsSync(file) ? readServiceActions(JSON.parse(readFileSync(file, 'utf8')) as ServiceData) : undefined;
}
