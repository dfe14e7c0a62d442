/** DescribeParameters. */
import type { DescribeParametersRequest, DescribeParametersResult, ParametersFilter } from '@aws-sdk/client-ssm';
import { permission } from '../../permissions/defaults.ts';
import type { ReadOperation } from '../../service.ts';
import { validationException } from './errors.ts';
import { checkFilters, matchesFilters } from './filters.ts';
import { pageOf } from './pages.ts';
import { describeMetadata, parametersIn } from './parameters.ts';
import type { ParameterState } from './state.ts';

export const describeParameters: ReadOperation<DescribeParametersRequest, DescribeParametersResult> = {
  kind: 'read',
  permissions: (_input, facts) => [
    permission('ssm:DescribeParameters', `arn:aws:ssm:${facts.region}:${facts.callerAccountId}:*`, facts),
  ],
  handle(account, input, call) {
    const { Filters: old = [], ParameterFilters: asked = [] } = input;
    if (old.length > 0 && asked.length > 0) {
      throw validationException('You can use either Filters or ParameterFilters in a single request.');
    }
    if (input.Shared === true) return { Parameters: [] };
    const filters = checkFilters(asked, 'describe');
    const found = parametersIn(account, call.request.region)
      .filter((parameter) => matchesFilters(parameter, filters) && old.every((filter) => matchesOld(parameter, filter)))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = pageOf(found, { size: input.MaxResults ?? 50, token: input.NextToken }, ({ name }) => name);
    return {
      Parameters: page.items.map((parameter) => describeMetadata(parameter, account.id)),
      ...(page.token !== undefined && { NextToken: page.token }),
    };
  },
};

/** The filters of the first version of the API: the beginning of a name, a type, a key. */
function matchesOld(parameter: ParameterState, { Key: key, Values: values = [] }: ParametersFilter): boolean {
  switch (key) {
    case 'Name':
      return values.some((value) => parameter.name.startsWith(value));
    case 'Type':
      return values.some((value) => parameter.type === value);
    default:
      return values.some((value) => parameter.keyId === value);
  }
}
