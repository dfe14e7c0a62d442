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
    | 'dependency_cycle';
  /** What is wrong, and what would be right. */
  readonly message: string;
}

/** Where problems are gathered while a template is read. */
export interface Problems {
  add(code: TemplateProblem['code'], place: Place, message: string): void;
}

/** Names as a sentence lists them. */
export function listed(names: Iterable<string>): string {
  return [...names].join(', ');
}
