import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { OPERATOR_NAMES } from '../../../iam/conditions/operators.ts';
import { placeOf, wordsFor } from './completion-words.ts';
import { knownActions } from './known-actions.ts';

/** Completes element names, effects, operators, condition keys and actions while a string is typed. */
export async function policyCompletion(context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(0, context.pos);
  const place = placeOf(before);
  if (!place) return null;
  const actions = place.kind === 'value' && /Action$/.test(place.key) ? await knownActions() : [];
  const words = wordsFor(place, { actions, operators: OPERATOR_NAMES });
  if (words.length === 0) return null;
  return {
    from: before.lastIndexOf('"') + 1,
    options: words.map((label) => ({ label, type: place.kind === 'key' ? 'property' : 'enum' })),
    validFor: /^[\w:/.*-]*$/,
  };
}
