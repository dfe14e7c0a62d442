/** The size of policies of resources. */
import type { AdviceContext } from '../advice.ts';

/**
 * Bytes, white space included. Amazon S3 User Guide, "Bucket policies"; Amazon SQS Developer Guide, "Amazon SQS policy quotas"; Amazon
 * DynamoDB API Reference, "PutResourcePolicy".
 */
const LIMITS: ReadonlyMap<string | undefined, number> = new Map([
  ['AWS::S3::Bucket', 20_480],
  ['AWS::SQS::Queue', 8192],
  ['AWS::DynamoDB::Table', 20_480],
]);

export function checkResourceSize({ document, kind, resourceType, report }: AdviceContext): void {
  const { root, text } = document;
  const limit = kind === 'resource' ? LIMITS.get(resourceType) : undefined;
  const size = bytesOf(text);
  if (limit === undefined || size <= limit) return;
  const message = `The policy of an ${resourceType} has at most ${limit} bytes, white space included; this one has ${size}.`;
  report('resource-policy-size', { from: root.from, to: root.from + 1, pointer: '' }, message);
}

/** Bytes of a text in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
