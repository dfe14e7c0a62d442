/** Whether one statement speaks about one request. Follows the IAM User Guide, "IAM JSON policy elements reference". */
import type { CompiledResource, CompiledStatement } from './compile.ts';
import { evaluateClause } from './conditions/clause.ts';
import { compileGlob, matchGlob } from './glob.ts';
import type { AccessRequest } from './model.ts';
import { exemption, principalMatches } from './principal.ts';
import type { RequestContext } from './request-context.ts';
import { resolveTemplate } from './variables.ts';

/** A request as statements are asked about it. */
export interface Subject {
  readonly request: AccessRequest;
  /** The action in lower case. */
  readonly action: string;
  readonly context: RequestContext;
  /** Whether a permissions boundary is set on the caller. */
  readonly hasBoundary: boolean;
}

/** `doubtful`: AWS does not say. Then an Allow does not apply, and a Deny does. */
export type Outcome = 'applies' | 'does-not-apply' | 'doubtful';

/** Who a policy of a layer speaks of: those that it names, or the identity that it is attached to. */
export type Addressing = 'by-principal' | 'by-attachment';

/** Asks a whole statement: the cheap elements first. */
export function askStatement(statement: CompiledStatement, subject: Subject, addressing: Addressing): Outcome {
  if (!actionApplies(statement, subject)) return 'does-not-apply';
  const resource = askResource(statement, subject);
  if (resource === 'does-not-apply') return resource;
  const principal = askPrincipal(statement, subject, addressing);
  if (principal === 'does-not-apply') return principal;
  let doubtful = resource === 'doubtful' || principal === 'doubtful';
  for (const clause of statement.clauses) {
    const outcome = evaluateClause(clause, subject.context);
    if (outcome === 'unmet') return 'does-not-apply';
    if (outcome === 'doubtful') doubtful = true;
  }
  return doubtful ? 'doubtful' : 'applies';
}

export function actionApplies(statement: CompiledStatement, subject: Subject): boolean {
  const listed = statement.actions.some((glob) => matchGlob(glob, subject.action));
  return listed !== statement.notAction;
}

/**
 * Asks the Resource or NotResource element. A variable without a value matches no resource; under NotResource that would reach every
 * resource, so there it is doubtful.
 */
export function askResource(statement: CompiledStatement, subject: Subject): Outcome {
  if (statement.resources === undefined) return 'applies';
  let unresolved = false;
  for (const resource of statement.resources) {
    const matched = resourceMatches(resource, subject);
    if (matched === true) return statement.notResource ? 'does-not-apply' : 'applies';
    if (matched === undefined) unresolved = true;
  }
  if (!statement.notResource) return 'does-not-apply';
  return unresolved ? 'doubtful' : 'applies';
}

function resourceMatches(resource: CompiledResource, subject: Subject): boolean | undefined {
  switch (resource.kind) {
    case 'glob':
      return matchGlob(resource.glob, subject.request.resource);
    case 'never':
      return undefined;
    case 'template': {
      const pieces = resolveTemplate(resource.template, subject.context);
      return pieces === undefined ? undefined : matchGlob(compileGlob(pieces, 'arn'), subject.request.resource);
    }
  }
}

/** Asks the Principal or NotPrincipal element. Without one, a policy that must name its principals speaks of nobody. */
export function askPrincipal(statement: CompiledStatement, subject: Subject, addressing: Addressing): Outcome {
  if (addressing === 'by-attachment') return statement.principal === undefined ? 'applies' : 'does-not-apply';
  const { principal } = statement;
  if (principal === undefined) return 'does-not-apply';
  const { caller } = subject.request;
  if (!principal.not) return principalMatches(principal, caller).length > 0 ? 'applies' : 'does-not-apply';
  const exempt = exemption(principal, caller, subject.hasBoundary);
  if (exempt === 'exempt') return 'does-not-apply';
  // Allow with NotPrincipal is not supported by AWS.
  return exempt === 'doubtful' || !statement.isDeny ? 'doubtful' : 'applies';
}
