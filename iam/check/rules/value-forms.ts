/** Rules about the form of values: one JSON type in a list, services and keys of AWS KMS as AWS writes them. */
import type { AdviceContext } from '../advice.ts';
import type { ConditionView } from '../document.ts';
import { familyOf } from '../keys.ts';
import { hasWildcard } from '../pattern.ts';

export function checkValueForms(context: AdviceContext): void {
  for (const { conditions } of context.document.statements) for (const one of conditions) checkForm(context, one);
}

const OF_SERVICES =
  /^(aws:(calledvia(first|last)?|principalservicename|principalservicenameslist)|iam:passedtoservice|kms:viaservice)$/;
const SERVICE = /^[a-z0-9.-]+\.(amazonaws\.(com|com\.cn|eu)|amazon\.com|aws\.internal)$/;
const KMS_KEY = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

function checkForm({ report }: AdviceContext, { name, key, keyMember, values }: ConditionView): void {
  if (new Set(values.map(({ kind }) => kind)).size > 1)
    report('mixed-value-types', keyMember.span, 'Texts, numbers and booleans stand in one list. Write all as texts.');
  const family = familyOf(name.operator);
  if (family !== 'String' && family !== 'Arn') return;
  const lower = key.toLowerCase();
  for (const value of values) {
    const { text } = value;
    if (hasWildcard(text) || text.includes('${')) continue;
    if (OF_SERVICES.test(lower) && !SERVICE.test(text)) {
      const message = `"${text}" can be no value of ${key}: a service is written service.amazonaws.com, in small letters.`;
      report('invalid-service-principal-value', value, message);
    }
    if (lower === 's3:x-amz-server-side-encryption-aws-kms-key-id' && !KMS_KEY.test(text)) {
      const message = `"${text}" can be no value of ${key}: a key is written arn:aws:kms:region:account:key/id.`;
      report('invalid-kms-key-value', value, message);
    }
  }
}
