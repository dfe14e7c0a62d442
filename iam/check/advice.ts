/**
 * The rest of what IAM Access Analyzer's policy validation finds: what a document's conditions and principals are worth. Handed to
 * `checkPolicy` where the whole is wanted; a page that checks while one types does without.
 */
import type { Finding } from '../policy.ts';
import type { CheckContext, RuleSet } from './context.ts';
import type { Repair, Span } from './finding.ts';
import { checkKeyAdvice } from './rules/key-advice.ts';
import { checkReachOfControl } from './rules/reach-of-control.ts';
import { checkResourceSize } from './rules/resource-size.ts';
import { checkServices } from './rules/services.ts';
import { checkTrustAdvice } from './rules/trust-advice.ts';
import { checkValueForms } from './rules/value-forms.ts';

const CODES = {
  error: [
    'mixed-value-types',
    'invalid-service-principal-value',
    'invalid-kms-key-value',
    'wildcard-too-permissive',
    'variable-too-permissive',
    'federated-principal-of-resource',
    'key-not-for-service-principal',
    'action-needed-for-key',
    'roles-anywhere-without-action',
  ],
  'security-warning': [
    'untrustworthy-key',
    'missing-paired-key',
    'deny-not-action-with-resource-tag',
    'string-like-with-arn-key',
    'dynamodb-attributes-without-select',
    's3-prefix-in-negative-context',
    'for-any-value-with-audience',
  ],
  warning: [
    'key-not-for-each-action',
    'resource-policy-size',
    'github-subject-with-wildcard',
    'rcp-hits-services',
    'rcp-hits-principals',
    'rcp-without-source-check',
    'key-of-some-services',
  ],
  suggestion: [
    'allow-not-action-with-resource-tag',
    'same-as-null',
    'condition-always-met',
    'condition-never-met',
    'weak-source-key',
    'key-not-for-resource-policy',
    'session-beside-its-role',
    'for-all-values-with-audience',
  ],
} as const satisfies Readonly<Record<Finding['severity'], readonly string[]>>;

export type AdviceCode = (typeof CODES)[Finding['severity']][number];

/** What each of these rules gets. */
export interface AdviceContext extends Omit<CheckContext, 'report'> {
  report(code: AdviceCode, at: Span, message: string, repair?: Repair | undefined): void;
}

/** The severity of each code. */
export const ADVICE_SEVERITIES = Object.fromEntries(
  Object.entries(CODES).flatMap(([severity, codes]) => codes.map((code) => [code, severity])),
) as Readonly<Record<AdviceCode, Finding['severity']>>;

const RULES: readonly ((context: AdviceContext) => void)[] = [
  checkKeyAdvice,
  checkServices,
  checkTrustAdvice,
  checkValueForms,
  checkResourceSize,
  checkReachOfControl,
];

export const ADVICE: RuleSet = {
  apply(context, found) {
    const report: AdviceContext['report'] = (code, at, message, repair) =>
      found(code, ADVICE_SEVERITIES[code], at, message, repair);
    for (const rule of RULES) rule({ ...context, report });
  },
};
