/** The checks that are decided for all requests: bounds, reach, and others. Schemas, and the types derived from them. */
import { type Static, Type } from 'typebox';
import { type CheckBase, Context, PrincipalName, scene, Who } from './check-words.ts';

/** One statement of an identity policy, as in a document. Its own grammar is checked by the policy engine’s reader. */
const PolicyStatement = Type.Object(
  {},
  { additionalProperties: true, description: 'a policy statement: {Effect, Action, Resource, Condition}' },
);

const Statements = (what: string) =>
  Type.Array(PolicyStatement, { maxItems: 40, description: `policy statements: ${what}` });

/** What a principal may do at most and at least, by policy statements. */
export const Bounds = Type.Object(
  {
    who: Who,
    atMost: Type.Optional(Statements('nothing beyond them is possible')),
    atLeast: Type.Optional(Statements('all of it is possible')),
    when: Type.Optional(Context),
    ...scene,
  },
  { additionalProperties: false, description: '{who, atMost or atLeast or both}' },
);
export type Bounds = Static<typeof Bounds>;

/** Whether one principal can become another, or an administrator, by known paths. */
export const Reach = Type.Object(
  {
    from: PrincipalName,
    to: Type.String({
      pattern: '^(admin|(role|user)/[\\w+=,.@-]{1,64})$',
      description: 'admin, role/Name or user/Name',
    }),
    expect: Type.Union([Type.Literal('none'), Type.Literal('some')], {
      description: 'none: there is no path; some: there is one',
    }),
    ...scene,
  },
  { additionalProperties: false, description: '{from, to, expect}' },
);
export type Reach = Static<typeof Reach>;

const Except = Type.Array(
  Type.String({
    pattern: '^((role|user)/[\\w+=,.@-]{1,64}|anonymous)$',
    description: 'role/Name, user/Name or anonymous',
  }),
  { minItems: 1, maxItems: 40, description: 'principals that may gain something' },
);

/** Who besides those that the checks speak of may have gained what. */
export const Others = Type.Union(
  [
    Type.Object(
      {
        except: Type.Optional(Except),
        within: Type.Optional(Statements('what everybody may gain')),
      },
      { additionalProperties: false, description: '{except: [role/Name], within: [statements]}' },
    ),
    Type.Object(
      {
        off: Type.String({
          minLength: 10,
          maxLength: 300,
          description: 'the reason why others may gain something here',
        }),
      },
      { additionalProperties: false, description: '{off: why}' },
    ),
  ],
  { description: '{except, within}, or {off: the reason why others may gain something here}' },
);
export type Others = Static<typeof Others>;

/** That since the start nobody else has gained anything. Made for a stage where its author does not turn it off. */
export interface OthersCheck extends CheckBase {
  readonly kind: 'others';
  readonly others: {
    /** `role/Cataloguer`, `anonymous`: named by the author, or spoken of by a check that says what they can. */
    readonly except: readonly string[];
    /** Statements as in the file. */
    readonly within: readonly object[];
  };
}
