import { type ServiceFacts, type ServiceName, serviceFacts } from '../service-model.ts';
import { sdkClients } from './sdk-clients.ts';
import { moduleOfTable, tableOfClient } from './sdk-table.ts';

/** What cloud/generated/wire/<service>.ts holds for the SDK that is installed. */
export function sourceOf(service: ServiceName): string {
  const { protocol }: ServiceFacts = serviceFacts[service];
  const table = tableOfClient(sdkClients[service], protocol === 'awsQuery' ? 'query-codes' : 'names');
  return moduleOfTable(`${identifier(service)}Table`, table);
}

/** `cognito-identity` as a name in code: `cognitoidentity`. */
function identifier(service: ServiceName): string {
  return service.replaceAll('-', '');
}
