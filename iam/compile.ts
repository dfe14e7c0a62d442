/** Policies made ready to be asked: each is compiled once, and kept as long as the policy itself. */
import { ActionIndex } from './action-index.ts';
import { type CompiledClause, compileClause } from './conditions/clause.ts';
import { compileGlob, type Glob } from './glob.ts';
import type { ListElement, Policy, PrincipalElement, Statement } from './policy.ts';
import { type CompiledPrincipal, compilePrincipal } from './principal.ts';
import { isStatic, parseTemplate, type Template } from './variables.ts';

export class CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
  #index: ActionIndex | undefined;

  constructor(statements: readonly CompiledStatement[]) {
    this.statements = statements;
  }

  /** The statements whose Action or NotAction element applies, in the order of the policy. `action` in lower case. */
  statementsOn(action: string): readonly CompiledStatement[] {
    this.#index ??= new ActionIndex(this.statements);
    return this.#index.statementsOn(action);
  }
}

export interface CompiledStatement {
  readonly statement: Statement;
  /** Place in the policy, from 0. */
  readonly index: number;
  readonly isDeny: boolean;
  readonly principal: CompiledPrincipal | undefined;
  readonly notAction: boolean;
  readonly actions: readonly Glob[];
  readonly notResource: boolean;
  /** Undefined: the statement has no such element (role trust policies), and speaks of any resource. */
  readonly resources: readonly CompiledResource[] | undefined;
  /** The same, where all are patterns that AWS documents and none depends on the request. */
  readonly plainResources: readonly Glob[] | undefined;
  readonly clauses: readonly CompiledClause[];
}

/**
 * `standing` says how far AWS documents the value. `early-variable`: a variable stands before the fifth colon, where AWS's guide
 * knows none although AWS's own policies have some. `refused`: IAM would not have saved it.
 */
export type CompiledResource =
  | { readonly kind: 'glob'; readonly glob: Glob; readonly standing: Standing }
  | { readonly kind: 'template'; readonly template: Template; readonly standing: Standing };

export type Standing = 'documented' | 'early-variable' | 'refused';

const compiledPolicies = new WeakMap<Policy, CompiledPolicy>();

/** The compiled form of a policy. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = compiledPolicies.get(policy);
  if (known !== undefined) return known;
  const compiled = new CompiledPolicy(policy.statements.map((s, index) => compileStatement(s, index, policy.version)));
  compiledPolicies.set(policy, compiled);
  return compiled;
}

/** Compiles one statement; `index` is its place in a policy of that version. */
export function compileStatement(statement: Statement, index: number, version: Policy['version']): CompiledStatement {
  const resources = compileResources(statement.resource, version);
  return {
    statement,
    index,
    isDeny: statement.effect === 'Deny',
    principal: compileOptionalPrincipal(statement.principal),
    notAction: statement.action.not,
    actions: statement.action.values.map((text) => compileGlob([{ pattern: text.toLowerCase() }], 'text')),
    notResource: statement.resource?.not ?? false,
    resources,
    plainResources: plainGlobs(resources),
    clauses: statement.conditions.map((clause) => compileClause(clause, version)),
  };
}

function compileOptionalPrincipal(element: PrincipalElement | undefined): CompiledPrincipal | undefined {
  return element === undefined ? undefined : compilePrincipal(element);
}

function compileResources(element: ListElement | undefined, version: Policy['version']) {
  return element?.values.map((text) => compileResource(text, version));
}

/** Most statements have these alone, and are asked without a further look at each. */
function plainGlobs(resources: readonly CompiledResource[] | undefined): readonly Glob[] | undefined {
  if (resources === undefined || resources.length === 0) return undefined;
  const globs: Glob[] = [];
  for (const resource of resources) {
    if (resource.kind !== 'glob' || resource.standing !== 'documented') return undefined;
    globs.push(resource.glob);
  }
  return globs;
}

/** Compiles a Resource value. IAM User Guide, "IAM JSON policy elements: Resource". */
export function compileResource(text: string, version: Policy['version']): CompiledResource {
  const parsed = parseTemplate(text, version);
  const { colons, standing } = readArnParts(parsed);
  const template = colons === 0 || colons >= COLONS ? parsed : [...parsed, { pattern: ':*'.repeat(COLONS - colons) }];
  if (!isStatic(template)) return { kind: 'template', template, standing };
  return { kind: 'glob', glob: compileGlob(template, 'arn'), standing };
}

/** The colons before an ARN's resource part. An ARN that ends before is completed with wildcards: `arn:aws:sqs:*:*:*`. */
const COLONS = 5;
/** The colons before the part that names the region: no wildcard and no variable can stand in the service. */
const SERVICE_COLONS = 3;

function readArnParts(template: Template): { colons: number; standing: Standing } {
  let colons = 0;
  let standing: Standing = 'documented';
  for (const piece of template) {
    if (colons >= COLONS) break;
    if ('variable' in piece) {
      if (colons > 0) standing = colons < SERVICE_COLONS ? 'refused' : 'early-variable';
      continue;
    }
    const text = 'pattern' in piece ? piece.pattern : piece.literal;
    for (let i = 0; i < text.length && colons < COLONS; i++) {
      const unit = text.charAt(i);
      if (unit === ':') colons++;
      else if (colons === SERVICE_COLONS - 1 && (unit === '*' || unit === '?')) standing = 'refused';
    }
  }
  return { colons, standing };
}
