/** Whether one statement speaks about one request. Follows the IAM User Guide, "IAM JSON policy elements reference". */
import type { CompiledResource, CompiledStatement } from './compile.ts';
import { evaluateClause } from './conditions/clause.ts';
import { compileGlob, type Glob, matchGlob } from './glob.ts';
import type { AnyRequest } from './model.ts';
import { exemption, namingOf } from './principal.ts';
import type { RequestContext } from './request-context.ts';
import { resolveTemplate } from './variables.ts';

/** A request as statements are asked about it. */
export interface Subject {
  readonly request: AnyRequest;
  /** The action in lower case. */
  readonly action: string;
  readonly context: RequestContext;
  /** Whether a permissions boundary is set on the caller. */
  readonly hasBoundary: boolean;
}

/** `doubtful`: AWS does not say. Then an Allow does not apply, and a Deny does. */
export type Outcome = 'applies' | 'does-not-apply' | 'doubtful';

/**
 * Who a policy of a layer speaks of: those that it names, or the identity that it is attached to. `as-limit`: those that it names, but
 * it only lets pass what others grant.
 */
export type Addressing = 'by-principal' | 'by-attachment' | 'as-limit';

/** Asks a whole statement: the cheap elements first. */
export function askStatement(statement: CompiledStatement, subject: Subject, addressing: Addressing): Outcome {
  return actionApplies(statement, subject) ? askOnAction(statement, subject, addressing) : 'does-not-apply';
}

/** Asks the rest of a statement whose Action or NotAction element applies. */
export function askOnAction(statement: CompiledStatement, subject: Subject, addressing: Addressing): Outcome {
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

/** Asks the Action or NotAction element. An empty list, which IAM does not save, matches nothing either way. */
export function actionApplies(statement: CompiledStatement, { action }: Pick<Subject, 'action'>): boolean {
  const { actions, notAction } = statement;
  return actions.length > 0 && matchesAny(actions, action) !== notAction;
}

function matchesAny(globs: readonly Glob[], value: string): boolean {
  for (const glob of globs) if (matchGlob(glob, value)) return true;
  return false;
}

/**
 * Asks the Resource or NotResource element. A variable without a value matches no resource; under NotResource that would reach every
 * resource, so there it is doubtful.
 */
export function askResource(statement: CompiledStatement, subject: Subject): Outcome {
  const { plainResources } = statement;
  if (plainResources !== undefined) {
    const listed = matchesAny(plainResources, subject.request.resource);
    return listed === statement.notResource ? 'does-not-apply' : 'applies';
  }
  if (statement.resources === undefined) return 'applies';
  if (statement.resources.length === 0) return 'does-not-apply';
  let doubtful = false;
  let unresolved = false;
  for (const resource of statement.resources) {
    const matched = resourceMatches(resource, subject);
    if (matched === undefined) unresolved = true;
    if (matched !== true) continue;
    if (resource.standing === 'documented') return statement.notResource ? 'does-not-apply' : 'applies';
    if (resource.standing === 'early-variable' || !statement.isDeny) doubtful = true;
  }
  if (!statement.notResource) return doubtful ? 'doubtful' : 'does-not-apply';
  return doubtful || unresolved ? 'doubtful' : 'applies';
}

/** Whether a value of Resource or NotResource is the request's resource; undefined where a variable has no value in this request. */
export function resourceMatches(resource: CompiledResource, subject: Subject): boolean | undefined {
  if (resource.kind === 'glob') return matchGlob(resource.glob, subject.request.resource);
  const pieces = resolveTemplate(resource.template, subject.context);
  return pieces === undefined ? undefined : matchGlob(compileGlob(pieces, 'arn'), subject.request.resource);
}

/**
 * Asks the Principal or NotPrincipal element. What IAM would not have saved speaks of nobody: no Principal where there must be one,
 * one where there must be none, a wildcard for a part of an ARN.
 */
export function askPrincipal(statement: CompiledStatement, subject: Subject, addressing: Addressing): Outcome {
  const { principal, isDeny } = statement;
  const unsaved: Outcome = isDeny ? 'does-not-apply' : 'doubtful';
  if (addressing === 'by-attachment') return principal === undefined ? 'applies' : unsaved;
  if (principal === undefined) return unsaved;
  const { caller } = subject.request;
  if (!principal.not) {
    if (namingOf(principal, caller) !== 0) {
      // "*" takes in who has no credentials; whether it vouches for a provider's token, AWS does not say.
      const isByToken = caller.kind === 'federated-identity' && !principal.providers.has(caller.provider);
      return isByToken && !isDeny && addressing === 'by-principal' ? 'doubtful' : 'applies';
    }
    return principal.hasPartialWildcard ? unsaved : 'does-not-apply';
  }
  const exempt = exemption(principal, caller, subject.hasBoundary);
  if (exempt === 'exempt') return 'does-not-apply';
  // Allow with NotPrincipal is not supported by AWS.
  return exempt === 'doubtful' || !isDeny ? 'doubtful' : 'applies';
}
