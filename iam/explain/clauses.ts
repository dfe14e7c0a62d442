/** A clause of a Condition held against a request: whether it is met, and why. */
import { type ClauseOutcome, type CompiledClause, evaluateValue } from '../conditions/clause.ts';
import { isAbsent, NULL_OPERATOR } from '../conditions/null.ts';
import { operatorText } from '../document.ts';
import type { Subject } from '../statement.ts';
import { isStatic, parseTemplate, plainText, resolveTemplate, type Template } from '../variables.ts';
import type { ElementExplanation } from './explanation.ts';
import { listShown, show } from './words.ts';

const MOST_VALUES = 10;

/** Whether a statement is known to have spoken of the request beyond doubt: then each of its elements matched, and none is asked again. */
export type Spoken = 'beyond-doubt' | 'not-known';

/** A clause with the last that was said of it: the requests of a caller mostly have the same keys. */
export class ToldClause {
  readonly #compiled: CompiledClause;
  readonly #hasVariables: boolean;
  #value: string | undefined;
  #outcome: ClauseOutcome | undefined;
  #explained: ElementExplanation | undefined;
  /** The values that it asks for, where they have no variables. */
  #wanted: string | undefined;

  constructor(compiled: CompiledClause) {
    this.#compiled = compiled;
    this.#hasVariables = hasVariables(compiled);
  }

  /** Holds it against a request. */
  explain(subject: Subject, spoken: Spoken): ElementExplanation {
    const compiled = this.#compiled;
    const value = subject.context.get(compiled.key);
    const outcome = spoken === 'beyond-doubt' ? 'met' : evaluateValue(compiled, value, subject.context);
    if (this.#explained !== undefined && this.#value === value && this.#outcome === outcome) return this.#explained;
    const { clause } = compiled;
    const wanted = clause.values.length > MOST_VALUES ? clause.values.slice(0, MOST_VALUES) : clause.values;
    const explained: ElementExplanation = {
      element: 'Condition',
      outcome: outcome === 'met' ? 'matches' : outcome === 'unmet' ? 'does-not-match' : 'doubtful',
      because: this.#why(value, outcome, subject),
      clause: { operator: operatorText(clause), key: clause.key, value: value ?? null, wanted },
    };
    if (!this.#hasVariables) {
      if (value !== undefined && typeof value !== 'string') return explained;
      this.#value = value;
      this.#outcome = outcome;
      this.#explained = explained;
      return explained;
    }
    if (value === undefined) return explained;
    const unresolved = clause.values.flatMap((text) =>
      unresolvedIn(text, parseTemplate(text, compiled.version), subject),
    );
    return unresolved.length === 0 ? explained : { ...explained, unresolved };
  }

  #why(value: string | readonly string[] | undefined, outcome: ClauseOutcome, subject: Subject): string {
    const { clause, operator } = this.#compiled;
    const { key } = clause;
    if (clause.operator === NULL_OPERATOR) {
      return isAbsent(value) ? `${key} is not in the request` : `${key} is in the request`;
    }
    if (operator === undefined) return `there is no condition operator ${clause.operator}`;
    if (value === undefined || isAbsent(value)) {
      const by = outcome === 'met' ? `, which meets ${operatorText(clause)}` : '';
      return `${key} is not in the request${by}`;
    }
    if (typeof value !== 'string' && clause.set === undefined) {
      return `${key} can have several values: ${clause.operator} needs ForAllValues or ForAnyValue`;
    }
    const shown = show(typeof value === 'string' ? value : value.join(', '));
    if (outcome === 'doubtful') return `${key} ${shown} cannot be compared by ${clause.operator}`;
    return `${key} ${shown} ${outcome === 'met' ? operator.success : operator.failure} ${this.#wantedList(subject)}`;
  }

  /** The values that it asks for, with their variables filled in. Those without variables are put together once. */
  #wantedList(subject: Subject): string {
    if (this.#wanted !== undefined) return this.#wanted;
    const compiled = this.#compiled;
    const shown = listShown(compiled.clause.values.map((value) => resolved(value, compiled, subject)));
    if (!this.#hasVariables) this.#wanted = shown;
    return shown;
  }
}

function hasVariables({ clause, operator, version }: CompiledClause): boolean {
  if (operator?.variables !== true || version === '2008-10-17') return false;
  return clause.values.some((text) => text.includes('${'));
}

/** A policy value as this request reads it, ready to be shown: with its variables filled in where they have a value. */
function resolved(text: string, compiled: CompiledClause, subject: Subject): string {
  if (compiled.operator?.variables !== true) return show(text);
  const template = parseTemplate(text, compiled.version);
  if (isStatic(template)) return show(text);
  const pieces = resolveTemplate(template, subject.context);
  return pieces === undefined ? `${show(text)} (no value in this request)` : show(plainText(pieces));
}

/** The variables of a text, as they are written, that have neither a value nor a default. */
export function unresolvedIn(text: string, template: Template, { context }: Subject): readonly string[] {
  return template.flatMap((piece) => {
    if (!('variable' in piece) || piece.fallback !== undefined) return [];
    const { variable } = piece;
    if (typeof context.get(variable) === 'string') return [];
    const at = text.toLowerCase().indexOf(variable);
    return [at < 0 ? variable : text.slice(at, at + variable.length)];
  });
}
