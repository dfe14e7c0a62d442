/** What a challenge is: the schema of challenge.yaml, and the challenge as the platform works with it. */
import { type Static, Type } from 'typebox';
import type { Template } from '../cloud/templates/template.ts';
import { Id } from './check-words.ts';
import { type Check, CheckFile } from './checks.ts';
import { Others } from './decided-checks.ts';
import { Duration } from './duration.ts';
import type { Neighbours } from './neighbours.ts';
import type { Past } from './past/past.ts';

const Text = (what: string, maxLength: number) => Type.String({ minLength: 1, maxLength, description: what });

const Profile = Type.Object(
  {
    profile: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$', description: 'a profile name, like engineer' }),
    principal: Type.String({
      pattern: '^((partner|stranger|management)/)?(role|user)/[\\w+=,.@-]{1,64}$',
      description: 'role/Name or user/Name, of a neighbour partner/role/Name',
    }),
  },
  { additionalProperties: false, description: '{profile: name, principal: role/Name or user/Name}' },
);
/** One of the learner’s AWS profiles, and the principal whose credentials it holds. */
export type You = Readonly<Static<typeof Profile>>;

const Profiles = Type.Array(Profile, {
  minItems: 1,
  maxItems: 8,
  description: 'the profiles in the learner’s ~/.aws; the first is also the default',
});

const StageFile = Type.Object(
  {
    id: Id,
    title: Type.Optional(Text('a few words for the learner', 60)),
    you: Profiles,
    restart: Type.Optional(
      Type.Boolean({
        description: 'true: the stage begins from the start state again; otherwise where the last ended',
      }),
    ),
    checks: Type.Array(CheckFile, { minItems: 1, maxItems: 40 }),
    others: Type.Optional(Others),
  },
  { additionalProperties: false, description: 'a stage: id, you, checks' },
);

const Reference = Type.Object(
  {
    title: Text('the page’s own title', 160),
    url: Type.String({ pattern: '^https://[^\\s]+$', maxLength: 300, description: 'an https:// address' }),
  },
  { additionalProperties: false, description: '{title, url}' },
);
export type Reference = Readonly<Static<typeof Reference>>;

const Hint = Type.Object(
  {
    title: Text('what the hint is about, without giving it away', 80),
    text: Text('the hint, Markdown', 2000),
    cost: Type.Integer({ minimum: 0, maximum: 100, description: 'points, from 0 to 100' }),
  },
  { additionalProperties: false, description: '{title, text, cost}' },
);
export type Hint = Readonly<Static<typeof Hint>>;

/** challenge.yaml. */
export const ChallengeFile = Type.Object(
  {
    id: Id,
    title: Text('a title', 60),
    track: Id,
    type: Type.Union(
      [
        Type.Literal('fix'),
        Type.Literal('write'),
        Type.Literal('attack-then-fix'),
        Type.Literal('investigate'),
        Type.Literal('decide'),
        Type.Literal('free'),
      ],
      { description: 'fix, write, attack-then-fix, investigate, decide or free' },
    ),
    level: Type.Integer({ minimum: 1, maximum: 5, description: 'from 1 (first hour) to 5 (expert)' }),
    minutes: Type.Integer({ minimum: 1, maximum: 240, description: 'minutes that a typical learner takes' }),
    summary: Text('one sentence for the catalogue', 200),
    story: Text('what the learner reads, Markdown', 6000),
    objectives: Type.Array(Text('what one can do afterwards', 120), { maxItems: 6 }),
    prerequisites: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^[a-z0-9-]+/[a-z0-9-]+$',
          description: 'pack/challenge, like foundations/first-policy',
        }),
      ),
    ),
    references: Type.Optional(Type.Array(Reference, { maxItems: 10 })),
    vary: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[A-Z][A-Za-z0-9]{0,40}$' }),
        Type.String({
          pattern: '^([^{}]|\\{word\\}|\\{(digits|letters):[1-9]\\d?\\})+$',
          maxLength: 200,
          description: 'a pattern of plain text, {word}, {digits:n} and {letters:n}',
        }),
        {
          additionalProperties: false,
          description: 'names in CamelCase, each with a pattern, like Bucket: "example-{word}-{digits:4}"',
        },
      ),
    ),
    you: Type.Optional(Profiles),
    explain: Type.Optional(
      Type.Union([Type.Literal('always'), Type.Literal('after-solving')], { description: 'always or after-solving' }),
    ),
    checks: Type.Optional(Type.Array(CheckFile, { minItems: 1, maxItems: 40 })),
    others: Type.Optional(Others),
    stages: Type.Optional(Type.Array(StageFile, { minItems: 2, maxItems: 6 })),
    clock: Type.Optional(
      Type.Array(Duration, {
        minItems: 1,
        maxItems: 4,
        description: 'the lengths of time by which the learner may move the account’s clock forward, like [1h, 1d]',
      }),
    ),
    console: Type.Optional(
      Type.Array(Type.Union([Type.Literal('root'), Type.Literal('sign-in')], { description: 'root or sign-in' }), {
        minItems: 1,
        maxItems: 2,
        description: 'the panels of the console that the learner has: root, sign-in',
      }),
    ),
    hints: Type.Optional(Type.Array(Hint, { maxItems: 8 })),
    debrief: Type.Optional(Text('what is read after solving, Markdown', 8000)),
  },
  { additionalProperties: false, title: 'A challenge of Leastwise' },
);
export type ChallengeFile = Static<typeof ChallengeFile>;

/** A part of a challenge that is worked on and graded by itself. */
export interface Stage {
  /** Null for the only stage of a challenge that names none. */
  readonly id: string | null;
  readonly title: string;
  readonly you: readonly You[];
  readonly restart: boolean;
  /** Empty where there is nothing to grade (type `free`). */
  readonly checks: readonly Check[];
}

/** A file of commands, as typed in the terminal. */
export interface Script {
  /** `right/by-group.sh`. */
  readonly file: string;
  readonly text: string;
}

/** A challenge that was read and found sound in form. Its texts still hold `${Name}`. */
export interface Challenge {
  readonly id: string;
  readonly title: string;
  readonly track: string;
  readonly type: ChallengeFile['type'];
  readonly level: number;
  readonly minutes: number;
  readonly summary: string;
  readonly story: string;
  readonly objectives: readonly string[];
  readonly prerequisites: readonly string[];
  readonly references: readonly Reference[];
  /** Patterns by name, without the flag that every challenge has. */
  readonly vary: Readonly<Record<string, string>>;
  readonly explain: 'always' | 'after-solving';
  /** Lengths of time by which the learner may move the clock forward, like `1d`; empty where the clock is not theirs. */
  readonly clock: readonly string[];
  /** The panels of the console that the learner has: as the root user, and signing in with a password. */
  readonly console: readonly ('root' | 'sign-in')[];
  /** At least one. */
  readonly stages: readonly Stage[];
  readonly hints: readonly Hint[];
  readonly debrief: string | null;
  /** The start state. */
  readonly template: Template;
  /** The other accounts of the sandbox, and what is in them. */
  readonly neighbours: Neighbours;
  /** What happened before. */
  readonly past: Past;
  /** Files of the home directory by relative path. */
  readonly home: Readonly<Record<string, string>>;
  /** The author’s scripts: they never leave the server before the challenge is solved. */
  readonly solution: Script | null;
  readonly right: readonly Script[];
  readonly wrong: readonly (Script & { readonly refusedBy: string })[];
}
