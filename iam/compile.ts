/** Policies made ready to be asked: each is compiled once, and kept as long as the policy itself. */
import { type CompiledClause, compileClause } from './conditions/clause.ts';
import { compileGlob, type Glob, type GlobPiece } from './glob.ts';
import type { ListElement, Policy, PrincipalElement, Statement } from './policy.ts';
import { type CompiledPrincipal, compilePrincipal } from './principal.ts';
import { isStatic, parseTemplate, type Template, type TemplatePiece } from './variables.ts';

export interface CompiledPolicy {
  readonly statements: readonly CompiledStatement[];
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
  readonly clauses: readonly CompiledClause[];
}

/** `never`: wildcards or variables stand where AWS allows none, so it matches nothing. */
export type CompiledResource =
  | { readonly kind: 'glob'; readonly glob: Glob }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'never' };

const compiledPolicies = new WeakMap<Policy, CompiledPolicy>();

/** The compiled form of a policy. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = compiledPolicies.get(policy);
  if (known !== undefined) return known;
  const compiled = { statements: policy.statements.map((s, index) => compileStatement(s, index, policy.version)) };
  compiledPolicies.set(policy, compiled);
  return compiled;
}

function compileStatement(statement: Statement, index: number, version: Policy['version']): CompiledStatement {
  return {
    statement,
    index,
    isDeny: statement.effect === 'Deny',
    principal: compileOptionalPrincipal(statement.principal),
    notAction: statement.action.not,
    actions: statement.action.values.map((text) => compileGlob([{ pattern: text.toLowerCase() }], 'text')),
    notResource: statement.resource?.not ?? false,
    resources: compileResources(statement.resource, version),
    clauses: statement.conditions.map((clause) => compileClause(clause, version)),
  };
}

function compileOptionalPrincipal(element: PrincipalElement | undefined): CompiledPrincipal | undefined {
  return element === undefined ? undefined : compilePrincipal(element);
}

function compileResources(element: ListElement | undefined, version: Policy['version']) {
  return element?.values.map((text) => compileResource(text, version));
}

/** Compiles a Resource value. IAM User Guide, "IAM JSON policy elements: Resource". */
export function compileResource(text: string, version: Policy['version']): CompiledResource {
  if (text === '*') return { kind: 'glob', glob: compileGlob([{ pattern: '*' }], 'arn') };
  const template = completeArn(parseTemplate(text, version));
  if (template === undefined) return { kind: 'never' };
  if (!isStatic(template)) return { kind: 'template', template };
  return { kind: 'glob', glob: compileGlob(template, 'arn') };
}

/** The colons before an ARN's resource part. */
const COLONS = 5;
const SERVICE = 2;

/**
 * Completes an ARN that ends early with wildcards (`arn:aws:sqs` is `arn:aws:sqs:*:*:*`). Undefined where a variable stands before
 * the fifth colon, or a wildcard in the service.
 */
function completeArn(template: Template): Template | undefined {
  let colons = 0;
  for (const piece of template) {
    if (colons >= COLONS) break;
    if ('variable' in piece) return undefined;
    const text = 'pattern' in piece ? piece.pattern : piece.literal;
    for (let i = 0; i < text.length && colons < COLONS; i++) {
      const unit = text.charAt(i);
      if (unit === ':') colons++;
      else if (colons === SERVICE && (unit === '*' || unit === '?')) return undefined;
    }
  }
  if (colons === 0 || colons >= COLONS) return template;
  const rest: TemplatePiece & GlobPiece = { pattern: ':*'.repeat(COLONS - colons) };
  return [...template, rest];
}
