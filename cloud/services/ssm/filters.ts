/** Filters of DescribeParameters and GetParametersByPath (API reference, ParameterStringFilter). */
import type { ParameterStringFilter } from '@aws-sdk/client-ssm';
import { AwsError } from '../../errors.ts';
import { validationException } from './errors.ts';
import type { ParameterState } from './state.ts';

/** A filter with its defaults filled in. */
export interface Filter {
  readonly key: string;
  readonly option: string;
  readonly values: readonly string[];
}

type Use = 'describe' | 'by-path';

const keysByUse: Readonly<Record<Use, readonly string[]>> = {
  describe: ['Path', 'Name', 'Type', 'KeyId', 'Tier', 'DataType'],
  'by-path': ['Type', 'KeyId', 'Label', 'DataType'],
};

const valuesByKey: Readonly<Record<string, readonly string[]>> = {
  Type: ['String', 'StringList', 'SecureString'],
  Tier: ['Standard', 'Advanced', 'Intelligent-Tiering'],
};

/** Throws `InvalidFilterKey`, `InvalidFilterOption`, `InvalidFilterValue`, `ValidationException`. */
export function checkFilters(filters: readonly ParameterStringFilter[], use: Use): readonly Filter[] {
  const seen = new Set<string>();
  return filters.map((filter) => {
    const key = filter.Key ?? '';
    const option = filter.Option ?? (key === 'Path' ? 'OneLevel' : 'Equals');
    const values = filter.Values ?? [];
    const isTag = key.startsWith('tag:');
    if (isTag ? use === 'by-path' : !keysByUse[use].includes(key)) {
      throw invalid(
        'Key',
        `The following filter key is not valid: ${key}. Valid filter keys include: [${keysByUse[use].join(', ')}].`,
      );
    }
    if (seen.has(key)) {
      throw invalid(
        'Key',
        `The following filter is duplicated in the request: ${key}. A request can contain only one occurrence of a specific filter.`,
      );
    }
    seen.add(key);
    if (!isTag && values.length === 0) {
      throw invalid('Value', `The following filter values are missing : null for filter key ${key}.`);
    }
    checkOption(key, option);
    checkValues(key, values);
    return { key, option, values };
  });
}

function invalid(what: 'Key' | 'Option' | 'Value', message: string): AwsError {
  return new AwsError(`InvalidFilter${what}`, message, { status: 400 });
}

function checkOption(key: string, option: string): void {
  const valid = optionsOf(key);
  if (!valid.includes(option)) {
    throw invalid(
      'Option',
      `The following filter option is not valid: ${option}. Valid options include: [${valid.join(', ')}].`,
    );
  }
}

function optionsOf(key: string): readonly string[] {
  if (key === 'Path') return ['Recursive', 'OneLevel'];
  if (key === 'Label') return ['Equals'];
  return key === 'Name' ? ['BeginsWith', 'Equals', 'Contains'] : ['BeginsWith', 'Equals'];
}

function checkValues(key: string, values: readonly string[]): void {
  const valid = valuesByKey[key];
  const wrong = valid && values.find((value) => !valid.includes(value));
  if (wrong !== undefined) {
    throw invalid(
      'Option',
      `The following filter value is not valid: ${wrong}. Valid values include: [${valid?.join(', ')}].`,
    );
  }
  if (key !== 'Path') return;
  for (const value of values) {
    if (/^\/(aws|ssm)/i.test(value)) {
      throw validationException(
        'Filters for common parameters can\'t be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.',
      );
    }
    if (!value.startsWith('/') || value.includes('//') || !/^[A-Za-z0-9_./-]*$/.test(value)) {
      throw validationException(
        'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/".',
      );
    }
  }
}

/** Whether a parameter passes every filter; of one filter's values one is enough. */
export function matchesFilters(parameter: ParameterState, filters: readonly Filter[]): boolean {
  return filters.every((filter) => matches(parameter, filter));
}

function matches(parameter: ParameterState, { key, option, values }: Filter): boolean {
  const full = `/${parameter.name.replace(/^\//, '')}`;
  switch (key) {
    case 'Path':
      return values.some((value) => isUnder(full, value, option));
    case 'Name':
      return values.some((value) =>
        option === 'Contains' ? full.includes(value) : compare(full, `/${value.replace(/^\//, '')}`, option),
      );
    case 'Label':
      return parameter.versions.some(({ labels }) => labels.some((label) => values.includes(label)));
    case 'Type':
      return values.some((value) => compare(parameter.type, value, option));
    case 'KeyId':
      return values.some((value) => parameter.keyId !== undefined && compare(parameter.keyId, value, option));
    case 'Tier':
      return values.some((value) => compare(parameter.tier, value, option));
    case 'DataType':
      return values.some((value) => compare(parameter.dataType, value, option));
    default:
      return parameter.tags.some(
        (tag) =>
          `tag:${tag.Key}` === key &&
          (values.length === 0 || values.some((value) => compare(tag.Value, value, option))),
      );
  }
}

function compare(actual: string, value: string, option: string): boolean {
  return option === 'BeginsWith' ? actual.startsWith(value) : actual === value;
}

function isUnder(full: string, path: string, option: string): boolean {
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return full.startsWith(prefix) && (option === 'Recursive' || !full.slice(prefix.length).includes('/'));
}
