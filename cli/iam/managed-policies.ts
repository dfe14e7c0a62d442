/** The documents of AWS managed policies, read from the project's file when one is asked for. */
import { readFileSync } from 'node:fs';
import type { AwsManagedPolicies } from '../../iam/index.ts';
import { projectPath } from '../../server/config/root.ts';

interface Row {
  readonly arn: string;
  readonly document: object;
}

let documents: ReadonlyMap<string, object> | undefined;

/** The document under the ARN of an AWS managed policy, in whatever partition; undefined where AWS has none of that name. */
export const awsManagedPolicy: AwsManagedPolicies = (arn) => {
  documents ??= readDocuments();
  const document = documents.get(arn.replace(/^arn:[^:]+:/, 'arn:aws:'));
  return document === undefined ? undefined : JSON.stringify(document);
};

function readDocuments(): ReadonlyMap<string, object> {
  const rows = JSON.parse(readFileSync(projectPath('cloud/generated/managed-policies.json'), 'utf8')) as Row[];
  return new Map(rows.map(({ arn, document }) => [arn, document]));
}
