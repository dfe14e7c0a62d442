import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { OPERATOR_NAMES } from '../../../iam/conditions/operators.ts';
import { type PolicyPlace, placeOf, wordsFor } from './completion-words.ts';
import { actionsFor, conditionKeysFor } from './known-names.ts';

/** Completes element names, effects, operators, condition keys and actions while a string is typed. */
export async function policyCompletion(context: CompletionContext): Promise<CompletionResult | null> {
  const document = context.state.doc.toString();
  const before = document.slice(0, context.pos);
  const place = placeOf(before);
  if (!place) return null;
  const from = before.lastIndexOf('"') + 1;
  const isAction = place.kind === 'value' && /Action$/.test(place.key);
  const words = wordsFor(place, {
    actions: isAction ? await actionsFor(before.slice(from)) : [],
    operators: OPERATOR_NAMES,
    conditionKeys: place.kind === 'key' && place.of === 'clause' ? await conditionKeysFor(document) : [],
  });
  if (words.length === 0) return null;
  return {
    from,
    options: words.map((label) => ({ label, type: place.kind === 'key' ? 'property' : 'enum' })),
    validFor: validWhile(place, before.slice(from)),
  };
}

/** Past the colon of an action other words fit. */
function validWhile({ kind }: PolicyPlace, typed: string): RegExp {
  return kind === 'value' && !typed.includes(':') ? /^[\w.*-]*$/ : /^[\w:/.*-]*$/;
}
