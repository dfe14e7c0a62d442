/**
 * Which statements of a policy are about an action, without asking each: exact names by look-up, patterns by the service that they are
 * of, and the few that could be about any service one by one.
 */
import type { CompiledStatement } from './compile.ts';
import { actionApplies } from './statement.ts';

const NONE: readonly CompiledStatement[] = [];

/** The statements of one policy by the actions that they are about. */
export class ActionIndex {
  /** Statements whose actions are all written out, by action. */
  readonly #exact = new Map<string, CompiledStatement[]>();
  /** Statements with patterns, each within a service, by service. */
  readonly #ofService = new Map<string, CompiledStatement[]>();
  /** Statements with NotAction, or with a pattern for the service too. */
  readonly #anywhere: CompiledStatement[] = [];

  constructor(statements: readonly CompiledStatement[]) {
    for (const statement of statements) this.#add(statement);
  }

  #add(statement: CompiledStatement): void {
    const { action } = statement.statement;
    const names = action.values.map((value) => value.toLowerCase());
    if (!action.not && !names.some(isPattern)) {
      for (const name of new Set(names)) append(this.#exact, name, statement);
    } else if (action.not || names.some((name) => serviceIn(name) === undefined)) {
      this.#anywhere.push(statement);
    } else {
      for (const service of new Set(names.map(serviceIn))) append(this.#ofService, service ?? '', statement);
    }
  }

  /** The statements whose Action or NotAction element applies, in the order of the policy. `action` in lower case. */
  statementsOn(action: string): readonly CompiledStatement[] {
    const exact = this.#exact.get(action);
    const ofService = this.#ofService.size === 0 ? undefined : this.#ofService.get(serviceIn(action) ?? '');
    const patterned = [...applying(ofService ?? NONE, action), ...applying(this.#anywhere, action)];
    if (patterned.length === 0) return exact ?? NONE;
    return [...(exact ?? NONE), ...patterned].sort((a, b) => a.index - b.index);
  }
}

function applying(statements: readonly CompiledStatement[], action: string): readonly CompiledStatement[] {
  if (statements.length === 0) return statements;
  return statements.filter((statement) => actionApplies(statement, { action }));
}

function append(index: Map<string, CompiledStatement[]>, name: string, statement: CompiledStatement): void {
  const known = index.get(name);
  if (known === undefined) index.set(name, [statement]);
  else known.push(statement);
}

function isPattern(name: string): boolean {
  return name.includes('*') || name.includes('?');
}

/** The service that a name or pattern is within; undefined where it has none, or a pattern for it. */
function serviceIn(name: string): string | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return undefined;
  const service = name.slice(0, colon);
  return isPattern(service) ? undefined : service;
}
