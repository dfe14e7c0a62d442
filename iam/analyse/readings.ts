/** Statements as the analysis reads them: the engine's compiled form, and the templates of the Resource element. */
import { type CompiledStatement, compilePolicy } from '../compile.ts';
import type { Policy } from '../policy.ts';
import type { Addressing } from '../statement.ts';
import { parseTemplate, type Template } from '../variables.ts';
import type { Pattern } from './language.ts';
import { resourcePattern } from './patterns.ts';

export interface Reading {
  readonly compiled: CompiledStatement;
  /** The values of Resource or NotResource; those of an incomplete ARN completed. Undefined: no such element. */
  readonly resources: readonly Template[] | undefined;
  /** What those values match at most, whatever their variables hold. None where there is no such element. */
  readonly openResources: readonly Pattern[];
  readonly version: Policy['version'];
  readonly addressing: Addressing;
  /** Whose requests the statement is asked about: the place of one of the frame's subjects. */
  readonly speaker: number;
}

/** Every statement of the policies, as they speak of that subject's requests. */
export function readStatements(
  policies: readonly Policy[],
  addressing: Addressing = 'by-attachment',
  speaker = 0,
): readonly Reading[] {
  return policies.flatMap((policy) => readOnce(policy).map((read) => ({ ...read, addressing, speaker })));
}

type ReadStatement = Pick<Reading, 'compiled' | 'resources' | 'openResources' | 'version'>;

const known = new WeakMap<Policy, readonly ReadStatement[]>();

function readOnce(policy: Policy): readonly ReadStatement[] {
  const read =
    known.get(policy) ??
    compilePolicy(policy).statements.map((compiled) => {
      const { version } = policy;
      const resources = compiled.statement.resource?.values.map((text) => completed(parseTemplate(text, version)));
      return { compiled, resources, openResources: resources?.map(resourcePattern) ?? [], version };
    });
  known.set(policy, read);
  return read;
}

/** The colons before an ARN's resource part. */
const COLONS = 5;

/** IAM completes an ARN that ends before its resource part: `arn:aws:sqs` is `arn:aws:sqs:*:*:*`. */
function completed(template: Template): Template {
  let colons = 0;
  for (const piece of template) {
    if (!('variable' in piece)) colons += ('pattern' in piece ? piece.pattern : piece.literal).split(':').length - 1;
  }
  return colons === 0 || colons >= COLONS ? template : [...template, { pattern: ':*'.repeat(COLONS - colons) }];
}
