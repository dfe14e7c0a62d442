/** DeleteParameter and DeleteParameters. */
import type { DeleteParameterRequest, DeleteParametersRequest, DeleteParametersResult } from '@aws-sdk/client-ssm';
import type { ChangeOperation } from '../../service.ts';
import { findParameter, parameterKey, parameterOf } from './parameters.ts';
import { onAllNamed, onNamed } from './permissions.ts';

export const deleteParameter: ChangeOperation<DeleteParameterRequest, Record<string, never>> = {
  kind: 'change',
  permissions: onNamed('ssm:DeleteParameter'),
  handle(account, input, { request: { region } }) {
    delete account.ssm.parameters[parameterKey(region, parameterOf(account, input.Name ?? '', region).name)];
    return {};
  },
};

export const deleteParameters: ChangeOperation<DeleteParametersRequest, DeleteParametersResult> = {
  kind: 'change',
  permissions: onAllNamed('ssm:DeleteParameters'),
  handle(account, input, { request: { region } }) {
    const deleted: string[] = [];
    const unknown: string[] = [];
    for (const name of new Set(input.Names ?? [])) {
      const parameter = findParameter(account, name, region);
      if (parameter === undefined) {
        unknown.push(name);
      } else {
        delete account.ssm.parameters[parameterKey(region, parameter.name)];
        deleted.push(name);
      }
    }
    return { DeletedParameters: deleted, InvalidParameters: unknown };
  },
};
