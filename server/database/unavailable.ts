/** Errors that say that the database cannot be had at the moment: it is down, starting, or went away during a statement. */

/** Kinds of the driver adapter's errors (`@prisma/driver-adapter-utils`). */
const KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);
/**
 * Codes of the system, of Prisma's client (its error reference), and of PostgreSQL (its appendix A): class 08, and of class 57 what a
 * server says that stops, has crashed or starts.
 */
const CODE =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|P1001|P1002|P1008|P1017|P2024|P2037|08...|57P01|57P02|57P03)$/;
/** What `pg` says without a code. */
const MESSAGE =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether an error, or one that it was caused by, says so. A statement that ends in one may have been carried out or not. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth += 1) {
    const { kind, code, errorCode, originalCode, message, cause, meta } = at as Readonly<Record<string, unknown>>;
    if (typeof kind === 'string' && KINDS.has(kind)) return true;
    if ([code, errorCode, originalCode].some((text) => typeof text === 'string' && CODE.test(text))) return true;
    if (typeof message === 'string' && MESSAGE.test(message)) return true;
    at = cause ?? (meta as { readonly driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  }
  return false;
}
