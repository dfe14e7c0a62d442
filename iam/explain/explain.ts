/** Why a request was decided as it was, and what would decide it otherwise. */
import { askAll } from '../asked.ts';
import { judgeAsked, judgeByRule, subjectOf } from '../decide.ts';
import { denialText } from '../denial-text.ts';
import type { AnyRequest, ApplicablePolicies, NearMiss } from '../model.ts';
import type { Subject } from '../statement.ts';
import { findAbsentKeys } from './absent-keys.ts';
import type { Looked } from './decided.ts';
import { type Judgement, judgementToDecision } from './decision.ts';
import { explainElements } from './elements.ts';
import type { Explanation } from './explanation.ts';
import { findFlip } from './flip/flip.ts';
import { addWords } from './in-words.ts';
import { explainLayers } from './layers.ts';
import type { NearStatement } from './near-list.ts';
import { nearer, nearMiss, nearStatements } from './near-misses.ts';
import { findPaths, pathOf } from './paths.ts';
import { reasonFor } from './reason.ts';
import { sourcesOf, sourcesOfRule } from './sources.ts';

/**
 * Explains the decision on one request: the verdict and the layer are those of `decide`. Pure and total, as that is. The answer is plain
 * data; its lists are short, and tell how much was left off them. The flip was proved by deciding again.
 */
export function explain(request: AnyRequest, policies: ApplicablePolicies): Explanation {
  const subject = subjectOf(request, policies);
  const rule = judgeByRule(subject);
  return rule === undefined ? explainPolicies(subject, policies) : explainRule(rule, subject, policies);
}

function explainPolicies(subject: Subject, policies: ApplicablePolicies): Explanation {
  const asked = askAll(subject, policies);
  const judgement = judgeAsked(asked, subject, policies);
  const looked = lookedInto(judgement, subject);
  const nearest = nearestOf(looked, subject);
  const paths = findPaths(judgement, asked, subject, policies);
  const layers = explainLayers({ subject, policies, asked, judgement, paths, looked });
  return explanationOf(subject, judgement, nearest, {
    layers,
    paths,
    absentKeys: findAbsentKeys(layers, judgement, subject, policies),
    flip: findFlip({ subject, policies, asked, judgement }),
    sources: sourcesOf(judgement, nearest, subject),
  });
}

const NOTHING: readonly Looked[] = [];

function lookedInto(judgement: Judgement, subject: Subject): readonly Looked[] {
  if (judgement.kind !== 'unallowed') return NOTHING;
  return judgement.looked.map((findings) => ({
    findings,
    near: nearStatements(findings.policies, findings.addressing, 'Allow', subject),
  }));
}

/** What the reason tells of what came near. */
function nearestOf(looked: readonly Looked[], subject: Subject): NearMiss | undefined {
  let nearest: NearStatement | undefined;
  for (const { near } of looked) nearest = nearer(nearest, near.first[0]);
  if (nearest === undefined) return undefined;
  const { decisive, statement, addressing } = nearest;
  return nearMiss(decisive, explainElements(statement, subject, addressing));
}

/** Where no policy decides, no policy turns it. */
function explainRule(rule: Judgement, subject: Subject, policies: ApplicablePolicies): Explanation {
  const because = 'because' in rule && rule.because !== undefined ? rule.because : 'a rule of AWS decides it';
  return explanationOf(subject, rule, undefined, {
    layers: [],
    paths: rule.kind === 'allowed' ? [pathOf(rule, policies)] : [],
    absentKeys: [],
    flip: { kind: 'impossible', because },
    sources: sourcesOfRule(subject),
  });
}

type Parts = Pick<Explanation, 'layers' | 'paths' | 'absentKeys' | 'flip' | 'sources'>;

function explanationOf(
  subject: Subject,
  judgement: Judgement,
  nearest: NearMiss | undefined,
  { layers, paths, absentKeys, flip, sources }: Parts,
): Explanation {
  const decision = judgementToDecision(judgement, subject);
  const { verdict, layer, basis } = decision;
  const reason = reasonFor(judgement, nearest, subject.request);
  if (verdict === 'allowed') {
    const told = { verdict, layer, basis, reason, layers, paths, absentKeys, flip, sources, words: [] as string[] };
    addWords(told, told.words);
    return told;
  }
  const awsMessage = denialText(subject.request, decision);
  const words: string[] = [];
  const told = { verdict, layer, basis, reason, awsMessage, layers, paths, absentKeys, flip, sources, words };
  addWords(told, words);
  return told;
}
