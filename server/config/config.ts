/**
 * The configuration: one schema, read and checked once at the start. Every fault is told at once, with the variable's name,
 * what is wrong with its value and what would be right; a secret's value is never repeated.
 */
import { type Static, Type } from 'typebox';

const Port = Type.Integer({ minimum: 1, maximum: 65_535 });

/** How the server is set up. */
export const Config = Type.Object({
  /** Address that the page and the gateway listen on. */
  host: Type.String({ minLength: 1 }),
  port: Port,
  gatewayPort: Port,
  /** Origin at which a browser reaches the page, without a slash at the end. */
  publicUrl: Type.String(),
  /** What a client of the sandboxes is given as its endpoint, without a slash at the end. */
  gatewayUrl: Type.String(),
  /** PostgreSQL; absent: the embedded database in `dataDir`. */
  databaseUrl: Type.Optional(Type.String()),
  /** Absolute path. */
  dataDir: Type.String(),
  /** What cookies are signed with. Absent: `sessionSecret()` makes one in `dataDir`. */
  sessionSecret: Type.Optional(Type.String()),
  sandboxBackend: Type.Literal('embedded'),
  logLevel: Type.Union(
    (['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const).map((level) => Type.Literal(level)),
  ),
});
export type Config = Static<typeof Config>;
