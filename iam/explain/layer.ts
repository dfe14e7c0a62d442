/** One layer: what it said, what came of it, and the statements that did it. */
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import type { LayerFindings } from '../findings.ts';
import type { DecisiveStatement, Layer } from '../model.ts';
import type { Addressing } from '../statement.ts';
import type { Spoken } from './clauses.ts';
import type { Decided } from './decided.ts';
import { explainElements } from './elements.ts';
import type { LayerExplanation, LayerOutcome, LayerPart, Path, StatementExplanation } from './explanation.ts';
import { NOT_NEAR, nearStatements } from './near-misses.ts';
import { policyPlace } from './places.ts';
import { SILENT_LAYERS, shortStatementName } from './words.ts';

const MOST = 5;
const NONE: readonly StatementExplanation[] = [];

/** A layer that has no say in the request. */
export function notAsked(layer: Layer, because: string): LayerExplanation {
  return { layer, outcome: 'not-asked', part: 'none', because, statements: NONE, near: NONE, more: 0 };
}

/** A layer that is no list of statements. */
export function withoutStatements(
  layer: Layer,
  outcome: LayerOutcome,
  because: string,
  decided: Decided,
): LayerExplanation {
  const part = partOf(layer, outcome, decided);
  return { layer, outcome, part, because, statements: NONE, near: NONE, more: 0 };
}

/** A layer of policies. `because` says why it is silent, where that is not for want of a statement. */
export function explainLayer(
  layer: Layer,
  findings: LayerFindings,
  decided: Decided,
  because?: string,
): LayerExplanation {
  const { policies, addressing, denies, allows } = findings;
  const outcome = outcomeOf(layer, findings);
  const effect = effectOfNear(outcome, decided);
  const near =
    decided.looked.find((looked) => looked.findings === findings)?.near ??
    (effect === undefined ? NOT_NEAR : nearStatements(policies, addressing, effect, decided.subject));
  const spoke = denies.length > 0 ? denies.length : allows.length;
  // An Allow never speaks doubtfully; of the Denies some may.
  const spoken = denies.length > 0 ? 'not-known' : 'beyond-doubt';
  let statements = NONE;
  for (let at = 0; at < spoke && at < MOST; at++) {
    const decisive = denies.length > 0 ? denies[at] : allows[at]?.decisive;
    const statement =
      decisive === undefined ? undefined : compilePolicy(decisive.policy.policy).statements[decisive.index];
    if (decisive === undefined || statement === undefined) continue;
    statements = withOneMore(statements, explainStatement(statement, decisive, addressing, decided, spoken));
  }
  let nearest = NONE;
  for (const { statement, decisive } of near.first) {
    nearest = withOneMore(nearest, explainStatement(statement, decisive, addressing, decided, 'not-known'));
  }
  return {
    layer,
    outcome,
    part: partOf(layer, outcome, decided),
    because: because ?? whyLayer(layer, outcome, denies[0] ?? allows[0]?.decisive, spoke),
    statements,
    near: nearest,
    more: spoke - statements.length + near.count - nearest.length,
  };
}

/** Most lists have one: a list that grows from nothing takes much more memory. */
function withOneMore(
  list: readonly StatementExplanation[],
  statement: StatementExplanation,
): readonly StatementExplanation[] {
  return list.length === 0 ? [statement] : [...list, statement];
}

/** RCPFullAWSAccess, which nobody can detach, allows for the layer of resource control policies. */
function outcomeOf(layer: Layer, { denies, allows }: LayerFindings): LayerOutcome {
  if (denies.length > 0) return 'denies';
  return allows.length > 0 || layer === 'resource-control' ? 'allows' : 'silent';
}

/** The statements that could have changed the answer. */
function effectOfNear(outcome: LayerOutcome, { judgement }: Decided): 'Allow' | 'Deny' | undefined {
  if (judgement.kind === 'allowed') return 'Deny';
  return outcome === 'silent' ? 'Allow' : undefined;
}

/** The layers that grant nothing, and take away what they do not allow. */
const LIMITS: ReadonlySet<Layer> = new Set([
  'resource-control',
  'service-control',
  'vpc-endpoint',
  'boundary',
  'session',
  'block-public-access',
]);

function partOf(layer: Layer, outcome: LayerOutcome, { judgement, paths }: Decided): LayerPart {
  if (outcome === 'not-asked') return 'none';
  if (layer === judgement.layer) return 'decides';
  const isAllowed = judgement.kind === 'allowed';
  if (LIMITS.has(layer) && outcome === 'allows') return 'lets-pass';
  if (LIMITS.has(layer) || outcome === 'denies') return isAllowed ? 'none' : 'stands-in-the-way';
  if (outcome === 'silent') return 'grants-nothing';
  return paths.some((path) => isIn(path, layer)) ? 'grants' : 'not-enough';
}

function isIn(path: Path, layer: Layer): boolean {
  return path.layer === layer || path.statements.some((of) => of.layer === layer);
}

function whyLayer(layer: Layer, outcome: LayerOutcome, first: DecisiveStatement | undefined, spoke: number): string {
  if (first === undefined) {
    return outcome === 'allows' ? 'RCPFullAWSAccess allows it, and no other denies it' : SILENT_LAYERS[layer];
  }
  const others = spoke === 1 ? '' : ` (and ${spoke - 1} more)`;
  return `${shortStatementName(first)}${others}${first.effect === 'Deny' ? ' denies it explicitly' : ' allows it'}`;
}

function explainStatement(
  statement: CompiledStatement,
  { policy, index, sid, effect }: DecisiveStatement,
  addressing: Addressing,
  { subject, policies }: Decided,
  spoken: Spoken,
): StatementExplanation {
  const elements = explainElements(statement, subject, addressing, spoken);
  const { layer, name } = policy;
  const place = policyPlace(policy, policies);
  return sid === undefined
    ? { layer, policy: place, name, statement: index, effect, elements }
    : { layer, policy: place, name, statement: index, sid, effect, elements };
}
