/** Why a request was decided as it was, and what would decide it otherwise. */
import { askAll } from '../asked.ts';
import { judgeAsked, judgeByRule, subjectOf } from '../decide.ts';
import { denialText } from '../denial-text.ts';
import type { AnyRequest, ApplicablePolicies, Decision } from '../model.ts';
import type { Subject } from '../statement.ts';
import { findAbsentKeys } from './absent-keys.ts';
import { type Judgement, judgementToDecision } from './decision.ts';
import type { Explanation } from './explanation.ts';
import { findFlip } from './flip/flip.ts';
import { explainInWords } from './in-words.ts';
import { explainLayers } from './layers.ts';
import { findPaths, pathOf } from './paths.ts';
import { RULE_SOURCES, sourcesOf } from './sources.ts';

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
  const decision = judgementToDecision(judgement, subject);
  const paths = findPaths(judgement, asked, subject, policies);
  const granting = new Set(paths.flatMap(({ layer, statements }) => [layer, ...statements.map((of) => of.layer)]));
  const layers = explainLayers({ subject, policies, asked, judgement, granting });
  const turns = ({ verdict }: Decision) => (verdict === 'allowed') !== (judgement.kind === 'allowed');
  return inWords({
    ...verdictOf(decision, subject),
    layers,
    paths,
    absentKeys: findAbsentKeys(layers, turns, subject.request, policies),
    flip: findFlip({ subject, policies, asked, judgement }),
    sources: sourcesOf(decision, decision.near[0], subject),
  });
}

/** Where no policy decides, no policy turns it. */
function explainRule(rule: Judgement, subject: Subject, policies: ApplicablePolicies): Explanation {
  const decision = judgementToDecision(rule, subject);
  const because = 'because' in rule && rule.because !== undefined ? rule.because : 'a rule of AWS decides it';
  return inWords({
    ...verdictOf(decision, subject),
    layers: [],
    paths: rule.kind === 'allowed' ? [pathOf(rule, policies)] : [],
    absentKeys: [],
    flip: { kind: 'impossible', because },
    sources: RULE_SOURCES,
  });
}

function verdictOf(decision: Decision, { request }: Subject) {
  const { verdict, layer, basis, reason } = decision;
  if (verdict === 'allowed') return { verdict, layer, basis, reason };
  return { verdict, layer, basis, reason, awsMessage: denialText(request, decision) };
}

function inWords(explanation: Omit<Explanation, 'words'>): Explanation {
  return { ...explanation, words: explainInWords(explanation) };
}
