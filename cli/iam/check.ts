/** `leastwise iam check`: what AWS would refuse of a policy, and what would not do what it is written for. */
import { ADVICE, applyRepair, type CheckFinding, checkPolicy, SERVICES, servicesNamedIn } from '../../iam/index.ts';
import { catalogueOf } from './catalogue.ts';
import { readLine } from './line.ts';
import { CheckLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `check`. */
export function startCheck(_setting: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const { document, ...options } = readLine(CheckLine, input);
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    const findings = checkPolicy(text, {
      ...options,
      catalogue: catalogueOf(servicesNamedIn(text)),
      services: SERVICES,
      also: ADVICE,
    });
    return { findings: findings.map((finding) => describe(finding, text, typeof document === 'string')) };
  };
}

/** Lines and columns only of a document that was given as text: of an object nobody has seen the text. */
function describe(finding: CheckFinding, text: string, hasPlaces: boolean) {
  const { code, message, awsMessage, pointer, line, column, repair } = finding;
  return {
    code,
    severity: finding.severity === 'security-warning' ? 'security' : finding.severity,
    message,
    ...(awsMessage === undefined ? {} : { awsMessage }),
    pointer,
    ...(hasPlaces ? { line, column } : {}),
    ...(repair === undefined ? {} : { repair: { title: repair.title, document: applyRepair(text, repair) } }),
  };
}
