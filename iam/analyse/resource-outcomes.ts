/**
 * What the Resource elements of statements say of an ARN. The engine is asked, of most statements once for all values of variables: few
 * elements hold one.
 */
import type { CompiledResource, CompiledStatement } from '../compile.ts';
import { compileGlob } from '../glob.ts';
import type { RequestContext } from '../request-context.ts';
import { askResource, type Outcome, type Subject } from '../statement.ts';
import { resolveTemplate } from '../variables.ts';
import type { Reading } from './readings.ts';

/** Asks the Resource element of a statement about a subject, whose context agrees with the values of the variables. */
export type AskResource = (place: number, subject: Subject) => Outcome;

export class ResourceOutcomes {
  private readonly readings: readonly Reading[];
  /** Whether the Resource element says the same of an ARN whatever the request, by place of the statement. */
  private readonly plain: readonly boolean[];
  /** By ARN, and place of the statement. */
  private readonly known = new Map<string, (Outcome | undefined)[]>();

  constructor(readings: readonly Reading[]) {
    this.readings = readings;
    this.plain = readings.map(({ compiled }) => compiled.resources?.every(({ kind }) => kind === 'glob') !== false);
  }

  /** With what is known of each speaker's requests: every variable that a Resource element holds has its value there, or none. */
  with(contexts: readonly RequestContext[]): AskResource {
    const settled = this.readings.map(({ compiled, speaker }, place) => {
      const context = contexts[speaker];
      return this.plain[place] === true || context === undefined ? compiled : withValues(compiled, context);
    });
    return (place, subject) => {
      const statement = settled[place];
      if (statement === undefined) return 'does-not-apply';
      if (this.plain[place] !== true) return askResource(statement, subject);
      const outcomes = this.known.get(subject.request.resource) ?? [];
      if (outcomes.length === 0) this.known.set(subject.request.resource, outcomes);
      const outcome = outcomes[place] ?? askResource(statement, subject);
      outcomes[place] = outcome;
      return outcome;
    };
  }
}

/** The statement with the variables of its Resource element filled in. What has no value stays. */
function withValues(statement: CompiledStatement, context: RequestContext): CompiledStatement {
  const resources = statement.resources?.map((resource): CompiledResource => {
    if (resource.kind === 'glob') return resource;
    const pieces = resolveTemplate(resource.template, context);
    if (pieces === undefined) return resource;
    return { kind: 'glob', glob: compileGlob(pieces, 'arn'), standing: resource.standing };
  });
  return { ...statement, resources };
}
