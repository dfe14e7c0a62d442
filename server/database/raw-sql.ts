/** SQL past Prisma's client, on the driver adapter that the client stands on. */
import type { ArgType, SqlDriverAdapter } from '@prisma/driver-adapter-utils';

/** A parameter of a statement; a list is one of PostgreSQL's arrays. */
export type SqlValue = string | number | null | readonly (string | number | null)[];

/**
 * For the statements that every change waits for: Prisma's client turns a raw statement's parameters into JSON and back, which takes
 * the server's thread longer than all else that it does for the statement.
 */
export interface RawSql {
  /**
   * Carries out one statement.
   * @throws DriverAdapterError with the database's complaint
   */
  execute(sql: string, values: readonly SqlValue[]): Promise<void>;
  /** Lets go of its connection. */
  close(): Promise<void>;
}

const SCALAR: ArgType = { scalarType: 'unknown', arity: 'scalar' };
const LIST: ArgType = { scalarType: 'unknown', arity: 'list' };

/** Raw SQL on a connection of its own. */
export function rawSql(connection: SqlDriverAdapter): RawSql {
  return {
    execute: async (sql, values) => {
      const argTypes = values.map((value) => (Array.isArray(value) ? LIST : SCALAR));
      await connection.executeRaw({ sql, args: [...values], argTypes });
    },
    close: () => connection.dispose(),
  };
}
