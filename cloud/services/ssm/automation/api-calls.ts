/** Operations by the names that runbooks have for them: the service as the AWS SDK for Python calls it, the operation as the API reference does. */

import type { OperationModel, ServiceModel } from '../../../wire/model.ts';
import * as models from '../../../wire/models.ts';
import { plainInput } from '../../../wire/plain-input.ts';
import type { JsonMap } from '../documents/content.ts';

/** The services that have another name here. */
const otherNames: Readonly<Record<string, string>> = { accessanalyzer: 'access-analyzer', s3control: 's3-control' };

const byName: ReadonlyMap<string, ServiceModel> = new Map(Object.values(models).map((model) => [model.name, model]));

export type ApiCall =
  | {
      readonly kind: 'call';
      readonly service: string;
      readonly operation: string;
      readonly input: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'invalid'; readonly message: string };

/** @param api `CreateUser`, or as a method, `create_user` */
export function apiCall(service: string, api: string, inputs: JsonMap): ApiCall {
  const model = byName.get(otherNames[service] ?? service);
  if (model === undefined) return { kind: 'invalid', message: `Unknown service: '${service}'.` };
  const operation = operationNamed(model, api);
  if (operation === undefined) return { kind: 'invalid', message: `The service ${service} has no operation ${api}.` };
  const read = plainInput(operation.input, inputs);
  switch (read.kind) {
    case 'ok':
      return { kind: 'call', service: model.name, operation: operation.name, input: read.value as JsonMap };
    case 'unknown':
      return { kind: 'invalid', message: `Parameter validation failed: Unknown parameter in input: "${read.name}"` };
    case 'wrong':
      return {
        kind: 'invalid',
        message: `Parameter validation failed: ${JSON.stringify(read.value)} is not ${read.wanted}`,
      };
  }
}

function operationNamed(model: ServiceModel, api: string): OperationModel | undefined {
  const wanted = api.replaceAll('_', '').toLowerCase();
  return [...model.operations.values()].find(({ name }) => name.toLowerCase() === wanted);
}
