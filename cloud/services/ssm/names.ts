/**
 * Names of parameters: hierarchies, reserved prefixes, ARNs and selectors (AWS Systems Manager User Guide, "Understanding
 * requirements and constraints for parameter names").
 */
import { AwsError } from '../../errors.ts';
import { validationException } from './errors.ts';

const levels = 15;
/** Of the whole ARN, less what comes before the name. */
const longestName = 1011;

/**
 * Checks a name that is to be given. Throws `ValidationException`, `AccessDeniedException` for a name of AWS's own,
 * `HierarchyLevelLimitExceededException`.
 */
export function checkNewName(name: string): void {
  const path = name.startsWith('/');
  const hierarchy = name.slice(path ? 1 : 0).includes('/');
  const lower = name.toLowerCase().replace(/^\//, '');
  if (lower.startsWith('aws') && path && hierarchy) {
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`, { status: 400 });
  }
  if (lower.startsWith('aws') || lower.startsWith('ssm')) {
    throw validationException(
      hierarchy
        ? 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'
        : 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
    );
  }
  if (hierarchy && !path) {
    throw validationException(
      'Parameter name must be a fully qualified name. A name with a hierarchy must begin with a forward slash "/".',
    );
  }
  if (!/^[A-Za-z0-9_./-]+$/.test(name) || name.includes('//') || name.endsWith('/')) {
    throw validationException(
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
  if (name.length > longestName) {
    throw validationException(`Parameter name must not be longer than ${longestName} characters.`);
  }
  if (name.split('/').length - 1 > levels) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `The hierarchy can have a maximum of ${levels} levels: ${name}`,
      { status: 400 },
    );
  }
}

/** A name never has two slashes after `parameter`: that of the hierarchy is the one of the ARN. */
export function parameterArn(name: string, region: string, accountId: string): string {
  return `arn:aws:ssm:${region}:${accountId}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** A parameter as a request names it. */
export interface NamedParameter {
  /** Without the selector. */
  readonly name: string;
  /** The version or label after the colon, `3` or `prod`. */
  readonly selector?: string;
}

/** Reads `name`, `name:3`, `name:label`, or the same after the ARN's `parameter`. */
export function readName(text: string): NamedParameter {
  const [, accountId, resource = ''] = /^arn:aws[\w-]*:ssm:[\w-]*:(\d{12}):parameter(\/.+)$/.exec(text) ?? [];
  const [name = '', selector] = (accountId === undefined ? text : resource).split(/:(.*)/s);
  return { name, ...(selector !== undefined && { selector }) };
}

/** Where a parameter is that is named by its ARN. */
export function placeOfArn(text: string): { readonly region: string; readonly accountId: string } | undefined {
  const [, region, accountId] = /^arn:aws[\w-]*:ssm:([\w-]*):(\d{12}):parameter\//.exec(text) ?? [];
  return region === undefined || accountId === undefined ? undefined : { region, accountId };
}
