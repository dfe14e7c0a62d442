// The thread that PGlite runs on: a long query holds up nothing but other queries. Plain JavaScript, because Node loads a
// worker's file as it stands. The driver adapter runs here too, so rows are parsed off the server's thread; what crosses is
// Prisma's own adapter interface (see pglite-adapter.ts for the other side).
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';

const database = await PGlite.create(workerData.options);
const connections = new Map([[0, await new PrismaPGlite(database).connect()]]);
let lastTransaction = 0;

const operations = {
  queryRaw: (connection, query) => connection.queryRaw(query),
  executeRaw: (connection, query) => connection.executeRaw(query),
  // Not the adapter's own executeScript: it does not wait for the script, and loses its errors.
  executeScript: (_connection, script) => database.exec(script).then(() => undefined),
  async startTransaction(connection, isolationLevel) {
    lastTransaction += 1;
    const id = lastTransaction;
    const transaction = await connection.startTransaction(isolationLevel);
    connections.set(id, transaction);
    return { id, options: transaction.options };
  },
  async commit(connection, _argument, id) {
    connections.delete(id);
    await connection.commit();
  },
  async rollback(connection, _argument, id) {
    connections.delete(id);
    await connection.rollback();
  },
  dump: async () => new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer()),
  close: () => database.close(),
};

parentPort.on('message', async ({ id, on, operation, argument }) => {
  try {
    const connection = connections.get(on);
    if (connection === undefined) throw new Error('The transaction has ended');
    parentPort.postMessage({ id, value: await operations[operation](connection, argument, on) });
  } catch (error) {
    // A DriverAdapterError keeps what Prisma needs in `cause`, plain data; the other side makes the class again.
    const cause = error?.name === 'DriverAdapterError' ? error.cause : undefined;
    parentPort.postMessage({ id, failure: { message: error?.message ?? String(error), cause } });
  }
  if (operation === 'close') parentPort.close();
});
parentPort.postMessage({ id: 0, value: 'ready' });
