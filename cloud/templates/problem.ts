import { AwsError } from '../errors.ts';
import type { Place } from './value.ts';

/** Something wrong with a template. */
export interface TemplateProblem extends Place {
  /** Stable. */
  readonly code:
    | 'template_too_large'
    | 'template_syntax'
    | 'unknown_section'
    | 'unknown_resource_type'
    | 'unknown_property'
    | 'missing_property'
    | 'wrong_value'
    | 'unknown_name'
    | 'unknown_attribute'
    | 'unknown_condition'
    | 'unknown_mapping'
    | 'dependency_cycle';
  /** What is wrong, and what would be right. */
  readonly message: string;
  /** The names that it is about: of a type, a reference, the members of a circle. */
  readonly names?: readonly string[];
}

/** Where problems are gathered while a template is read. */
export interface Problems {
  add(code: TemplateProblem['code'], place: Place, message: string, names?: readonly string[]): void;
}

/** Names as a sentence lists them. */
export function listed(names: Iterable<string>): string {
  return [...names].join(', ');
}

/** CloudFormation's refusal of a template, or of what it is called with. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}
