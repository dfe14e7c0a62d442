import { type Static, Type } from 'typebox';
import { Attempt, Submission } from './attempt.ts';
import { Nullable } from './nullable.ts';

/** Why one permission was decided so. */
export const DecisionView = Type.Object(
  {
    action: Type.String(),
    resource: Type.String(),
    verdict: Type.Union([
      Type.Literal('allowed'),
      Type.Literal('implicitly-denied'),
      Type.Literal('explicitly-denied'),
    ]),
    layer: Type.String({ description: 'identity, resource, boundary, session, trust …' }),
    statements: Type.Array(
      Type.Object({
        policy: Type.String(),
        attachedTo: Type.String(),
        index: Type.Integer({ description: 'From 0' }),
        sid: Nullable(Type.String()),
        effect: Type.Union([Type.Literal('Allow'), Type.Literal('Deny')]),
      }),
    ),
    near: Type.Array(Type.String(), { description: 'Statements that came near, and why they did not apply' }),
    basis: Type.Union([Type.Literal('documented'), Type.Literal('observed'), Type.Literal('assumed')]),
    reason: Type.String(),
  },
  { $id: 'DecisionView' },
);
export type DecisionView = Static<typeof DecisionView>;

/** One AWS call in the sandbox. `decisions` is null where the challenge does not explain before it is solved. */
export const CallEvent = Type.Object(
  {
    id: Type.String({ description: 'The request id that the answer carried' }),
    at: Type.String({ description: 'ISO 8601, the sandbox’s clock' }),
    service: Type.String(),
    operation: Type.String(),
    principal: Type.String({ description: 'ARN of the caller, or anonymous' }),
    resources: Type.Array(Type.String()),
    readOnly: Type.Boolean(),
    outcome: Type.Union([Type.Literal('ok'), Type.Literal('denied'), Type.Literal('error')]),
    errorCode: Nullable(Type.String()),
    errorMessage: Nullable(Type.String()),
    sourceIp: Type.String(),
    userAgent: Type.String(),
    invokedBy: Type.Optional(
      Type.String({ description: 'The service that made the call: cloudformation.amazonaws.com' }),
    ),
    decisions: Nullable(Type.Array(DecisionView)),
  },
  { $id: 'CallEvent' },
);
export type CallEvent = Static<typeof CallEvent>;

/** Past events of an attempt's sandbox, newest first. */
export const CallEventList = Type.Object({
  events: Type.Array(CallEvent),
  next: Nullable(Type.String({ description: 'Give it as ?before= for the page after this one' })),
});
export type CallEventList = Static<typeof CallEventList>;

/** What the live socket of an attempt sends. */
export const LiveMessage = Type.Union(
  [
    Type.Object({ type: Type.Literal('call'), event: CallEvent }),
    Type.Object({ type: Type.Literal('submission'), submission: Submission }),
    Type.Object({ type: Type.Literal('attempt'), attempt: Attempt }),
  ],
  { $id: 'LiveMessage' },
);
export type LiveMessage = Static<typeof LiveMessage>;
