import { type Static, Type } from 'typebox';
import { Nullable } from './nullable.ts';

const Password = Type.String({ minLength: 1, maxLength: 128 });

/** What AWS lets one do only in its console. */
export const ConsoleAct = Type.Union(
  [
    Type.Object({ name: Type.Union([Type.Literal('EnableRootMfa'), Type.Literal('DisableRootMfa')]) }),
    Type.Object({ name: Type.Literal('SetRootPassword'), password: Password }),
    Type.Object({ name: Type.Literal('DeleteRootAccessKey'), accessKeyId: Type.String({ maxLength: 128 }) }),
    Type.Object({
      name: Type.Literal('SignIn'),
      user: Type.String({ minLength: 1, maxLength: 64, description: 'A user’s name, or root' }),
      password: Password,
      code: Type.Optional(Type.String({ maxLength: 6, description: 'What the MFA device shows' })),
      newPassword: Type.Optional(Password),
    }),
  ],
  { $id: 'ConsoleAct' },
);
export type ConsoleAct = Static<typeof ConsoleAct>;

/** The console as the challenge offers it. */
export const ConsoleView = Type.Object(
  {
    panels: Type.Array(Type.Union([Type.Literal('root'), Type.Literal('sign-in')])),
    root: Nullable(
      Type.Object({
        mfa: Type.Boolean(),
        password: Type.Boolean({ description: 'Whether there is one' }),
        accessKeys: Type.Array(Type.String()),
      }),
    ),
  },
  { $id: 'ConsoleView' },
);
export type ConsoleView = Static<typeof ConsoleView>;
