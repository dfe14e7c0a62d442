/** One layer: what it said, what came of it, and the statements that did it. */
import { compilePolicy } from '../compile.ts';
import type { LayerFindings } from '../findings.ts';
import type { DecisiveStatement, Layer } from '../model.ts';
import type { Decided } from './decided.ts';
import { explainElements } from './elements.ts';
import type { LayerExplanation, LayerOutcome, LayerPart, StatementExplanation } from './explanation.ts';
import { nearestFirst, nearStatements } from './near-misses.ts';
import { placeOf } from './places.ts';
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
  const spoke = denies.length > 0 ? denies : allows.map(({ decisive }) => decisive);
  const effect = effectOfNear(outcome, decided);
  const near = effect === undefined ? [] : nearStatements(policies, addressing, effect, decided.subject);
  const explained = (statement: DecisiveStatement) => explainStatement(statement, findings, decided);
  const statements = spoke.length === 0 ? NONE : spoke.slice(0, MOST).map(explained);
  const nearest =
    near.length === 0
      ? NONE
      : nearestFirst(near)
          .slice(0, MOST)
          .map(({ decisive }) => explained(decisive));
  return {
    layer,
    outcome,
    part: partOf(layer, outcome, decided),
    because: because ?? whyLayer(layer, outcome, spoke),
    statements,
    near: nearest,
    more: spoke.length - statements.length + near.length - nearest.length,
  };
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

function partOf(layer: Layer, outcome: LayerOutcome, { judgement, granting }: Decided): LayerPart {
  if (outcome === 'not-asked') return 'none';
  if (layer === judgement.layer) return 'decides';
  const isAllowed = judgement.kind === 'allowed';
  if (LIMITS.has(layer) && outcome === 'allows') return 'lets-pass';
  if (LIMITS.has(layer) || outcome === 'denies') return isAllowed ? 'none' : 'stands-in-the-way';
  if (outcome === 'silent') return 'grants-nothing';
  return granting.has(layer) ? 'grants' : 'not-enough';
}

function whyLayer(layer: Layer, outcome: LayerOutcome, spoke: readonly DecisiveStatement[]): string {
  const [first] = spoke;
  if (first === undefined) {
    return outcome === 'allows' ? 'RCPFullAWSAccess allows it, and no other denies it' : SILENT_LAYERS[layer];
  }
  const others = spoke.length === 1 ? '' : ` (and ${spoke.length - 1} more)`;
  return `${shortStatementName(first)}${others} ${first.effect === 'Deny' ? 'denies it explicitly' : 'allows it'}`;
}

function explainStatement(
  statement: DecisiveStatement,
  { addressing }: LayerFindings,
  { subject, policies }: Decided,
): StatementExplanation {
  const compiled = compilePolicy(statement.policy.policy).statements[statement.index];
  const elements = compiled === undefined ? [] : explainElements(compiled, subject, addressing);
  return { ...placeOf(statement, policies), elements };
}
