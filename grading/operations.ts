/** The operations that checks may call: those that the embedded cloud offers. */

import type { AnyOperation } from '../cloud/service.ts';
import { services } from '../cloud/services/index.ts';
import type { OperationModel } from '../cloud/wire/model.ts';

/** An operation by its parts. */
export interface OfferedOperation {
  readonly service: string;
  readonly operation: string;
  readonly kind: AnyOperation['kind'];
  readonly model: OperationModel;
}

/** The operation that `service:Operation` names; undefined where the sandbox does not offer it. */
export function offeredOperation(name: string): OfferedOperation | undefined {
  const [prefix = '', operation = ''] = name.split(':');
  const service = Object.hasOwn(services, prefix) ? services[prefix] : undefined;
  if (service === undefined || !Object.hasOwn(service.operations, operation)) return undefined;
  const kind = service.operations[operation]?.kind;
  const model = service.model.operations.get(operation);
  return kind === undefined || model === undefined ? undefined : { service: prefix, operation, kind, model };
}

/** The names of a service’s operations, in order; empty where there is no such service. */
export function offeredOperations(service: string): readonly string[] {
  return Object.hasOwn(services, service) ? Object.keys(services[service]?.operations ?? {}).toSorted() : [];
}

/** The services of the sandbox by their signing names, in order. */
export function offeredServices(): readonly string[] {
  return Object.keys(services).toSorted();
}
