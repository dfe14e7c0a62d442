import type { TemplateProblem } from '../cloud/templates/problem.ts';

/** What is wrong with a file of a pack, said so that its author can put it right without asking anyone. */
export interface Problem {
  /** Stable, snake_case: `unknown_field`, `wildcard_unsupported` … */
  readonly code: ProblemCode;
  /** Path relative to the challenge's (or the pack's) folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** RFC 6901 JSON pointer into the file, `/checks/0/access/who`; empty for the file as a whole. */
  readonly field: string;
  /** What is wrong, and what would be right. */
  readonly message: string;
}

/**
 * The stable codes; those of a template are the template’s own. Those that end in `_unsupported` name parts of the format that
 * this release does not grade.
 */
export type ProblemCode =
  | TemplateProblem['code']
  | 'missing_file'
  | 'unexpected_file'
  | 'file_too_large'
  | 'yaml_syntax'
  | 'missing_field'
  | 'unknown_field'
  | 'duplicate_name'
  | 'missing_refusal'
  | 'traffic_unsupported'
  | 'answer_unsupported'
  | 'choice_unsupported'
  | 'changed_unsupported'
  | 'http_unsupported'
  | 'who_unsupported';

/** A problem as one line for a terminal: `challenge.yaml:12:5 /checks/0: message (code)`. */
export function problemLine(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return `${place}${problem.field === '' ? '' : ` ${problem.field}`}: ${problem.message} (${problem.code})`;
}
