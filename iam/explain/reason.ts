/** The one sentence that a learner reads under a call. */
import type { AnyRequest, NearMiss } from '../model.ts';
import type { Judgement } from './decision.ts';
import { callerName, requestName, SILENT_LAYERS, shortStatementName, statementName } from './words.ts';

/** Who, what, on what, and which statement of which policy made it so. */
export function reasonFor(judgement: Judgement, nearest: NearMiss | undefined, request: AnyRequest): string {
  const who = callerName(request.caller);
  const what = requestName(request);
  switch (judgement.kind) {
    case 'allowed': {
      if (judgement.because !== undefined) return `${who} may call ${what}: ${judgement.because}.`;
      const first = judgement.grants[0]?.decisive;
      const by = first === undefined ? 'its policies allow it' : `${statementName(first)} allows it`;
      return `${who} may call ${what}: ${by}.`;
    }
    case 'denied': {
      const first = judgement.statements[0];
      const by = first === undefined ? 'a policy denies it' : `${statementName(first)} denies it explicitly`;
      return `${who} may not call ${what}: ${by}.`;
    }
    case 'unallowed': {
      const silent = SILENT_LAYERS[judgement.layer];
      if (nearest === undefined) return `${who} may not call ${what}: ${silent}.`;
      return `${who} may not call ${what}: ${silent} (nearest: ${shortStatementName(nearest.statement)}, but ${nearest.because}).`;
    }
    case 'impossible':
      return `${who} may not call ${what}: ${judgement.because}.`;
  }
}
